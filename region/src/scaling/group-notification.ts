import { randomUUID } from 'node:crypto';
import { groupArn } from '@terrace/cloud/families/auto-scaling-group/group-arn';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { objects, text, texts } from '@terrace/cloud/property';
import type { Message } from '../notifications/notifications.ts';
import type { Activity } from './activity.ts';

/** The kind of notification that an activity is. https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html */
export function notificationType({ kind, status }: Pick<Activity, 'kind' | 'status'>): string {
  const error = status === 'Failed' ? '_ERROR' : '';
  return `autoscaling:EC2_INSTANCE_${kind === 'launch' ? 'LAUNCH' : 'TERMINATE'}${error}`;
}

/** What a group publishes of an activity, to each topic that asked for its kind. */
export function groupMessages(
  activity: Activity,
  group: Resource,
  home: Pick<Inventory, 'account' | 'region'>,
): Message[] {
  const type = notificationType(activity);
  const source = groupArn(group, home);
  return wanting(group, type).map((topic) => ({
    topic,
    source,
    subject: subjectOf(activity),
    body: JSON.stringify(bodyOf(activity, type, source, home.account), null, 4),
  }));
}

function wanting({ properties }: Resource, type: string): string[] {
  const all = [
    ...objects(properties, 'NotificationConfigurations'),
    ...objects(properties, 'NotificationConfiguration'),
  ];
  return all
    .filter((each) => texts(each, 'NotificationTypes').includes(type))
    .flatMap((each) => text(each, 'TopicARN') ?? []);
}

function subjectOf({ kind, status, group }: Activity): string {
  const what = kind === 'launch' ? 'launch' : 'termination';
  return `Auto Scaling: ${status === 'Failed' ? 'failed ' : ''}${what} for group "${group}"`;
}

function bodyOf(activity: Activity, type: string, source: string, account: string) {
  const time = new Date(activity.at).toISOString();
  return {
    Progress: 100,
    AccountId: account,
    Description: activity.description,
    RequestId: randomUUID(),
    EndTime: time,
    AutoScalingGroupARN: source,
    ActivityId: activity.id,
    StartTime: time,
    Service: 'AWS Auto Scaling',
    Time: time,
    EC2InstanceId: activity.instance ?? '',
    StatusCode: activity.status === 'Failed' ? 'Failed' : 'InProgress',
    StatusMessage: activity.message,
    Details: {},
    AutoScalingGroupName: activity.group,
    Cause: activity.cause,
    Event: type,
  };
}
