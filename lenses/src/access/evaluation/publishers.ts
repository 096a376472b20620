import { groupArn } from '@terrace/cloud/families/auto-scaling-group/group-arn';
import { type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import { attribute, objects, text, texts } from '@terrace/cloud/property';
import { identityView } from '@terrace/cloud/views/identity';
import { contextOf } from '../policy/context.ts';
import { type Policy, parsePolicy } from '../policy/policy.ts';
import type { Principal } from '../policy/principal.ts';
import { type Decision, evaluate, onlyIdentity } from './evaluate.ts';

/** Whether something of a template may publish to a topic of it. */
export interface TopicPublisher {
  /** ARN. */
  readonly topic: string;
  /** ARN of the alarm or the Auto Scaling group. */
  readonly source: string;
  readonly allowed: boolean;
  /** Why not; `unreadable` for a policy that AWS would not take. */
  readonly verdict: Decision['verdict'] | 'unreadable';
}

/** Every alarm and group with each topic that it notifies, judged by the topic's policy. */
export function topicPublishers(inventory: Inventory): TopicPublisher[] {
  const { resourcePolicies } = identityView(inventory);
  return publishers(inventory).flatMap(({ source, principal, grants, topics }) =>
    topics.map((topic) => {
      const stated = resourcePolicies.filter((each) => each.resourceArn === topic);
      const read = stated.map(({ document }) => parsePolicy(document, { name: topic, kind: 'resource' }));
      // Without a policy of its own a topic lets its account publish, and CloudWatch for it.
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
      if (read.length === 0) return { topic, source, allowed: true, verdict: 'allowed' as const };
      const policy = read.at(-1)!;
      if (!policy.ok) return { topic, source, allowed: false, verdict: 'unreadable' as const };
      const request = { principal, action: 'sns:Publish', resource: topic, context: contextFor(source, inventory) };
      const { allowed, verdict } = evaluate(request, { ...onlyIdentity(grants), resource: policy.value });
      return { topic, source, allowed, verdict };
    }),
  );
}

interface Publisher {
  readonly source: string;
  readonly principal: Principal;
  readonly grants: readonly Policy[];
  readonly topics: readonly string[];
}

function publishers(inventory: Inventory): Publisher[] {
  const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    ofType(inventory, type),
  );
  const groups = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup');
  return [
    ...alarms.map(
      (alarm): Publisher => ({
        source: attribute(alarm, 'Arn') ?? '',
        principal: { kind: 'service', name: 'cloudwatch.amazonaws.com' },
        grants: [],
        topics: topicsIn(
          ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((each) => texts(alarm.properties, each)),
        ),
      }),
    ),
    ...groups.map(
      (group): Publisher => ({
        source: groupArn(group, inventory),
        principal: serviceLinked(inventory),
        grants: publishing,
        topics: topicsIn(notified(group)),
      }),
    ),
  ];
}

function notified({ properties }: Resource): string[] {
  const all = [
    ...objects(properties, 'NotificationConfigurations'),
    ...objects(properties, 'NotificationConfiguration'),
  ];
  return all.flatMap((each) => text(each, 'TopicARN') ?? []);
}

function topicsIn(arns: readonly string[]): string[] {
  return [...new Set(arns.filter((each) => /^arn:[^:]*:sns:/.test(each)))];
}

/** Auto Scaling publishes as its service-linked role. https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html */
function serviceLinked({ account }: Inventory): Principal {
  const name = 'AWSServiceRoleForAutoScaling';
  return {
    kind: 'session',
    role: `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/AutoScaling`,
  };
}

const publishing: readonly Policy[] = [
  parsePolicy(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }] },
    { name: 'AutoScalingServiceRolePolicy', kind: 'identity' },
  ),
].flatMap((each) => (each.ok ? [each.value] : []));

function contextFor(source: string, { account, region }: Inventory) {
  return contextOf({
    'aws:SourceArn': source,
    'aws:SourceAccount': account,
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
  });
}
