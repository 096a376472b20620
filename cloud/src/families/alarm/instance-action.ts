import type { StatedAlarm } from './alarm.ts';

export type InstanceAction = 'stop' | 'terminate' | 'reboot' | 'recover';

/**
 * What an alarm's action does to the instance that its metric is of; `null` for another action.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html
 */
export function instanceActionOf(action: string): InstanceAction | null {
  const automated = /^arn:[^:]*:automate:[^:]*:ec2:(stop|terminate|reboot|recover)$/.exec(action)?.[1];
  const byRole = /^arn:[^:]*:swf:[^:]*:[^:]*:action\/actions\/AWS_EC2\.InstanceId\.(Stop|Terminate|Reboot)\/1\.0$/.exec(
    action,
  )?.[1];
  return ((automated ?? byRole?.toLowerCase()) as InstanceAction | undefined) ?? null;
}

/** The instance whose metric an alarm watches; `null` where it watches none or several. */
export function instanceWatched({ queries }: Pick<StatedAlarm, 'queries'>): string | null {
  const [only, ...others] = queries;
  return only && 'metric' in only && others.length === 0 ? (only.metric.dimensions.InstanceId ?? null) : null;
}
