import { spawnSync } from 'node:child_process';
import type { BuildLog } from './log.ts';

interface Ended {
  /** `null` where a signal ended it. */
  readonly status: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

interface Surroundings {
  /** The whole environment where it is given. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly folder?: string | undefined;
}

/** A shell's command line, or a program and its arguments. It is waited for until all that hold its output have ended, as Python does. */
export function run(command: string | readonly string[], { environment, folder }: Surroundings = {}): Ended {
  const words =
    typeof command === 'string' ? ['-c', `exec 2>&1\n${command}`] : ['-c', 'exec "$0" "$@" 2>&1', ...command];
  const { status, stdout, error } = spawnSync('/bin/sh', words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment ?? process.env,
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (error) return { status: 127, output: `${error.message}\n` };
  return { status, output: stdout };
}

/** The same, and into the log of commands. */
export function runLogged(
  log: BuildLog,
  title: string,
  command: string | readonly string[],
  around: Surroundings = {},
): Ended {
  const ended = run(command, around);
  log.command(title, ended.output, ended.status);
  return ended;
}

/** The line of an output that says best what went wrong: the first that reads as an error, else the last. */
export function reasonIn({ status, output }: Ended): string {
  const lines = output.split('\n').filter((each) => each.trim() !== '');
  const first = lines.find((each) =>
    /\b(error|fatal|failed|cannot|can't|unable|not found|no such|denied)\b/i.test(each),
  );
  const ended = status === null ? 'a signal ended it' : `exit code ${status}`;
  const said = (first ?? lines.at(-1))?.trim();
  return said === undefined ? ended : `${ended}: ${said}`;
}
