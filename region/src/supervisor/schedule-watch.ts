import type { Inventory } from '@terrace/cloud/inventory';
import { schedulesView } from '@terrace/cloud/views/schedules';
import { type Due, dueBetween, nextLook } from '../schedule/due.ts';

/** Milliseconds of the past that are made up for, after the machine has slept. */
const longest = 86_400_000;

/** Carries out what the template has scheduled, at its time on the region's clock. */
export class ScheduleWatch {
  readonly #present: () => Inventory | null;
  readonly #carryOut: (due: Due) => Promise<void>;
  #last = Date.now();
  #timer: NodeJS.Timeout | undefined;
  #following = false;
  #stopped = false;

  /** @param present `null` until the region is up: what was due before then is not made up for */
  constructor(present: () => Inventory | null, carryOut: (due: Due) => Promise<void>) {
    this.#present = present;
    this.#carryOut = carryOut;
    this.#wait();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Looks anew when something is next due: after the region has changed. */
  look(): void {
    if (this.#following) return;
    clearTimeout(this.#timer);
    this.#wait();
  }

  #wait(): void {
    if (this.#stopped) return;
    const present = this.#present();
    const view = present ? schedulesView(present) : { scaling: [], databases: [] };
    const now = Date.now();
    this.#timer = setTimeout(() => void this.#follow(), nextLook(view, now) - now);
    this.#timer.unref();
  }

  /** Minute by minute, so that what came later is carried out later. */
  async #follow(): Promise<void> {
    this.#following = true;
    const present = this.#present();
    const view = present ? schedulesView(present) : { scaling: [], databases: [] };
    const now = Date.now();
    for (let from = Math.max(this.#last, now - longest); from < now; ) {
      const upTo = Math.min(now, nextLook(view, from));
      const due = dueBetween(view, from, upTo);
      if (due.scaling.length > 0 || due.databases.length > 0) await this.#carryOut(due);
      from = upTo;
    }
    this.#last = now;
    this.#following = false;
    this.#wait();
  }
}
