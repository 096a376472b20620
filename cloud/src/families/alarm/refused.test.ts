import { describe } from 'vitest';
import { out, table } from '../refusals.fixture.ts';

const base = {
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  },
  Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM(one) OR ALARM(two)' } },
  Group: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Filter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: {
      LogGroupName: { Ref: 'Group' },
      FilterPattern: 'ERROR',
      MetricTransformations: [{ MetricName: 'errors', MetricNamespace: 'Shop', MetricValue: '1' }],
    },
  },
};
const metric = (Id: string, more: object = {}) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }, Period: 300, Stat: 'Average' },
  ...more,
});
const math = (...Metrics: object[]) =>
  ({ Namespace: out, MetricName: out, Statistic: out, Period: out, Metrics }) as never;

describe('an alarm', () => {
  table(base, 'Alarm', [
    ['AlarmName', { AlarmName: 'a'.repeat(256) }, { AlarmName: 'my alarm' }],
    ['', { MetricName: out }, { MetricName: 'NetworkIn' }],
    ['', { Namespace: out }, { Namespace: 'Shop' }],
    ['', { Statistic: out }, { Statistic: out, ExtendedStatistic: 'p99' }],
    ['', { Period: out }, { Period: 60 }],
    ['Statistic', { ExtendedStatistic: 'p99' }, { Statistic: out, ExtendedStatistic: 'p99.9' }],
    ['ExtendedStatistic', { Statistic: out, ExtendedStatistic: 'p101' }, { Statistic: out, ExtendedStatistic: 'tm90' }],
    ['ExtendedStatistic', { Statistic: out, ExtendedStatistic: 'Average' }, { Statistic: 'Average' }],
    ['Statistic', { Statistic: 'Mean' }, { Statistic: 'SampleCount' }],
    ['Period', { Period: 45 }, { Period: 30 }],
    ['Period', { Period: 90 }, { Period: 120 }],
    ['EvaluationPeriods', { Period: 1800, EvaluationPeriods: 49 }, { Period: 43_200, EvaluationPeriods: 14 }],
    ['EvaluationPeriods', { EvaluationPeriods: 0 }, { EvaluationPeriods: 1 }],
    ['DatapointsToAlarm', { DatapointsToAlarm: 3 }, { DatapointsToAlarm: 2 }],
    ['ComparisonOperator', { ComparisonOperator: '>' }, { ComparisonOperator: 'LessThanThreshold' }],
    ['TreatMissingData', { TreatMissingData: 'ok' }, { TreatMissingData: 'notBreaching' }],
    ['', { Threshold: out }, { Threshold: 0 }],
    ['Unit', { Unit: 'Percentage' }, { Unit: 'Percent' }],
    ['AlarmActions.0', { AlarmActions: ['topic'] }, { AlarmActions: ['arn:aws:sns:ap-northeast-2:111122223333:one'] }],
    [
      'AlarmActions',
      { AlarmActions: [1, 2, 3, 4, 5, 6].map((each) => `arn:aws:sns:ap-northeast-2:111122223333:t${each}`) },
      { AlarmActions: [1, 2, 3, 4, 5].map((each) => `arn:aws:sns:ap-northeast-2:111122223333:t${each}`) },
    ],
    ['Metrics', { Metrics: [metric('m1', { ReturnData: true })] as never }, math(metric('m1', { ReturnData: true }))],
    ['Metrics', math(metric('m1'), metric('m2')), math(metric('m1'), metric('m2', { ReturnData: true }))],
    [
      'Metrics',
      math(metric('m1', { ReturnData: true }), metric('m2', { ReturnData: true })),
      math(metric('m1'), { Id: 'e1', Expression: 'm1 * 2', ReturnData: true }),
    ],
    ['Metrics.0.Id', math(metric('M1', { ReturnData: true })), math(metric('m_1', { ReturnData: true }))],
    [
      'Metrics.1.Id',
      math(metric('m1'), metric('m1', { ReturnData: true })),
      math(metric('m1'), metric('m2', { ReturnData: true })),
    ],
    [
      'Metrics.0.Expression',
      math(metric('m1', { ReturnData: true, Expression: 'm1' })),
      math(metric('m1', { ReturnData: true })),
    ],
  ]);
  table(base, 'Both', [
    ['AlarmRule', { AlarmRule: 'one OR two' }, { AlarmRule: 'NOT OK("my alarm")' }],
    ['AlarmRule', { AlarmRule: 'ALARM(one' }, { AlarmRule: 'TRUE' }],
    [
      'ActionsSuppressor',
      { ActionsSuppressor: 'one' },
      { ActionsSuppressor: 'one', ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 },
    ],
  ]);
  table(base, 'Group', [
    ['RetentionInDays', { RetentionInDays: 10 }, { RetentionInDays: 14 }],
    ['LogGroupName', { LogGroupName: 'my group' }, { LogGroupName: '/aws/lambda/a_b.c#1' }],
    ['LogGroupName', { LogGroupName: 'a'.repeat(513) }, { LogGroupName: 'a'.repeat(512) }],
    ['KmsKeyId', { KmsKeyId: 'alias/one' }, { KmsKeyId: 'arn:aws:kms:ap-northeast-2:111122223333:key/one' }],
    ['LogGroupClass', { LogGroupClass: 'COLD' }, { LogGroupClass: 'INFREQUENT_ACCESS' }],
  ]);
  table(base, 'Filter', [
    ['MetricTransformations', { MetricTransformations: [] }, { FilterName: 'one' }],
    [
      'MetricTransformations.0.MetricNamespace',
      { 'MetricTransformations.0.MetricNamespace': 'a:b' },
      { 'MetricTransformations.0.MetricNamespace': 'Shop/Web' },
    ],
    [
      'MetricTransformations.0.MetricName',
      { 'MetricTransformations.0.MetricName': 'a$b' },
      { 'MetricTransformations.0.MetricName': 'a b' },
    ],
    ['FilterName', { FilterName: 'a:b' }, { FilterName: 'a b' }],
  ]);
});
