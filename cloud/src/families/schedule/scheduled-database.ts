import { eventBridgeCron, isTimeZone } from '../../cron.ts';
import type { Resource, ResourceKey } from '../../inventory.ts';
import { isObject, type Json } from '../../json.ts';
import { moment } from '../../moment.ts';
import { object, text } from '../../property.ts';

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

function identifierIn(input: string): string | undefined {
  try {
    const read = JSON.parse(input) as Json;
    return isObject(read) && typeof read.DbInstanceIdentifier === 'string' ? read.DbInstanceIdentifier : undefined;
  } catch {
    return undefined;
  }
}
