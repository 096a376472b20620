import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning } from '../control/socket.ts';
import { builtScript } from '../host/built.ts';
import { launch } from '../namespaces/launch.ts';

/**
 * Starts a region's supervisor and waits until it answers on its control socket. A detached one does not keep its launcher waiting.
 *
 * @throws where it ends before that; its log in the state directory says why
 */
export async function launchSupervisor(options: {
  readonly stateDirectory: string;
  readonly socket: string;
  readonly detached: boolean;
}): Promise<ChildProcess> {
  const child = launch({
    stateDirectory: options.stateDirectory,
    script: builtScript(import.meta.url, './main.js'),
    words: [options.stateDirectory, options.socket],
    detached: options.detached,
  });
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  while (!(await isRunning(options.socket))) {
    if (ended) throw new Error(`the region ended before it answered: see ${options.stateDirectory}/supervisor.log`);
    await wait(5);
  }
  if (options.detached) child.unref();
  return child;
}
