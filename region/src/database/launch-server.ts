import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { makePrivateFile } from '../keeping/private-folder.ts';
import { insideView, type PrivateView } from './private-view.ts';

/** `log` is where in its log this start begins. */
type Launched =
  | { readonly kind: 'ready'; readonly child: ChildProcess; readonly log: number }
  /** It ended before it was ready. */
  | { readonly kind: 'ended'; readonly code: number | null; readonly log: number };

/**
 * Starts a database server in its view, its output appended to a log, and waits until it is ready.
 *
 * @param ready Asked every few milliseconds. `from` is where in the log this start begins.
 */
export async function launchServer(
  view: PrivateView,
  command: readonly string[],
  logFile: string,
  ready: (child: ChildProcess, from: number) => Promise<boolean>,
): Promise<Launched> {
  await makePrivateFile(view.lockFile);
  const log = await open(logFile, 'a', 0o600);
  const from = (await log.stat()).size;
  const [program, ...words] = insideView(view, command);
  const child = spawn(program!, words, { stdio: ['ignore', log.fd, log.fd] });
  await log.close();
  return Promise.race([
    once(child, 'exit').then(([code]) => ({ kind: 'ended' as const, code: code as number | null, log: from })),
    once(child, 'error').then(([error]) => Promise.reject(error)),
    untilReady(child, from, () => ready(child, from)),
  ]);
}

const patience = 60_000;

async function untilReady(child: ChildProcess, log: number, ready: () => Promise<boolean>): Promise<Launched> {
  const deadline = Date.now() + patience;
  while (hasNotEnded(child)) {
    if (await ready()) return { kind: 'ready', child, log };
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error('The database server was not ready within a minute');
    }
    await delay(5);
  }
  // How it ended is told by its exit.
  return new Promise(() => {});
}

export function hasNotEnded(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Asks a server to end, and ends it where it does not within a quarter of a minute: it recovers at its next start. */
export async function endServer(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
  if (!hasNotEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const inTime = new AbortController();
  const killed = delay(15_000, undefined, { signal: inTime.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  await ended;
  inTime.abort();
  await killed;
}

/** The last 8 KiB of a log from an offset on, as lines. */
export async function lastLines(logFile: string, from = 0): Promise<string[]> {
  const { size } = await stat(logFile);
  const log = await open(logFile, 'r');
  const { buffer, bytesRead } = await log.read(Buffer.alloc(8192), 0, 8192, Math.max(from, size - 8192));
  await log.close();
  return buffer.subarray(0, bytesRead).toString().trim().split('\n');
}
