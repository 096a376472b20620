import { readAlarm } from '@terrace/cloud/families/alarm/alarm';
import { expect, test } from 'vitest';
import { actionsFor, alarmMessage } from './alarm-message.ts';
import type { WatchedAlarm } from './watched-alarm.ts';

const topic = 'arn:aws:sns:ap-northeast-2:123456789012:alerts';
const alarm: WatchedAlarm = {
  arn: 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:busy',
  name: 'busy',
  description: 'too busy',
  actions: { enabled: true, alarm: [topic], ok: [], insufficientData: [] },
  watches: {
    metric: readAlarm({
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }],
      Statistic: 'Average',
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  },
};
const change = {
  alarm,
  from: 'OK',
  to: 'ALARM',
  reason: 'Threshold Crossed: …',
  at: Date.UTC(2026, 10, 29, 15, 24, 12),
} as const;
const home = { account: '123456789012', region: 'ap-northeast-2' };

test('an alarm tells programs its trigger and its states', () => {
  const { subject, body } = alarmMessage(change, home);
  expect(subject).toBe('ALARM: "busy" in Asia Pacific (Seoul)');
  expect(JSON.parse(body)).toMatchObject({
    AlarmName: 'busy',
    AWSAccountId: '123456789012',
    OldStateValue: 'OK',
    NewStateValue: 'ALARM',
    NewStateReason: 'Threshold Crossed: …',
    StateChangeTime: '2026-11-29T15:24:12.000+0000',
    Region: 'Asia Pacific (Seoul)',
    AlarmActions: [topic],
    Trigger: {
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/EC2',
      StatisticType: 'Statistic',
      Statistic: 'AVERAGE',
      Dimensions: [{ value: 'i-1', name: 'InstanceId' }],
      Period: 300,
      EvaluationPeriods: 2,
      Threshold: 80,
      TreatMissingData: 'missing',
    },
  });
});

test('an alarm tells people why and since when', () => {
  expect(alarmMessage(change, home).mail).toContain(
    'Alarm "busy" in the Asia Pacific (Seoul) region has entered the ALARM state, because "Threshold Crossed: …" at "Sunday 29 November, 2026 15:24:12 UTC".',
  );
});

test('an alarm has actions for each state, and none where they are off', () => {
  expect(actionsFor(alarm, 'ALARM')).toEqual([topic]);
  expect(actionsFor(alarm, 'OK')).toEqual([]);
  expect(actionsFor({ ...alarm, actions: { ...alarm.actions, enabled: false } }, 'ALARM')).toEqual([]);
});
