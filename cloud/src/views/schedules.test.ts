import { describe, expect, test } from 'vitest';
import { isUnderstood, scheduledDatabase } from './schedules.ts';

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

  test('not in a time zone that there is none of', () => {
    expect(scheduledDatabase({ ...schedule, ScheduleExpressionTimezone: 'Asia/Soul' })).toBeNull();
    expect(isUnderstood({ Recurrence: '0 18 * * *', TimeZone: 'Asia/Soul' })).toBe(false);
  });
});
