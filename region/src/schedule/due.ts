import { eventBridgeCron, localTime, unixCron } from '@terrace/cloud/views/cron';
import type { ScheduledDatabase, ScheduledScaling, SchedulesView } from '@terrace/cloud/views/schedules';

const minute = 60_000;

/** What falls due in a span of time, in the order of the template. */
export interface Due {
  readonly scaling: readonly ScheduledScaling[];
  readonly databases: readonly ScheduledDatabase[];
}

/** What is due after one moment and up to another, both in milliseconds since 1970. */
export function dueBetween({ scaling, databases }: SchedulesView, after: number, upTo: number): Due {
  const minutes = minutesBetween(after, upTo);
  return {
    scaling: scaling.filter((action) => isDue(action, minutes, after, upTo)),
    databases: databases.filter(({ recurrence, timeZone }) => {
      const cron = eventBridgeCron(recurrence);
      return cron !== undefined && minutes.some((each) => cron(localTime(each, timeZone)));
    }),
  };
}

function isDue(
  { recurrence, timeZone, from, until }: ScheduledScaling,
  minutes: readonly number[],
  after: number,
  upTo: number,
): boolean {
  if (recurrence === null) return from !== null && from > after && from <= upTo;
  const cron = unixCron(recurrence);
  const within = (each: number) => (from === null || each >= from) && (until === null || each <= until);
  return cron !== undefined && minutes.some((each) => within(each) && cron(localTime(each, timeZone)));
}

/** When something next may be due: the start of the next minute, or the moment of an action of its own. */
export function nextLook({ scaling }: SchedulesView, now: number): number {
  const once = scaling.flatMap(({ recurrence, from }) =>
    recurrence === null && from !== null && from > now ? [from] : [],
  );
  return Math.min(now - (now % minute) + minute, ...once);
}

function minutesBetween(after: number, upTo: number): number[] {
  const found: number[] = [];
  for (let each = after - (after % minute) + minute; each <= upTo; each += minute) found.push(each);
  return found;
}
