import { type Cron, eventBridgeCron, localTime, unixCron } from '@terrace/cloud/views/cron';
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
    databases: databases.filter((schedule) => recurs(schedule, eventBridgeCron(schedule.recurrence), minutes)),
  };
}

/**
 * A recurring action that has a start is carried out then, too.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html
 */
function isDue(action: ScheduledScaling, minutes: readonly number[], after: number, upTo: number): boolean {
  const { recurrence, from } = action;
  if (from !== null && from > after && from <= upTo) return true;
  return recurrence !== null && recurs(action, unixCron(recurrence), minutes);
}

/** Whether one of these minutes is one of its times, between its start and its end. */
function recurs(
  { timeZone, from, until }: Pick<ScheduledScaling, 'timeZone' | 'from' | 'until'>,
  cron: Cron | undefined,
  minutes: readonly number[],
): boolean {
  const within = (each: number) => (from === null || each >= from) && (until === null || each <= until);
  return cron !== undefined && minutes.some((each) => within(each) && cron(localTime(each, timeZone)));
}

/** When something next may be due: the start of the next minute, or the moment at which an action starts. */
export function nextLook({ scaling }: SchedulesView, now: number): number {
  const starts = scaling.flatMap(({ from }) => (from !== null && from > now ? [from] : []));
  return Math.min(now - (now % minute) + minute, ...starts);
}

function minutesBetween(after: number, upTo: number): number[] {
  const found: number[] = [];
  for (let each = after - (after % minute) + minute; each <= upTo; each += minute) found.push(each);
  return found;
}
