import type { Inventory } from '@terrace/cloud/inventory';
import { schedulesView } from '@terrace/cloud/views/schedules';
import type { RegionClock } from '../clock/region-clock.ts';
import { type Due, dueBetween, nextLook } from '../schedule/due.ts';

/** Milliseconds of the past that are made up for, after the machine has slept. */
const longest = 86_400_000;

/** Carries out what the template has scheduled, at its time on the region's clock. */
export class ScheduleWatch {
  readonly #clock: RegionClock;
  readonly #present: () => Inventory | null;
  readonly #carryOut: (due: Due) => Promise<void>;
  #last: number;
  #cancel = () => {};
  #following = false;

  /** @param present `null` until the region is up: what was due before then is not made up for */
  constructor(clock: RegionClock, present: () => Inventory | null, carryOut: (due: Due) => Promise<void>) {
    this.#clock = clock;
    this.#present = present;
    this.#carryOut = carryOut;
    this.#last = clock.now();
    this.#wait();
  }

  /** Looks anew when something is next due: after the region has changed. */
  look(): void {
    if (this.#following) return;
    this.#cancel();
    this.#wait();
  }

  #wait(): void {
    const present = this.#present();
    const view = present ? schedulesView(present) : { scaling: [], databases: [] };
    this.#cancel = this.#clock.at(nextLook(view, this.#clock.now()), () => this.#follow());
  }

  /** Minute by minute, so that what came later is carried out later. */
  async #follow(): Promise<void> {
    this.#following = true;
    try {
      const present = this.#present();
      const view = present ? schedulesView(present) : { scaling: [], databases: [] };
      const now = this.#clock.now();
      for (let from = Math.max(this.#last, now - longest); from < now; ) {
        const upTo = Math.min(now, nextLook(view, from));
        const due = dueBetween(view, from, upTo);
        this.#last = upTo;
        if (due.scaling.length > 0 || due.databases.length > 0) await this.#carryOut(due);
        from = upTo;
      }
      this.#last = now;
    } finally {
      this.#following = false;
      this.#wait();
    }
  }
}
