import { describe, expect, test } from 'vitest';
import { estateOf, type Stated } from '../estate.fixture.ts';
import { scheduledHours } from './schedule.ts';

const group = (id: string): Stated => ({
  id,
  type: 'AWS::AutoScaling::AutoScalingGroup',
  running: 2,
  properties: { MinSize: 2, MaxSize: 4 },
});
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
const hours = (...stated: Stated[]) => scheduledHours(estateOf('ap-northeast-2', stated).inventory, 168, '2026-11');

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

  test('a schedule that has ended by then leaves the servers on', () => {
    const ended = (stated: Stated): Stated => ({
      ...stated,
      properties: { ...stated.properties, EndTime: '2020-12-31T00:00:00Z' },
    });
    const [open, close] = [action('o', 'a', '0 9 * * *', 2), action('c', 'a', '0 18 * * *', 0)];
    expect(hours(group('a'), open, close)).toBe(63);
    expect(hours(group('a'), ended(open), ended(close))).toBeNull();
  });
  test('a group is off where its least and most are zero, whatever it desires', () => {
    const close = action('c', 'a', '0 18 * * *', 0);
    const { DesiredCapacity: _, ...sizes } = close.properties!;
    const byMost = { ...close, properties: { ...sizes, MinSize: 0, MaxSize: 0 } };
    const open = action('o', 'a', '0 9 * * *', 2);
    const reopened = { ...open, properties: { ...open.properties, MaxSize: 4 } };
    expect(hours(group('a'), reopened, byMost)).toBe(63);
  });
  test('a group that may be empty is off where only its most is zero', () => {
    const empty: Stated = { ...group('a'), properties: { MinSize: 0, MaxSize: 4, DesiredCapacity: 2 } };
    const close = action('c', 'a', '0 18 * * *', 0);
    const { DesiredCapacity: _, MinSize: __, ...rest } = close.properties!;
    const open = action('o', 'a', '0 9 * * *', 2);
    const opens = { ...open, properties: { ...open.properties, MinSize: 0, MaxSize: 4 } };
    expect(hours(empty, opens, { ...close, properties: { ...rest, MaxSize: 0 } })).toBe(63);
  });
});
