import { describe, expect, test } from 'vitest';
import { estateOf, type Stated } from './estate.fixture.ts';
import { parseWeekly, scheduledHours } from './schedule.ts';

const group = (id: string): Stated => ({ id, type: 'AWS::AutoScaling::AutoScalingGroup', running: 2 });
const action = (id: string, of: string, recurrence: string, size: number): Stated => ({
  id,
  type: 'AWS::AutoScaling::ScheduledAction',
  properties: {
    AutoScalingGroupName: of,
    Recurrence: recurrence,
    DesiredCapacity: size,
    MinSize: size,
    TimeZone: 'Asia/Seoul',
  },
});
const hours = (...stated: Stated[]) => scheduledHours(estateOf('ap-northeast-2', stated).inventory, 168);

describe('the hours that a template schedules, of a week', () => {
  test('nine to six on weekdays', () => {
    expect(hours(group('a'), action('o', 'a', '0 9 * * MON-FRI', 2), action('c', 'a', '0 18 * * MON-FRI', 0))).toBe(45);
  });
  test('past midnight, every day', () => {
    expect(hours(group('a'), action('o', 'a', '30 18 * * *', 2), action('c', 'a', '0 2 * * *', 0))).toBeCloseTo(
      52.5,
      9,
    );
  });
  test('the longer of two groups', () => {
    const first = [group('a'), action('o', 'a', '0 9 * * *', 1), action('c', 'a', '0 10 * * *', 0)];
    const second = [group('b'), action('p', 'b', '0 9 * * *', 1), action('d', 'b', '0 12 * * *', 0)];
    expect(hours(...first, ...second)).toBe(21);
  });
  test('none where a group has no schedule, where nothing closes, or where the rhythm is not weekly', () => {
    const open = action('o', 'a', '0 9 * * *', 2);
    expect(hours(group('a'))).toBeNull();
    expect(hours(group('a'), open)).toBeNull();
    expect(hours(group('a'), open, action('c', 'a', '0 18 1 * *', 0))).toBeNull();
    expect(hours(group('a'), group('b'), open, action('c', 'a', '0 18 * * *', 0))).toBeNull();
  });
});

test.each([
  ['0 9 * * 1', [1980]],
  ['0 0 * * SUN,SAT', [0, 8640]],
  ['0 0 * * FRI-SUN', [0, 7200, 8640]],
  ['0 0 * * 7', [0]],
  ['*/5 * * * *', undefined],
  ['0 9 * * FUN', undefined],
  ['', undefined],
])('%s', (cron, minutes) => {
  expect(parseWeekly(cron)).toEqual(minutes);
});
