import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '@terrace/cloud/json';
import { failure, type Result, success } from '@terrace/cloud/mistake';
import { makePrivateFolder } from '@terrace/region/keeping/private-folder';
import { writeWhole } from '@terrace/region/keeping/write-whole';
import { runApp } from './run-app.ts';

export interface Synthesis {
  /** Where the command runs. */
  readonly directory: string;
  /** Where the assembly goes when it is whole, over what is there. A region may run from it, and another command may read it. */
  readonly output: string;
  readonly context: JsonObject;
  /** Of stacks that take them from the environment. */
  readonly account: string;
  readonly region: string;
  /** A command that `cdk.json` wants to run before the app's. */
  readonly build?: string;
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
  const environment = {
    ...process.env,
    CDK_OUTDIR: fresh,
    CDK_DEFAULT_ACCOUNT: synthesis.account,
    CDK_DEFAULT_REGION: synthesis.region,
    // CDK's own check of templates takes four times as long as synthesis; the loader checks them itself.
    CDK_VALIDATION: process.env.CDK_VALIDATION ?? 'false',
    ...(await contextFor(fresh, synthesis)),
  };
  const wrong =
    (synthesis.build === undefined ? undefined : await runApp(synthesis.build, synthesis.directory, environment)) ??
    (await runApp(command, synthesis.directory, environment));
  if (wrong) return failure([wrong]);
  await rm(path.join(fresh, overflow), { force: true });
  // What an earlier synthesis left there must not pass for this one's.
  if (!existsSync(path.join(fresh, 'manifest.json')))
    await rm(path.join(synthesis.output, 'manifest.json'), { force: true });
  await publish(fresh, synthesis.output);
  return success(path.resolve(synthesis.output));
}

const overflow = 'context-overflow.json';
/** Linux takes no variable of more than 128 KiB. */
const longestVariable = 100_000;

/** Context by a variable, or by a file where it is too long for one, as CDK's command line gives it. */
async function contextFor(fresh: string, { context }: Synthesis): Promise<Readonly<Record<string, string>>> {
  const text = JSON.stringify({
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:version-reporting': false,
    ...context,
  });
  if (Buffer.byteLength(text) <= longestVariable) return { CDK_CONTEXT_JSON: text };
  const file = path.join(fresh, overflow);
  await writeWhole(file, text);
  return { CDK_CONTEXT_JSON: '{}', CONTEXT_OVERFLOW_LOCATION_ENV: file };
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
