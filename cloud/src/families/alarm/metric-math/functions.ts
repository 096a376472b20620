import { ExpressionFault } from './parse.ts';
import { eachSeries, finite, isArray, present, type Timeline, type Value, type Values, zip } from './value.ts';

interface MathFunction {
  readonly least: number;
  readonly most: number;
  /** What its last argument may be instead of a value. */
  readonly words: readonly string[];
  apply(given: readonly Value[], timeline: Timeline, word: string | null): Value;
}

/**
 * The functions of metric math that alarms may use. SEARCH and ANOMALY_DETECTION_BAND are not among them.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list
 */
export const functions: Readonly<Record<string, MathFunction>> = {
  ABS: ofOne((values) => zip([values], ([value]) => Math.abs(value!))),
  CEIL: ofOne((values) => zip([values], ([value]) => Math.ceil(value!))),
  FLOOR: ofOne((values) => zip([values], ([value]) => Math.floor(value!))),
  LOG: ofOne((values) => zip([values], ([value]) => Math.log(value!))),
  LOG10: ofOne((values) => zip([values], ([value]) => Math.log10(value!))),
  AVG: aggregate((numbers) => sum(numbers) / numbers.length),
  MAX: aggregate((numbers) => Math.max(...numbers)),
  MIN: aggregate((numbers) => Math.min(...numbers)),
  SUM: aggregate(sum),
  STDDEV: aggregate(deviation),
  METRIC_COUNT: ofOne((value) => (isArray(value) ? value.series.length : 1)),
  DATAPOINT_COUNT: ofOne((value) => (isArray(value) ? sum(value.series.map(count)) : count(value))),
  PERIOD: ofOne((_, { period }) => period),
  TIME_SERIES: ofOne((value, { starts }) => {
    if (typeof value !== 'number') throw new ExpressionFault('TIME_SERIES takes a number');
    return starts.map(() => value);
  }),
  DIFF: ofOne((value) => eachSeries(value, (values) => againstLast(values, (now, last) => now - last))),
  DIFF_TIME: ofOne((value, { period }) =>
    eachSeries(value, (values) => againstLast(values, (_now, _last, periods) => periods * period)),
  ),
  RATE: ofOne((value, { period }) =>
    eachSeries(value, (values) => againstLast(values, (now, last, periods) => (now - last) / (periods * period))),
  ),
  RUNNING_SUM: ofOne((value) =>
    eachSeries(value, (values) => {
      let total = 0;
      return values.map((each) => {
        total += each ?? 0;
        return each === null ? null : total;
      });
    }),
  ),
  REMOVE_EMPTY: ofOne((value) =>
    isArray(value) ? { series: value.series.filter((each) => present(each).length > 0) } : value,
  ),
  FILL: { least: 2, most: 2, words: ['REPEAT', 'LINEAR'], apply: ([value, by], _, word) => fill(value!, by, word) },
  IF: { least: 2, most: 3, words: [], apply: ([condition, then, otherwise]) => choose(condition!, then!, otherwise) },
  SLICE: { least: 2, most: 3, words: [], apply: ([value, from, to]) => slice(value!, from!, to) },
  EPOCH: clock((at) => at / 1000),
  MINUTE: clock((at) => new Date(at).getUTCMinutes()),
  HOUR: clock((at) => new Date(at).getUTCHours()),
  /** From Monday, 1, to Sunday, 7. */
  DAY: clock((at) => new Date(at).getUTCDay() || 7),
  DATE: clock((at) => new Date(at).getUTCDate()),
  MONTH: clock((at) => new Date(at).getUTCMonth() + 1),
  YEAR: clock((at) => new Date(at).getUTCFullYear()),
};

function ofOne(apply: (value: Value, timeline: Timeline) => Value): MathFunction {
  return { least: 1, most: 1, words: [], apply: ([value], timeline) => apply(value!, timeline) };
}

function clock(read: (at: number) => number): MathFunction {
  return ofOne((value, { starts }) => {
    if (typeof value === 'number') throw new ExpressionFault('a time series is wanted and a number was given');
    return starts.map(read);
  });
}

/** Of a time series a number; of an array a time series, over those that have data in a period. */
function aggregate(combine: (numbers: number[]) => number): MathFunction {
  return ofOne((value, { starts }) => {
    if (typeof value === 'number') return combine([value]);
    if (!isArray(value)) {
      const numbers = present(value);
      if (numbers.length === 0) throw new NoData();
      return combine(numbers);
    }
    return starts.map((_, index) => {
      const numbers = present(value.series.map((each) => each[index] ?? null));
      return numbers.length === 0 ? null : finite(combine(numbers));
    });
  });
}

/** A number is asked of a time series that has no data: the whole expression has none. */
export class NoData extends Error {
  override readonly name = 'NoData';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

function deviation(numbers: readonly number[]): number {
  const average = sum(numbers) / numbers.length;
  return Math.sqrt(sum(numbers.map((each) => (each - average) ** 2)) / numbers.length);
}

function count(value: Value): number {
  return typeof value === 'number' ? 1 : present(value as Values).length;
}

/** Each datapoint against the last one before it; the first has none. */
function againstLast(values: Values, compare: (now: number, last: number, periods: number) => number): Values {
  let last: { readonly value: number; readonly index: number } | null = null;
  return values.map((value, index) => {
    if (value === null) return null;
    const result = last === null ? null : compare(value, last.value, index - last.index);
    last = { value, index };
    return result;
  });
}

function fill(value: Value, by: Value | undefined, word: string | null): Value {
  if (word === 'REPEAT') return eachSeries(value, repeated);
  if (word === 'LINEAR') return eachSeries(value, interpolated);
  return eachSeries(value, (values) => {
    const other = typeof by === 'number' ? null : (by as Values);
    return values.map((each, index) => each ?? (other === null ? (by as number) : (other[index] ?? null)));
  });
}

function repeated(values: Values): Values {
  let last: number | null = null;
  return values.map((each) => {
    last = each ?? last;
    return last;
  });
}

/** Between the datapoints on both sides; before the first and after the last there is nothing to go by. */
function interpolated(values: Values): Values {
  return values.map((each, index) => {
    if (each !== null) return each;
    const before = values.slice(0, index).findLastIndex((other) => other !== null);
    const after = values.findIndex((other, at) => at > index && other !== null);
    if (before < 0 || after < 0) return null;
    const share = (index - before) / (after - before);
    return values[before]! + (values[after]! - values[before]!) * share;
  });
}

/** Without a third argument there is no data where the condition does not hold. */
function choose(condition: Value, then: Value, otherwise: Value | undefined): Value {
  if (typeof condition === 'number') {
    if (condition !== 0) return then;
    if (otherwise === undefined) throw new NoData();
    return otherwise;
  }
  if (isArray(condition)) throw new ExpressionFault('the condition of IF is an array');
  const at = (value: Value | undefined, index: number): number | null => {
    if (value === undefined) return null;
    if (typeof value === 'number') return value;
    if (isArray(value)) throw new ExpressionFault('IF takes numbers and time series');
    return value[index] ?? null;
  };
  return condition.map((each, index) => (each === null ? null : at(each !== 0 ? then : otherwise, index)));
}

function slice(value: Value, from: Value, to: Value | undefined): Value {
  if (!isArray(value) || typeof from !== 'number' || (to !== undefined && typeof to !== 'number')) {
    throw new ExpressionFault('SLICE takes an array of time series and whole numbers');
  }
  return { series: value.series.slice(from, to) };
}
