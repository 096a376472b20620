import { setImmediate as afterPending, setTimeout as wait } from 'node:timers/promises';

/** Whom a watch asks, and whom it tells. */
export interface Asked {
  /** One question. Resolves with the answer, rejects where none will come; what it holds is let go when the signal says so. */
  ask(signal: AbortSignal): Promise<void>;
  /** The process that is asked: with another one the watch begins anew. `null` while nobody is expected to answer. */
  whom(): object | null;
  /** Milliseconds without an answer after which it hangs. */
  patience(): number;
  /** It has not answered for a moment: `milliseconds` so far. */
  silent?(milliseconds: number): void;
  /** It answers, after it was said to be silent. */
  answersAgain?(milliseconds: number): void;
  /** It hangs; called again whenever as long has passed once more. */
  hangs(milliseconds: number): void;
}

/** Milliseconds of monotonic time. It stands while the machine sleeps, and no correction of the date moves it. */
export const monotonic: () => number = () => performance.now();

/** Milliseconds without an answer after which a part is said to be silent. A busy machine answers within fractions of a second. */
const noticed = 2_000;
/** Milliseconds between two questions at most: each costs about as much as a connection. */
const slowest = 10_000;

/**
 * Asks a process again and again whether it answers: one that is stopped, or that waits for ever, ends by nothing that an exit would show.
 * Time in which the watch itself did not run, for example in a stopped supervisor, does not count against who is asked.
 */
export class AnswerWatch implements Disposable {
  readonly #asked: Asked;
  readonly #now: () => number;
  readonly #ended = new AbortController();
  #whom: object | null = null;
  /** Milliseconds since the last answer for which one was waited for. */
  #silence = 0;
  #failed = false;
  #told = false;
  #nextHang = 0;
  #wake: () => void = () => {};
  #looking: (() => void)[] = [];

  /** @param now the region's time in milliseconds */
  constructor(asked: Asked, now: () => number = monotonic) {
    this.#asked = asked;
    this.#now = now;
    void this.#run();
  }

  /** Milliseconds for which it has not answered, as far as is known; `null` where it answers or nobody is expected to. */
  get silentFor(): number | null {
    return this.#told && this.#asked.whom() === this.#whom ? this.#silence : null;
  }

  /** Asks at once. Resolves like `silentFor`, within the moment after which a part is said to be silent. */
  async look(): Promise<number | null> {
    if (this.silentFor !== null || this.#asked.whom() === null || this.#ended.signal.aborted) return this.silentFor;
    await new Promise<void>((resolve) => {
      this.#looking.push(resolve);
      this.#wake();
    });
    return this.silentFor;
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
    this.#lookedUp();
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#pause();
      const whom = this.#asked.whom();
      if (whom !== this.#whom) this.#beginWith(whom);
      if (whom !== null && !this.#ended.signal.aborted) await this.#question(whom);
      if (whom === null) this.#lookedUp();
    }
  }

  get #tick(): number {
    return Math.min(250, this.#asked.patience() / 10);
  }

  get #notice(): number {
    return Math.min(noticed, this.#asked.patience() / 2);
  }

  /** Shorter where nobody took the question: that is over in no time. */
  async #pause(): Promise<void> {
    const milliseconds = this.#failed ? this.#tick : Math.min(slowest, this.#asked.patience() / 3);
    const before = this.#now();
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    if (this.#looking.length > 0 && !this.#failed) return;
    const signal = AbortSignal.any([woken.signal, this.#ended.signal]);
    await wait(milliseconds, undefined, { ref: false, signal }).catch(() => undefined);
    if (this.#failed && this.#asked.whom() === this.#whom) this.#count(this.#now() - before);
  }

  /** A question that was lost, as with one process of many that hangs, is asked anew before its whole time is over. */
  async #question(whom: object): Promise<void> {
    const given = new AbortController();
    let outcome: 'open' | 'answered' | 'failed' = 'open';
    const isOpen = () => outcome === 'open' && !this.#ended.signal.aborted && this.#asked.whom() === whom;
    const question = this.#asked.ask(given.signal).then(
      () => {
        outcome = 'answered';
      },
      () => {
        outcome = 'failed';
      },
    );
    const until = this.#silence + Math.max(noticed, this.#asked.patience() / 3);
    while (isOpen() && this.#silence < until) {
      const before = this.#now();
      await Promise.race([question, wait(this.#tick, undefined, { ref: false })]);
      // An answer that came in while this process did not run is read before its lateness counts.
      if (isOpen()) await afterPending();
      if (isOpen()) this.#count(this.#now() - before);
    }
    given.abort();
    if (this.#asked.whom() !== whom) return;
    this.#failed = (outcome as string) === 'failed';
    if ((outcome as string) === 'answered') this.#answered();
  }

  #count(milliseconds: number): void {
    this.#silence += Math.min(milliseconds, 2 * this.#tick);
    if (!this.#told && this.#silence >= this.#notice) {
      this.#told = true;
      this.#asked.silent?.(this.#silence);
    }
    if (this.#told) this.#lookedUp();
    if (this.#silence < this.#nextHang) return;
    this.#nextHang = this.#silence + this.#asked.patience();
    this.#asked.hangs(this.#silence);
  }

  #answered(): void {
    const silence = this.#silence;
    const told = this.#told;
    this.#beginWith(this.#whom);
    if (told) this.#asked.answersAgain?.(silence);
    this.#lookedUp();
  }

  #beginWith(whom: object | null): void {
    this.#whom = whom;
    this.#silence = 0;
    this.#failed = false;
    this.#told = false;
    this.#nextHang = this.#asked.patience();
  }

  #lookedUp(): void {
    for (const resolve of this.#looking.splice(0)) resolve();
  }
}
