import type { Inventory } from '@terrace/cloud/inventory';
import { beforeEach, describe, expect, test } from 'vitest';
import { MetricStore } from '../metrics/metric-store.ts';
import { AlarmWatch } from './alarm-watch.ts';

const start = Date.UTC(2026, 10, 29, 15);
const minute = 60_000;

function inventory(alarms: Readonly<Record<string, Record<string, unknown>>>): Inventory {
  const resources = Object.entries(alarms).map(([name, properties]) => ({
    type: 'AlarmRule' in properties ? 'AWS::CloudWatch::CompositeAlarm' : 'AWS::CloudWatch::Alarm',
    physicalId: name,
    attributes: { Arn: `arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:${name}` },
    properties,
  }));
  return { resources } as unknown as Inventory;
}

const figure = (id: string, name: string) => ({
  Id: id,
  ReturnData: false,
  MetricStat: {
    Stat: 'Minimum',
    Period: 60,
    Metric: {
      Namespace: 'AWS/AutoScaling',
      MetricName: name,
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web' }],
    },
  },
});
/** The blueprint's. */
const launch = {
  Metrics: [
    figure('wanted', 'GroupDesiredCapacity'),
    figure('there', 'GroupInServiceInstances'),
    { Id: 'missing', Expression: 'wanted - there', ReturnData: true },
  ],
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0,
  EvaluationPeriods: 5,
  DatapointsToAlarm: 5,
  TreatMissingData: 'notBreaching',
};

let metrics: MetricStore;
let watch: AlarmWatch;
beforeEach(() => {
  metrics = new MetricStore();
  watch = new AlarmWatch(metrics);
});

/** One minute with these sizes, and its evaluation at its end. */
function pass(index: number, wanted: number, there: number) {
  const at = start + index * minute;
  for (const [name, value] of [
    ['GroupDesiredCapacity', wanted],
    ['GroupInServiceInstances', there],
  ] as const) {
    metrics.add(at, {
      namespace: 'AWS/AutoScaling',
      name,
      dimensions: { AutoScalingGroupName: 'web' },
      unit: 'None',
      value,
    });
  }
  return watch.evaluate(at + minute).map(({ alarm, from, to }) => `${alarm.name}: ${from} -> ${to}`);
}

describe('the alarm of a group that cannot launch', () => {
  test('is OK at first, in ALARM after five minutes with too few, and OK with the first minute that has all', () => {
    watch.apply(inventory({ launch }), start);
    expect(pass(0, 3, 3)).toEqual(['launch: INSUFFICIENT_DATA -> OK']);
    expect([1, 2, 3, 4].flatMap((each) => pass(each, 3, 1))).toEqual([]);
    expect(pass(5, 3, 1)).toEqual(['launch: OK -> ALARM']);
    expect(watch.standings[0]!.reason).toBe(
      'Threshold Crossed: 5 out of the last 5 datapoints [2.0 (29/11/26 15:01:00), 2.0 (29/11/26 15:02:00), 2.0 (29/11/26 15:03:00), 2.0 (29/11/26 15:04:00), 2.0 (29/11/26 15:05:00)] were greater than the threshold (0.0) (minimum 5 datapoints for OK -> ALARM transition).',
    );
    expect(pass(6, 3, 3)).toEqual(['launch: ALARM -> OK']);
  });

  test('keeps its state when the template states it anew', () => {
    watch.apply(inventory({ launch }), start);
    pass(0, 3, 3);
    watch.apply(inventory({ launch: { ...launch, Threshold: 1 } }), start + minute);
    expect(watch.standings.map(({ state, since }) => [state, since])).toEqual([['OK', start + minute]]);
  });
});

test('a composite alarm follows in the same evaluation, and one that reads it as well', () => {
  watch.apply(
    inventory({
      outer: { AlarmRule: 'ALARM(inner)' },
      inner: { AlarmRule: 'ALARM(launch)' },
      launch: { ...launch, EvaluationPeriods: 1, DatapointsToAlarm: 1 },
    }),
    start,
  );
  pass(0, 3, 3);
  expect(pass(1, 3, 1)).toEqual(['launch: OK -> ALARM', 'inner: OK -> ALARM', 'outer: OK -> ALARM']);
  expect(watch.standings[2]!.reason).toBe(
    'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:launch transitioned to ALARM at Sunday 29 November, 2026 15:02:00 UTC',
  );
});

test('an alarm of a longer period reads the last periods to the minute', () => {
  const sum = {
    Namespace: 'Shop',
    MetricName: 'Orders',
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 10,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  };
  watch.apply(inventory({ sum }), start);
  const order = (index: number) =>
    metrics.add(start + index * minute, { namespace: 'Shop', name: 'Orders', dimensions: {}, unit: 'Count', value: 2 });
  for (const each of [0, 1, 2, 3]) order(each);
  expect(watch.evaluate(start + 4 * minute).map(({ to }) => to)).toEqual(['OK']);
  order(4);
  expect(watch.evaluate(start + 5 * minute).map(({ to }) => to)).toEqual(['ALARM']);
});

test('data in another unit than the alarm states is no data', () => {
  const alarm = {
    Namespace: 'Shop',
    MetricName: 'Size',
    Statistic: 'Sum',
    Period: 60,
    Unit: 'Bytes',
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  };
  watch.apply(inventory({ alarm }), start);
  metrics.add(start, { namespace: 'Shop', name: 'Size', dimensions: {}, unit: 'Count', value: 2 });
  expect(watch.evaluate(start + minute)).toEqual([]);
  expect(watch.standings[0]!.state).toBe('INSUFFICIENT_DATA');
});

test('a percentile over few samples leaves the state where the alarm says so', () => {
  const base = {
    Namespace: 'Shop',
    MetricName: 'Time',
    ExtendedStatistic: 'p90',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  };
  watch.apply(inventory({ ignores: { ...base, EvaluateLowSampleCountPercentile: 'ignore' }, evaluates: base }), start);
  for (let each = 0; each < 99; each++)
    metrics.add(start, { namespace: 'Shop', name: 'Time', dimensions: {}, unit: 'Seconds', value: 1 });
  expect(watch.evaluate(start + minute).map(({ alarm }) => alarm.name)).toEqual(['evaluates']);
});

test('an alarm that cannot be evaluated is told with its reason', () => {
  watch.apply(inventory({ band: { ...launch, ComparisonOperator: 'GreaterThanUpperThreshold' } }), start);
  expect(watch.standings).toEqual([]);
  expect(watch.unevaluated.map(({ name, why }) => [name, why.en])).toEqual([
    ['band', 'Anomaly detection is not carried out.'],
  ]);
});
