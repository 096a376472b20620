import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '@terrace/cloud/json';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { makePrivateFolder } from '@terrace/region/keeping/private-folder';

export interface Synthesis {
  /** Where the command runs. */
  readonly directory: string;
  /** Where the assembly goes when it is whole, over what is there. A region may run from it, and another command may read it. */
  readonly output: string;
  readonly context: JsonObject;
  readonly region?: string;
}

/**
 * Runs a CDK app the way CDK's own command line does, without credentials or network, and gives the folder of its assembly.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/environments.html
 */
export async function synthesize(command: string, synthesis: Synthesis): Promise<Result<string>> {
  makePrivateFolder(path.dirname(synthesis.output));
  const fresh = await mkdtemp(`${synthesis.output}.`);
  try {
    return await synthesizeInto(fresh, command, synthesis);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function synthesizeInto(fresh: string, command: string, synthesis: Synthesis): Promise<Result<string>> {
  const region = synthesis.region ?? process.env.CDK_DEFAULT_REGION ?? 'ap-northeast-2';
  const context = {
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:version-reporting': false,
    ...synthesis.context,
  };
  const run = await runApp(command, synthesis.directory, {
    ...process.env,
    CDK_OUTDIR: fresh,
    CDK_DEFAULT_REGION: region,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    // CDK's own check of templates takes four times as long as synthesis; the loader checks them itself.
    CDK_VALIDATION: process.env.CDK_VALIDATION ?? 'false',
  });
  if (run.status !== 0) return failure([appFailed(command, run)]);
  // What an earlier synthesis left there must not pass for this one's.
  if (!existsSync(path.join(fresh, 'manifest.json')))
    await rm(path.join(synthesis.output, 'manifest.json'), { force: true });
  await publish(fresh, synthesis.output);
  return success(path.resolve(synthesis.output));
}

/**
 * Moves every file to its place at once, the manifest last: at no moment is one missing. Assets are named after what is in them, so that those
 * of an earlier synthesis, which a region may still give out, stand beside the new ones.
 */
async function publish(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const entries = await readdir(from, { withFileTypes: true });
  const last = (name: string) => Number(name === 'manifest.json');
  for (const entry of entries.sort((one, other) => last(one.name) - last(other.name))) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await publish(source, target);
    else await rename(source, target);
  }
}

interface Run {
  readonly status: number;
  /** What it said, both streams together, the last part. */
  readonly said: string;
}

function runApp(command: string, directory: string, environment: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { cwd: directory, env: environment, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const keep = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, said }));
  });
}

function appFailed(command: string, { status, said }: Run): Mistake {
  const lines = said.trim().split('\n').slice(-12).join('\n  ');
  return mistake(
    'APP_FAILED',
    {},
    {
      cause: words(
        `The app (${command}) ended with status ${status}${lines ? `:\n  ${lines}` : ' and said nothing.'}`,
        `앱(${command})이 상태 ${status}{으로/로} 끝났습니다${lines ? `:\n  ${lines}` : '. 출력은 없습니다.'}`,
      ),
      next: words(
        'Correct it until the command runs by itself: CDK_OUTDIR=/tmp/out and the command.',
        '명령을 직접 실행해 고치세요: CDK_OUTDIR=/tmp/out 뒤에 그 명령.',
      ),
    },
  );
}
