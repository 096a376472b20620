import { describe, expect, test } from 'vitest';
import { metricKey } from './metric.ts';
import { MetricStore } from './metric-store.ts';
import { hasEnoughSamples, readStatistic } from './statistic.ts';

const start = Date.UTC(2026, 10, 29, 15);
const minute = 60_000;
const metric = { namespace: 'AWS/ApplicationELB', name: 'TargetResponseTime', dimensions: { LoadBalancer: 'app/a/1' } };

function stored(...values: readonly (readonly [minutes: number, value: number])[]) {
  const store = new MetricStore();
  for (const [minutes, value] of values) store.add(start + minutes * minute, { ...metric, unit: 'Seconds', value });
  return store.find(metric)!;
}

describe('a metric', () => {
  test.each([
    ['SampleCount', 4],
    ['Sum', 10],
    ['Average', 2.5],
    ['Minimum', 1],
    ['Maximum', 4],
    ['p50', 2],
    ['p75', 3],
    ['p99.9', 4],
    ['p0', 1],
    ['p100', 4],
  ])('has %s %d of 1, 2, 3 and 4 over two minutes', (statistic, value) => {
    const series = stored([0, 3], [0, 1], [1, 4], [1, 2]);
    expect(readStatistic(series, statistic, start, start + 2 * minute)).toBe(value);
  });

  test('has nothing where no data came', () => {
    const series = stored([0, 1]);
    expect(readStatistic(series, 'Sum', start + minute, start + 2 * minute)).toBeNull();
  });

  test('is the same with its dimensions in another order', () => {
    const [one, other] = [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ].map((dimensions) => metricKey({ ...metric, dimensions }));
    expect(one).toBe(other);
  });

  test('keeps three hours, and longer where an alarm reads further back', () => {
    const store = new MetricStore();
    const other = { ...metric, name: 'RequestCount' };
    store.keep(new Map([[metricKey(other), 600]]));
    for (const each of [metric, other]) {
      store.add(start, { ...each, unit: 'Count', value: 1 });
      store.add(start + 180 * minute, { ...each, unit: 'Count', value: 2 });
    }
    const total = (each: typeof metric) => readStatistic(store.find(each)!, 'Sum', start, start + 300 * minute);
    expect([total(metric), total(other)]).toEqual([2, 3]);
  });

  test('keeps what it has when an alarm comes that reads further back', () => {
    const store = new MetricStore();
    store.add(start, { ...metric, unit: 'Count', value: 1 });
    store.keep(new Map([[metricKey(metric), 600]]));
    store.add(start + 180 * minute, { ...metric, unit: 'Count', value: 2 });
    expect(readStatistic(store.find(metric)!, 'Sum', start, start + 300 * minute)).toBe(3);
  });

  test('has no percentile of values that came as a set', () => {
    const store = new MetricStore();
    store.add(start, { ...metric, unit: 'Seconds', value: { count: 3, sum: 6, least: 1, most: 3 } });
    const series = store.find(metric)!;
    expect(readStatistic(series, 'p90', start, start + minute)).toBeNull();
    expect(readStatistic(series, 'Average', start, start + minute)).toBe(2);
  });

  test('the one that had no data for longest goes for the ten thousand and first', () => {
    const store = new MetricStore();
    const named = (name: string) => ({ ...metric, name, unit: 'Count', value: 1 });
    for (let each = 0; each < 10_000; each++) store.add(start, named(`m${each}`));
    store.add(start + minute, named('m0'));
    store.add(start + minute, named('new'));
    const has = (name: string) => store.find({ ...metric, name }) !== undefined;
    expect([store.all.length, has('m0'), has('m1'), has('new')]).toEqual([10_000, true, false, true]);
  });
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html */
test.each([
  ['p50', 20, true],
  ['p50', 19, false],
  ['p90', 100, true],
  ['p90', 99, false],
  ['p99', 1_000, true],
  ['p99', 999, false],
  ['p10', 100, true],
  ['p10', 99, false],
  ['Average', 1, true],
])('%s of %d samples means something: %s', (statistic, samples, enough) => {
  expect(hasEnoughSamples(statistic, samples)).toBe(enough);
});
