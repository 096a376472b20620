import { type Words, words } from '@terrace/cloud/words';
import type { ControlEvent } from '@terrace/region/control/protocol';
import type { Terminal } from '../terminal/terminal.ts';

/** Milliseconds of silence after which is said what the region is at. */
const longest = 5_000;

/** Says every five seconds what a change is at, where the region itself says nothing. */
export class Silence implements Disposable {
  #at: Words | null = null;
  #since = Date.now();
  #spoke = Date.now();
  readonly #timer: NodeJS.Timeout;

  constructor(terminal: Pick<Terminal, 'note'>) {
    this.#timer = setInterval(() => {
      const now = Date.now();
      if (this.#at === null || now - this.#spoke < longest) return;
      this.#spoke = now;
      const seconds = Math.round((now - this.#since) / 1000);
      terminal.note(words(`still at ${this.#at.en}, for ${seconds} s`, `계속 진행 중: ${this.#at.ko}, ${seconds}초째`));
    }, 500);
  }

  broken(event: ControlEvent): void {
    this.#spoke = Date.now();
    if (event.kind !== 'progress') return;
    this.#at = event.text;
    this.#since = this.#spoke;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
