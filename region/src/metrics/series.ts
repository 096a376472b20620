import type { StatisticSet } from './metric.ts';

const minute = 60_000;
/** Numbers that a minute has in the ring: which minute it is, count, sum, minimum, maximum. */
const width = 5;
/** Single values of a minute that percentiles are read from. */
const mostValues = 100;

/** The minutes of one metric, as many as are kept; a later one takes the place of the earliest. */
export class Series {
  readonly unit: string;
  #ring: Float64Array;
  /** Values of minutes that have more than one, by the minute; `null` where not every value is known. */
  readonly #values = new Map<number, number[] | null>();

  /** @param minutes how many are kept */
  constructor(unit: string, minutes: number) {
    this.unit = unit;
    this.#ring = new Float64Array(minutes * width).fill(Number.NaN);
  }

  get minutes(): number {
    return this.#ring.length / width;
  }

  /** Keeps more minutes from now on. */
  keep(minutes: number): void {
    if (minutes <= this.minutes) return;
    const former = this.#ring;
    this.#ring = new Float64Array(minutes * width).fill(Number.NaN);
    for (let at = 0; at < former.length; at += width) {
      const index = former[at]!;
      if (!Number.isNaN(index)) this.#ring.set(former.subarray(at, at + width), this.#place(index));
    }
  }

  /** @param at a time in the minute that it belongs to, in milliseconds since 1970 */
  add(at: number, value: number | StatisticSet): void {
    const index = Math.floor(at / minute);
    const place = this.#place(index);
    const ring = this.#ring;
    const set = typeof value === 'number' ? { count: 1, sum: value, least: value, most: value } : value;
    if (set.count <= 0) return;
    if (ring[place] === index) {
      this.#remember(index, place, value);
      ring[place + 1]! += set.count;
      ring[place + 2]! += set.sum;
      ring[place + 3] = Math.min(ring[place + 3]!, set.least);
      ring[place + 4] = Math.max(ring[place + 4]!, set.most);
      return;
    }
    this.#values.delete(ring[place]!);
    ring.set([index, set.count, set.sum, set.least, set.most], place);
    if (set.count > 1 && set.least !== set.most) this.#values.set(index, null);
  }

  /** All that came from one time on and before another; `null` where nothing came. */
  read(from: number, before: number): (StatisticSet & { readonly values: readonly number[] | null }) | null {
    let count = 0;
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    let values: number[] | null = [];
    for (let index = Math.ceil(from / minute); index * minute < before; index++) {
      const place = this.#place(index);
      if (this.#ring[place] !== index) continue;
      const [, ofMinute, total, low, high] = this.#ring.subarray(place, place + width);
      count += ofMinute!;
      sum += total!;
      least = Math.min(least, low!);
      most = Math.max(most, high!);
      const known = this.#values.get(index);
      if (known === null || values === null) values = null;
      else values.push(...(known ?? new Array<number>(Math.min(ofMinute!, mostValues)).fill(low!)));
    }
    return count === 0 ? null : { count, sum, least, most, values };
  }

  /** The last minute that has data, as its start in milliseconds since 1970; `null` where none has. */
  get last(): number | null {
    let found = Number.NaN;
    for (let at = 0; at < this.#ring.length; at += width) {
      const index = this.#ring[at]!;
      if (!Number.isNaN(index) && !(index <= found)) found = index;
    }
    return Number.isNaN(found) ? null : found * minute;
  }

  #place(index: number): number {
    return (index % this.minutes) * width;
  }

  /** Before the value is added: the first of a minute stands in the ring alone. */
  #remember(index: number, place: number, value: number | StatisticSet): void {
    const count = this.#ring[place + 1]!;
    const known = this.#values.get(index);
    if (known === null) return;
    if (typeof value !== 'number' || count >= mostValues) {
      this.#values.set(index, null);
      return;
    }
    this.#values.set(index, [...(known ?? new Array<number>(count).fill(this.#ring[place + 3]!)), value]);
  }
}
