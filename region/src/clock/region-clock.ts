/** A time at which something is to be done, and how to do it. */
interface Appointment {
  /** Milliseconds since 1970, by the region's clock. */
  readonly at: number;
  readonly work: () => Promise<void> | void;
}

/** Node's timers take no more; later appointments are looked at again then. */
const longestTimer = 3_600_000;

/**
 * AWS's time in a region: schedules, periods of metrics and alarms, cooldowns. It is the wall's time until it is made to run faster or is set
 * forward; it never goes back. Servers, instances, databases, certificates and signatures keep the wall's time and do not read it.
 */
export class RegionClock {
  readonly #wall: () => number;
  /** The region's time at one moment of the wall's. */
  #base: { readonly region: number; readonly wall: number };
  #speed = 1;
  /** While the clock is set forward it stands still at each appointment until its work is done. */
  #stands = false;
  #appointments: Appointment[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  readonly #failed: (error: Error) => void;

  /** @param failed told of work that throws */
  constructor(failed: (error: Error) => void, wall: () => number = Date.now) {
    this.#failed = failed;
    this.#wall = wall;
    this.#base = { region: wall(), wall: wall() };
  }

  /** Milliseconds since 1970. */
  now(): number {
    const { region, wall } = this.#base;
    return this.#stands ? region : region + (this.#wall() - wall) * this.#speed;
  }

  /** The wall's, likewise. */
  wall(): number {
    return this.#wall();
  }

  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#base = { region: this.now(), wall: this.#wall() };
    this.#speed = speed;
    this.#wind();
  }

  /**
   * Does something once, at a time or right after it.
   *
   * @returns cancels it
   */
  at(moment: number, work: Appointment['work']): () => void {
    const appointment = { at: moment, work };
    this.#appointments.push(appointment);
    this.#wind();
    return () => {
      this.#appointments = this.#appointments.filter((each) => each !== appointment);
      this.#wind();
    };
  }

  /** Goes to a later time through everything that is due on the way, each at its time and done before the next. */
  async advanceTo(moment: number): Promise<void> {
    if (this.#stands) throw new Error('the clock is being set forward already');
    if (moment < this.now()) throw new Error('the clock does not go back');
    this.#base = { region: this.now(), wall: this.#wall() };
    this.#stands = true;
    clearTimeout(this.#timer);
    try {
      for (let next = this.#next(moment); next && !this.#stopped; next = this.#next(moment)) {
        this.#base = { region: Math.max(this.#base.region, next.at), wall: this.#wall() };
        await this.#do(next);
      }
    } finally {
      this.#base = { region: this.#stopped ? this.#base.region : moment, wall: this.#wall() };
      this.#stands = false;
      this.#wind();
    }
  }

  get isBeingSet(): boolean {
    return this.#stands;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #next(upTo: number): Appointment | undefined {
    const due = this.#appointments.filter(({ at }) => at <= upTo);
    return due.reduce<Appointment | undefined>(
      (first, each) => (first && first.at <= each.at ? first : each),
      undefined,
    );
  }

  #wind(): void {
    clearTimeout(this.#timer);
    const next = this.#stands || this.#stopped ? undefined : this.#next(Number.POSITIVE_INFINITY);
    if (!next) return;
    const milliseconds = (next.at - this.now()) / this.#speed;
    this.#timer = setTimeout(() => this.#ring(), Math.min(longestTimer, Math.max(0, Math.ceil(milliseconds))));
    this.#timer.unref();
  }

  /** Does all that is due, in the order of its times; nothing waits for work that takes long. */
  #ring(): void {
    const now = this.now();
    for (let next = this.#next(now); next && !this.#stands; next = this.#next(now)) void this.#do(next);
    this.#wind();
  }

  async #do(appointment: Appointment): Promise<void> {
    this.#appointments = this.#appointments.filter((each) => each !== appointment);
    try {
      await appointment.work();
    } catch (error) {
      this.#failed(error as Error);
    }
  }
}
