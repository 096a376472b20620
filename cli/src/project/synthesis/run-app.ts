import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { reasonLines } from '@terrace/cloud/first-error';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

/** Runs an app's command in a shell; `undefined` where it ended well. Mistake: `APP_FAILED`, with the program's first error and its tail. */
export async function runApp(
  command: string,
  directory: string,
  environment: NodeJS.ProcessEnv,
): Promise<Mistake | undefined> {
  const run = await runCommand(await executable(command, directory), directory, environment);
  return run.status === 0 ? undefined : appFailed(command, run);
}

/**
 * A single word that names a JavaScript file which is not executable is given to Node, as CDK's command line does.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/cli.html#cli-app-command
 */
async function executable(command: string, directory: string): Promise<string> {
  const word = command.trim();
  if (/\s/.test(word) || !word.endsWith('.js')) return command;
  const found = await stat(path.resolve(directory, word)).catch(() => undefined);
  return found?.isFile() && (found.mode & 0o111) === 0 ? `"${process.execPath}" "${word}"` : command;
}

interface Run {
  readonly status: number;
  /** What it said, both streams together: the beginning, where the first error stands, and the end. */
  readonly said: string;
}

/** Characters that are kept of the beginning, and of the end. */
const kept = 100_000;

function runCommand(command: string, directory: string, environment: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { cwd: directory, env: environment, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [beginning, end] = ['', ''];
    const keep = (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      const room = kept - beginning.length;
      beginning += text.slice(0, room);
      end = (end + text.slice(room)).slice(-kept);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, said: beginning + end }));
  });
}

function appFailed(command: string, { status, said }: Run): Mistake {
  const lines = reasonLines(said).join('\n  ');
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
