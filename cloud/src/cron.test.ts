import { describe, expect, test } from 'vitest';
import { eventBridgeCron, localTime, unixCron } from './cron.ts';

const at = (text: string, timeZone = 'UTC') => localTime(Date.parse(text), timeZone);

describe('a line of cron', () => {
  test.each<[string, string, boolean]>([
    ['30 9 * * MON-FRI', '2026-11-23T09:30:00Z', true],
    ['30 9 * * MON-FRI', '2026-11-22T09:30:00Z', false],
    ['30 9 * * MON-FRI', '2026-11-23T09:31:00Z', false],
    ['*/15 * * * *', '2026-11-22T09:45:00Z', true],
    ['0 0 1 * 0', '2026-11-22T00:00:00Z', true],
    ['0 0 1 * 0', '2026-11-01T00:00:00Z', true],
    ['0 0 1 * 0', '2026-11-03T00:00:00Z', false],
    ['0 8,18 * JAN,NOV 7', '2026-11-22T18:00:00Z', true],
    ['0 9 * * FRI-MON', '2026-11-22T09:00:00Z', true],
    ['0 9 * * FRI-MON', '2026-11-25T09:00:00Z', false],
  ])('%s, at %s: %s', (line, moment, holds) => {
    expect(unixCron(line)?.(at(moment))).toBe(holds);
  });

  test('is of the place that is meant', () => {
    expect(unixCron('30 9 * * MON')?.(at('2026-11-23T00:30:00Z', 'Asia/Seoul'))).toBe(true);
    expect(unixCron('0 0 * * *')?.(at('2026-11-22T15:00:00Z', 'Asia/Seoul'))).toBe(true);
  });

  test.each([
    '9 * * *',
    '61 9 * * *',
    '0 9 * * L',
    '0 9 31-1 * *',
    '*/0 * * * *',
    'every day',
  ])('that is not understood is none: %s', (line) => expect(unixCron(line)).toBeUndefined());

  test.each<[string, string, boolean]>([
    ['15 9 ? * MON-FRI *', '2026-11-23T09:15:00Z', true],
    ['15 9 ? * 2-6 *', '2026-11-23T09:15:00Z', true],
    ['15 9 ? * 1 *', '2026-11-22T09:15:00Z', true],
    ['15 9 22 * ? 2026', '2026-11-22T09:15:00Z', true],
    ['15 9 22 * ? 2027', '2026-11-22T09:15:00Z', false],
  ])('of EventBridge, %s, at %s: %s', (line, moment, holds) => {
    expect(eventBridgeCron(line)?.(at(moment))).toBe(holds);
  });

  test('of EventBridge that is not understood is none', () => {
    expect(eventBridgeCron('0 9 ? * 6L *')).toBeUndefined();
    expect(eventBridgeCron('0 9 * * MON')).toBeUndefined();
  });
});
