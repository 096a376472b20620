import { setTimeout as wait } from 'node:timers/promises';
import { isAway } from './haproxy/control-socket.ts';

/**
 * Looks again and again, until it is stopped or there is nothing left to look at. A node that ends, or that is just being replaced, does
 * not answer: it is asked again. Whatever else fails is tried again too, and told when it begins, not at each look.
 *
 * @param options.pace milliseconds between two looks
 * @param options.over asked after each look; never where it is left out
 */
export async function keepLooking(
  look: () => Promise<void>,
  {
    pace,
    signal,
    failed,
    over = () => false,
  }: { readonly pace: number; readonly signal: AbortSignal; failed(error: Error): void; over?(): boolean },
): Promise<void> {
  let told: string | null = null;
  do {
    await wait(pace, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      await look();
      told = null;
    } catch (error) {
      if (signal.aborted || isAway(error)) continue;
      const { message } = error as Error;
      if (message !== told) failed(error as Error);
      told = message;
    }
  } while (!over());
}
