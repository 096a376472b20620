import { describe, expect, test } from 'vitest';
import { isUnderstood } from '../auto-scaling-group/scheduled-action.ts';
import { scheduledDatabase } from './scheduled-database.ts';

const schedule = {
  ScheduleExpression: 'cron(0 18 ? * MON-FRI *)',
  ScheduleExpressionTimezone: 'Asia/Seoul',
  Target: { Arn: 'arn:aws:scheduler:::aws-sdk:rds:stopDBInstance', Input: '{"DbInstanceIdentifier":"db"}' },
};

describe('a schedule is carried out', () => {
  test('where it stops a database at times that are understood', () => {
    expect(scheduledDatabase(schedule)).toMatchObject({ action: 'stop', database: 'db', timeZone: 'Asia/Seoul' });
    expect(isUnderstood({ Recurrence: '0 18 * * *', TimeZone: 'Asia/Seoul' })).toBe(true);
  });

  test('between its dates, in UTC', () => {
    const dates = { StartDate: '2026-12-01T00:00:00.000Z', EndDate: '2026-12-31T09:30:00' };
    expect(scheduledDatabase({ ...schedule, ...dates })).toMatchObject({
      from: Date.UTC(2026, 11, 1),
      until: Date.UTC(2026, 11, 31, 9, 30),
    });
    expect(scheduledDatabase(schedule)).toMatchObject({ from: null, until: null });
    expect(isUnderstood({ StartTime: '2026-12-01T00:00:00Z' })).toBe(true);
  });

  test.each([
    'tomorrow',
    '2026-12-01',
    '2026-13-01T00:00:00Z',
    '1 Dec 2026 09:00',
    '2026-12-01T00:00:00+09:00',
  ])('not from or until %s, which AWS does not take for a time', (when) => {
    expect(scheduledDatabase({ ...schedule, StartDate: when })).toBeNull();
    expect(scheduledDatabase({ ...schedule, EndDate: when })).toBeNull();
    for (const name of ['StartTime', 'EndTime'])
      expect(isUnderstood({ Recurrence: '0 18 * * *', [name]: when })).toBe(false);
    expect(isUnderstood({ StartTime: when })).toBe(false);
  });

  test('not in a time zone that there is none of', () => {
    expect(scheduledDatabase({ ...schedule, ScheduleExpressionTimezone: 'Asia/Soul' })).toBeNull();
    expect(isUnderstood({ Recurrence: '0 18 * * *', TimeZone: 'Asia/Soul' })).toBe(false);
  });
});
