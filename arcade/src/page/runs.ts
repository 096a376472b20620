import { type OpenedRun, server } from './server.ts';

/** A run opened longer ago than this many milliseconds is left alone: it could expire before its game is handed in. */
const freshness = 60 * 60 * 1000;

/** Runs are opened ahead, so that a night begins at once when it is asked for. */
export class Runs {
  #next: Promise<OpenedRun | undefined> | undefined;
  #openedAt = 0;

  prepare(): void {
    if (this.#next && performance.now() - this.#openedAt < freshness) return;
    this.#openedAt = performance.now();
    this.#next = server.openRun().catch(() => undefined);
  }

  /** `undefined` where no server could open one within two seconds: the night is for practice. */
  async take(): Promise<OpenedRun | undefined> {
    this.prepare();
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 2000));
    const run = await Promise.race([this.#next, late]);
    this.#next = undefined;
    return run;
  }
}

/** A seed that no server knows. */
export function practiceSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
