import { type Cron, isTimeZone, localTime, unixCron } from '../../cron.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { moment } from '../../moment.ts';
import { number, text } from '../../property.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-scheduledaction.html */
export interface ScheduledScaling {
  readonly statedBy: ResourceKey;
  readonly group: ResourceKey;
  /** `null` leaves what is. */
  readonly least: number | null;
  readonly most: number | null;
  readonly desired: number | null;
  /** Five fields of cron; `null` for once, at `from`. */
  readonly recurrence: string | null;
  readonly timeZone: string;
  /** Milliseconds since 1970; `null` where a recurrence has no beginning. One that has is carried out at this time too. */
  readonly from: number | null;
  /** When a recurrence ends; `null` for never. */
  readonly until: number | null;
}

/** Nothing for an action whose group or times are not understood. */
export function scheduledScaling(inventory: Inventory, { key, properties }: Resource): ScheduledScaling[] {
  const named = text(properties, 'AutoScalingGroupName');
  const group = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').find((each) => each.physicalId === named);
  if (!group || !isUnderstood(properties)) return [];
  return [
    {
      statedBy: key,
      group: group.key,
      least: number(properties, 'MinSize') ?? null,
      most: number(properties, 'MaxSize') ?? null,
      desired: number(properties, 'DesiredCapacity') ?? null,
      recurrence: text(properties, 'Recurrence') ?? null,
      timeZone: text(properties, 'TimeZone') ?? 'UTC',
      from: moment(properties, 'StartTime') ?? null,
      until: moment(properties, 'EndTime') ?? null,
    },
  ];
}

/** Whether the times of a scheduled action are understood. */
export function isUnderstood(properties: JsonObject): boolean {
  const recurrence = text(properties, 'Recurrence');
  if (!isTimeZone(text(properties, 'TimeZone') ?? 'UTC')) return false;
  const [from, until] = [moment(properties, 'StartTime'), moment(properties, 'EndTime')];
  if (from === undefined || until === undefined) return false;
  return recurrence === undefined ? from !== null : unixCron(recurrence) !== undefined;
}

const minute = 60_000;
/** Zones are apart by quarters of an hour, so that the wall clock is asked for once in each. */
const quarter = 15 * minute;

/**
 * When a rhythm has its times after one moment and up to another, in milliseconds since 1970.
 *
 * @param cron of the recurrence; `undefined` has no times
 */
export function recurrences(
  { timeZone, from, until }: Pick<ScheduledScaling, 'timeZone' | 'from' | 'until'>,
  cron: Cron | undefined,
  after: number,
  upTo: number,
): number[] {
  const found: number[] = [];
  if (cron === undefined) return found;
  const first = Math.max(after - (after % minute) + minute, from === null ? 0 : Math.ceil(from / minute) * minute);
  const last = Math.min(upTo, until ?? upTo);
  for (let start = first - (first % quarter); start <= last; start += quarter) {
    const clock = localTime(start, timeZone);
    for (let each = Math.max(start, first); each < start + quarter && each <= last; each += minute) {
      if (cron({ ...clock, minute: clock.minute + (each - start) / minute })) found.push(each);
    }
  }
  return found;
}

/**
 * When an action is carried out: at its times, and where a recurrence has a start, then too.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html
 */
export function momentsOf(action: ScheduledScaling, after: number, upTo: number): number[] {
  const { recurrence, from } = action;
  const start = from !== null && from > after && from <= upTo ? [from] : [];
  const times = recurrence === null ? [] : recurrences(action, unixCron(recurrence), after, upTo);
  return [...new Set([...start, ...times])].sort((one, other) => one - other);
}
