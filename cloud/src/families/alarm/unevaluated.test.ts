import { describe, expect, test } from 'vitest';
import { whyCompositeUnevaluated, whyUnevaluated } from './unevaluated.ts';

const plain = {
  MetricName: 'GroupTotalInstances',
  Namespace: 'AWS/AutoScaling',
  Statistic: 'Average',
  Period: 300,
  EvaluationPeriods: 2,
  Threshold: 80,
  ComparisonOperator: 'GreaterThanThreshold',
};
const metric = (Id: string, more = {}) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'Shop', MetricName: Id }, Period: 60, Stat: 'Sum', ...more },
});
const math = (Expression: string, ...Metrics: object[]) => ({
  ...plain,
  Metrics: [...Metrics, { Id: 'e1', Expression, ReturnData: true }],
});

describe('an alarm is evaluated', () => {
  test.each([
    ['with a plain metric', plain],
    ['with a percentile', { ...plain, Statistic: undefined, ExtendedStatistic: 'p99.9' }],
    ['with metric math', math('m1 / m2', metric('m1'), metric('m2'))],
    ['with a threshold given as text', { ...plain, Threshold: '80' }],
  ])('%s', (_, properties) => {
    expect(whyUnevaluated(JSON.parse(JSON.stringify(properties)))).toBeNull();
  });
});

describe('an alarm is not evaluated', () => {
  test.each([
    [
      'on a metric that the region does not measure',
      { ...plain, Namespace: 'AWS/SQS' },
      /does not measure AWS\/SQS GroupTotalInstances/,
    ],
    ['on a metric of the agent', { ...plain, Namespace: 'CWAgent' }, /does not measure/],
    ['with a band', { ...plain, ComparisonOperator: 'GreaterThanUpperThreshold', ThresholdMetricId: 'ad1' }, /Anomaly/],
    ['without a threshold', { ...plain, Threshold: undefined }, /Anomaly/],
    ['below a minute', { ...plain, Period: 10 }, /60 seconds/],
    ['with a trimmed mean', { ...plain, ExtendedStatistic: 'tm90' }, /tm90/],
    ['with two periods', math('m1 + m2', metric('m1'), metric('m2', { Period: 300 })), /different periods/],
    ['with SEARCH', math("SEARCH('x')"), /cannot be evaluated/],
    ['with a name that nothing has', math('m1 + m9', metric('m1')), /m9/],
    ['with a number for a series', math('SUM(m1)', metric('m1')), /single number/],
    [
      'with two that return data',
      {
        ...math('m1', metric('m1')),
        Metrics: [
          { ...metric('m1'), ReturnData: true },
          { ...metric('m2'), ReturnData: true },
        ],
      },
      /Exactly one/,
    ],
    [
      'of another account',
      { ...plain, Metrics: [{ ...metric('m1'), ReturnData: true, AccountId: '210987654321' }] },
      /another account/,
    ],
  ])('%s', (_, properties, why) => {
    expect(whyUnevaluated(JSON.parse(JSON.stringify(properties)))?.en).toMatch(why);
  });
});

test('a composite alarm is evaluated where its rule can be read and nothing suppresses its actions', () => {
  const why = (properties: Record<string, string>) => whyCompositeUnevaluated(properties)?.en ?? null;
  expect(why({ AlarmRule: 'ALARM(a) AND NOT OK(b)' })).toBeNull();
  expect(why({ AlarmRule: 'ALARM(a' })).toMatch(/AlarmRule cannot be read/);
  expect(why({ AlarmRule: 'ALARM(a)', ActionsSuppressor: 'b' })).toMatch(/ActionsSuppressor/);
});
