import { eventBridgeCron } from '@terrace/cloud/cron';
import {
  momentsOf,
  recurrences,
  type ScheduledScaling,
} from '@terrace/cloud/families/auto-scaling-group/scheduled-action';
import type { ScheduledDatabase } from '@terrace/cloud/families/schedule/scheduled-database';
import type { SchedulesView } from '@terrace/cloud/views/schedules';

const minute = 60_000;

/** What falls due in a span of time, in the order of the template. */
export interface Due {
  readonly scaling: readonly ScheduledScaling[];
  readonly databases: readonly ScheduledDatabase[];
}

/** What is due after one moment and up to another, both in milliseconds since 1970. */
export function dueBetween({ scaling, databases }: SchedulesView, after: number, upTo: number): Due {
  return {
    scaling: scaling.filter((action) => momentsOf(action, after, upTo).length > 0),
    databases: databases.filter(
      (schedule) => recurrences(schedule, eventBridgeCron(schedule.recurrence), after, upTo).length > 0,
    ),
  };
}

/** When something next may be due: the start of the next minute, or the moment at which an action starts. */
export function nextLook({ scaling }: SchedulesView, now: number): number {
  const starts = scaling.flatMap(({ from }) => (from !== null && from > now ? [from] : []));
  return Math.min(now - (now % minute) + minute, ...starts);
}
