import { type Inventory, ofType, type Resource, type ResourceKey } from '../inventory.ts';
import { isObject, type Json } from '../json.ts';
import { number, object, text } from '../property.ts';
import { eventBridgeCron, isTimeZone, unixCron } from './cron.ts';

/** What is to happen at times that the template states. */
export interface SchedulesView {
  readonly scaling: readonly ScheduledScaling[];
  readonly databases: readonly ScheduledDatabase[];
}

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

/** A schedule of EventBridge that starts or stops a database. */
export interface ScheduledDatabase {
  readonly statedBy: ResourceKey;
  readonly action: 'start' | 'stop';
  /** `DBInstanceIdentifier`. */
  readonly database: string;
  /** The six fields within `cron(…)`. */
  readonly recurrence: string;
  readonly timeZone: string;
  /** Not before, in milliseconds since 1970; `null` for as soon as it is there. */
  readonly from: number | null;
  /** Not after; `null` for never. */
  readonly until: number | null;
}

export function schedulesView(inventory: Inventory): SchedulesView {
  return {
    scaling: ofType(inventory, 'AWS::AutoScaling::ScheduledAction').flatMap((each) => scaling(inventory, each)),
    databases: ofType(inventory, 'AWS::Scheduler::Schedule').flatMap(
      (each) => scheduledDatabase(each.properties, each.key) ?? [],
    ),
  };
}

function scaling(inventory: Inventory, { key, properties }: Resource): ScheduledScaling[] {
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

/**
 * `null` for a schedule that does something else, or at times that are not understood.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
 */
export function scheduledDatabase(
  properties: Resource['properties'],
  statedBy: ResourceKey = '',
): ScheduledDatabase | null {
  const target = object(properties, 'Target');
  const action = /:aws-sdk:rds:(start|stop)DBInstance$/.exec(text(target, 'Arn') ?? '')?.[1];
  const recurrence = /^cron\((.*)\)$/.exec(text(properties, 'ScheduleExpression') ?? '')?.[1];
  const database = identifierIn(text(target, 'Input') ?? '');
  if (action === undefined || recurrence === undefined || database === undefined) return null;
  if (eventBridgeCron(recurrence) === undefined) return null;
  if (text(properties, 'State') === 'DISABLED') return null;
  const timeZone = text(properties, 'ScheduleExpressionTimezone') ?? 'UTC';
  const [from, until] = [moment(properties, 'StartDate'), moment(properties, 'EndDate')];
  if (!isTimeZone(timeZone) || from === undefined || until === undefined) return null;
  return { statedBy, action: action as 'start' | 'stop', database, recurrence, timeZone, from, until };
}

/** Whether the times of a scheduled action are understood. */
export function isUnderstood(properties: Resource['properties']): boolean {
  const recurrence = text(properties, 'Recurrence');
  if (!isTimeZone(text(properties, 'TimeZone') ?? 'UTC')) return false;
  const [from, until] = [moment(properties, 'StartTime'), moment(properties, 'EndTime')];
  if (from === undefined || until === undefined) return false;
  return recurrence === undefined ? from !== null : unixCron(recurrence) !== undefined;
}

function identifierIn(input: string): string | undefined {
  try {
    const read = JSON.parse(input) as Json;
    return isObject(read) && typeof read.DbInstanceIdentifier === 'string' ? read.DbInstanceIdentifier : undefined;
  } catch {
    return undefined;
  }
}

/** As AWS takes times, `YYYY-MM-DDThh:mm:ssZ` in UTC; `null` where none is stated, `undefined` for what is no time. */
function moment(properties: Resource['properties'], name: string): number | null | undefined {
  const stated = text(properties, name);
  if (stated === undefined) return null;
  const parsed = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z?$/.test(stated)
    ? Date.parse(stated.endsWith('Z') ? stated : `${stated}Z`)
    : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
