import type { ScheduledScaling } from '@terrace/cloud/families/auto-scaling-group/scheduled-action';
import type { SchedulesView } from '@terrace/cloud/views/schedules';
import { describe, expect, test } from 'vitest';
import { dueBetween, nextLook } from './due.ts';

const at = (text: string) => Date.parse(`2026-11-23T${text}Z`);

function action(statedBy: string, stated: Partial<ScheduledScaling>): ScheduledScaling {
  return {
    statedBy,
    group: 'Stack/Group',
    least: 0,
    most: 2,
    desired: 0,
    recurrence: null,
    timeZone: 'UTC',
    from: null,
    until: null,
    ...stated,
  };
}

const schedules: SchedulesView = {
  scaling: [
    action('open', { recurrence: '30 9 * * MON-FRI', timeZone: 'Asia/Seoul' }),
    action('close', { recurrence: '0 18 * * MON-FRI', timeZone: 'Asia/Seoul' }),
    action('once', { from: at('03:00:20') }),
    action('season', { recurrence: '0 * * * *', from: at('05:30:00'), until: at('06:30:00') }),
  ],
  databases: [
    {
      statedBy: 'stop',
      action: 'stop',
      database: 'db',
      recurrence: '0 18 ? * MON-FRI *',
      timeZone: 'Asia/Seoul',
      from: null,
      until: null,
    },
    {
      statedBy: 'trial',
      action: 'start',
      database: 'db',
      recurrence: '15 * * * ? *',
      timeZone: 'UTC',
      from: at('13:10:00'),
      until: at('15:14:59'),
    },
  ],
};

describe('what is due', () => {
  test.each<[string, string, readonly string[]]>([
    ['00:29:59', '00:30:00', ['open']],
    ['00:30:00', '00:31:00', []],
    ['08:59:00', '09:00:00', ['close', 'stop']],
    ['03:00:19', '03:00:20', ['once']],
    ['03:00:20', '03:00:59', []],
    ['04:59:00', '05:00:00', []],
    ['05:29:00', '05:30:00', ['season']],
    ['05:30:00', '05:31:00', []],
    ['12:14:00', '12:15:00', []],
    ['13:14:00', '13:15:00', ['trial']],
    ['14:14:00', '14:15:00', ['trial']],
    ['15:14:00', '15:15:00', []],
    ['05:59:00', '06:00:00', ['season']],
    ['06:59:00', '07:00:00', []],
    ['00:00:00', '09:30:00', ['open', 'close', 'once', 'season', 'stop']],
  ])('after %s and up to %s: %j', (after, upTo, expected) => {
    const { scaling, databases } = dueBetween(schedules, at(after), at(upTo));
    expect([...scaling, ...databases].map(({ statedBy }) => statedBy)).toEqual(expected);
  });

  test('is looked for at each minute, and when a single action has its time', () => {
    expect(nextLook(schedules, at('03:00:00'))).toBe(at('03:00:20'));
    expect(nextLook(schedules, at('03:00:20'))).toBe(at('03:01:00'));
  });
});
