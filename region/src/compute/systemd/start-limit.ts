import type { ServiceUnit } from './service-unit.ts';

/**
 * How often a unit is started within a time, before systemd gives it up.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#StartLimitIntervalSec=interval
 */
export class StartLimit {
  #starts: number[] = [];

  /** Whether it may be started now, which then counts as a start. `now` in milliseconds. */
  admits(
    { startLimitInterval, startLimitBurst }: Pick<ServiceUnit, 'startLimitInterval' | 'startLimitBurst'>,
    now: number,
  ): boolean {
    this.#starts = this.#starts.filter((start) => now - start < startLimitInterval);
    if (startLimitInterval > 0 && startLimitBurst > 0 && this.#starts.length >= startLimitBurst) return false;
    this.#starts.push(now);
    return true;
  }

  /** What `systemctl reset-failed` does. */
  forget(): void {
    this.#starts = [];
  }
}
