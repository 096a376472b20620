import { describe, expect, test } from 'vitest';
import type { AlarmState } from './alarm.ts';
import { alarmsOf, parseRule, RuleFault, ruleHolds } from './composite-rule.ts';

const states: Readonly<Record<string, AlarmState>> = {
  a: 'ALARM',
  b: 'OK',
  'c d': 'INSUFFICIENT_DATA',
  'e (f)': 'ALARM',
};
const stateOf = (alarm: string) => states[alarm.replace(/^arn:aws:cloudwatch:[^:]*:\d*:alarm:/, '')];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
describe('the rule of a composite alarm', () => {
  test.each([
    ['ALARM(a)', true],
    ['OK(a)', false],
    ['ALARM("a")', true],
    ["ALARM('a')", true],
    ['ALARM(arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:a)', true],
    ['INSUFFICIENT_DATA(c d)', true],
    ['ALARM("e (f)")', true],
    ['NOT ALARM(a)', false],
    ['NOT (ALARM(a) AND OK(b))', false],
    ['ALARM(a) AND ALARM(b)', false],
    ['ALARM(a) OR ALARM(b)', true],
    ['ALARM(a) OR ALARM(b) AND FALSE', true],
    ['(ALARM(a) OR ALARM(b)) AND FALSE', false],
    ['NOT ALARM(b) AND TRUE', true],
    ['TRUE', true],
    ['FALSE', false],
    ['ALARM(nobody)', false],
  ])('%s: %s', (rule, holds) => {
    expect(ruleHolds(parseRule(rule), stateOf)).toBe(holds);
  });

  test('says which alarms it reads', () => {
    expect(alarmsOf(parseRule('ALARM(a) AND NOT (OK("c d") OR ALARM(a))'))).toEqual(['a', 'c d']);
  });

  test.each([
    '',
    'ALARM',
    'ALARM()',
    'ALARM(a) ALARM(b)',
    '(ALARM(a)',
    'ALARM(a) AND',
    'PAUSED(a)',
  ])('refuses “%s”', (rule) => {
    expect(() => parseRule(rule)).toThrow(RuleFault);
  });
});
