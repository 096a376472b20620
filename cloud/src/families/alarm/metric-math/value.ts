import { ExpressionFault } from './parse.ts';

/** A time series: one value a period, the oldest first; `null` where there is no data. */
export type Values = readonly (number | null)[];

/** A scalar, a time series, or an array of time series: `S`, `TS` and `TS[]` in AWS's tables. */
export type Value = number | Values | SeriesArray;

export interface SeriesArray {
  readonly series: readonly Values[];
}

/** The periods that an expression is evaluated over. */
export interface Timeline {
  /** Starts of the periods, in milliseconds since 1970. */
  readonly starts: readonly number[];
  /** Seconds. */
  readonly period: number;
}

/**
 * Combines values period by period; a scalar counts in each, an array in each of its series. Where one has no data, or the result is no number
 * (a division by zero), the result has none.
 */
export function zip(values: readonly Value[], combine: (numbers: number[]) => number): Value {
  const counts = values.flatMap((each) => (isArray(each) ? [each.series.length] : []));
  if (counts.length > 0) {
    const count = counts[0]!;
    if (counts.some((each) => each !== count)) throw new ExpressionFault('arrays of different lengths are combined');
    const at = (index: number) => values.map((each) => (isArray(each) ? each.series[index]! : each));
    return { series: Array.from({ length: count }, (_, index) => zip(at(index), combine) as Values) };
  }
  const first = values.find((each): each is Values => typeof each !== 'number');
  if (!first) return combine(values as number[]);
  return first.map((_, index) => {
    const numbers = values.map((each) => (typeof each === 'number' ? each : ((each as Values)[index] ?? null)));
    return numbers.includes(null) ? null : finite(combine(numbers as number[]));
  });
}

export function isArray(value: Value): value is SeriesArray {
  return typeof value !== 'number' && 'series' in value;
}

/** Applies to a time series, or to each of an array. */
export function eachSeries(value: Value, apply: (values: Values) => Values): Value {
  if (typeof value === 'number') throw new ExpressionFault('a time series is wanted and a number was given');
  return isArray(value) ? { series: value.series.map(apply) } : apply(value);
}

export function present(values: Values): number[] {
  return values.filter((each): each is number => each !== null);
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
