import type { Inventory } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FoundBy, triggered } from './activity.ts';
import { GroupActivities } from './group-activities.ts';
import { groupMessages } from './group-notification.ts';

const now = Date.UTC(2026, 10, 29, 15);
const minute = 60_000;
const topic = 'arn:aws:sns:ap-northeast-2:123456789012:alerts';
const group = {
  key: 'web',
  type: 'AWS::AutoScaling::AutoScalingGroup',
  physicalId: 'web-group',
  properties: {
    NotificationConfigurations: [{ TopicARN: topic, NotificationTypes: ['autoscaling:EC2_INSTANCE_LAUNCH_ERROR'] }],
  },
} as unknown as Inventory['resources'][number];
const inventory = { resources: [group], account: '123456789012', region: 'ap-northeast-2' } as unknown as Inventory;
const full =
  "There are not enough free addresses in subnet 'subnet-1' to satisfy the requested number of instances. Launching EC2 instance failed.";

let activities: GroupActivities;
beforeEach(() => {
  activities = new GroupActivities();
});

function look(
  ids: readonly string[],
  { wanted = ids.length, at = now, unhealthy = {} as Readonly<Record<string, FoundBy>>, reason = full } = {},
) {
  const fleet = { instances: ids.map((id) => ({ id, statedBy: 'web' })) } as unknown as Fleet;
  const short = { group: 'web', name: 'web-group', wanted, has: ids.length, reason };
  const shortages = wanted > ids.length ? [short] : [];
  return activities.look({ inventory, fleet, shortages, unhealthy: new Map(Object.entries(unhealthy)) }, at);
}

describe('the activity history of a group', () => {
  test('has each launch, and the one that fails in the words of EC2', () => {
    expect(look(['i-1'], { wanted: 3 }).map(({ status, description, cause }) => [status, description, cause])).toEqual([
      [
        'Successful',
        'Launching a new EC2 instance: i-1',
        'At 2026-11-29T15:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 3.',
      ],
      [
        'Failed',
        `Launching a new EC2 instance.  Status Reason: ${full}`,
        'At 2026-11-29T15:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 3.',
      ],
    ]);
  });

  test('has a try that fails again once its time has come, later each time', () => {
    const failures: number[] = [];
    for (let each = 0; each < 130; each++) {
      if (look(['i-1'], { wanted: 3, at: now + each * minute }).some(({ status }) => status === 'Failed'))
        failures.push(each);
    }
    expect(failures).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121]);
  });

  test('has another failure at once where the cause is another', () => {
    look(['i-1'], { wanted: 3 });
    expect(look(['i-1'], { wanted: 3, reason: 'quota' }).map(({ message }) => message)).toEqual(['quota']);
  });

  test('has no more failures when the cause is gone', () => {
    look(['i-1'], { wanted: 2 });
    expect(look(['i-1', 'i-2'], { at: now + minute }).map(({ status }) => status)).toEqual(['Successful']);
    expect(activities.isRetryDue(now + 60 * minute)).toBe(false);
  });

  test('has who leaves: for a smaller capacity, or because it is unhealthy', () => {
    look(['i-1', 'i-2']);
    expect(look(['i-1'])[0]).toMatchObject({ kind: 'terminate', description: 'Terminating EC2 instance: i-2' });
    const [left, came] = look(['i-3'], { unhealthy: { 'i-1': 'load-balancer' } });
    expect(left!.cause).toContain('in response to an ELB system health check failure.');
    expect(came!.description).toBe('Launching a new EC2 instance: i-3');
  });

  test.each([
    ['stopped', 'an EC2 health check indicating it has been terminated or stopped.'],
    ['status-check', 'an EC2 instance status checks failure.'],
    ['load-balancer', 'an ELB system health check failure.'],
  ] as const)('says what found it unhealthy: %s', (foundBy, said) => {
    look(['i-1']);
    expect(look(['i-2'], { unhealthy: { 'i-1': foundBy } })[0]!.cause).toBe(
      `At 2026-11-29T15:00:00Z an instance was taken out of service in response to ${said}`,
    );
  });

  test('says which alarm triggered which policy, until that is an activity', () => {
    look(['i-1']);
    activities.because(
      'web-group',
      triggered({ at: now, alarm: 'high', state: 'ALARM', policy: 'cpu', from: 1, to: 2 }),
    );
    expect(look(['i-1', 'i-2'])[0]!.cause).toBe(
      'At 2026-11-29T15:00:00Z a monitor alarm high in state ALARM triggered policy cpu changing the desired capacity from 1 to 2.  At 2026-11-29T15:00:00Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.',
    );
    expect(look(['i-1', 'i-2', 'i-3'])[0]!.cause).not.toContain('monitor alarm');
  });

  test('knows when a member was launched, as long as it is there', () => {
    look(['i-1']);
    look(['i-1', 'i-2'], { at: now + minute });
    expect([activities.launchedAt('i-1'), activities.launchedAt('i-2')]).toEqual([now, now + minute]);
    look(['i-2']);
    expect(activities.launchedAt('i-1')).toBeNull();
  });
});

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html */
test('a group notifies those who asked for the kind', () => {
  const [launched, failed] = look(['i-1'], { wanted: 2 });
  expect(groupMessages(launched!, group, inventory)).toEqual([]);
  const [message] = groupMessages(failed!, group, inventory);
  expect(message).toMatchObject({ topic, subject: 'Auto Scaling: failed launch for group "web-group"' });
  expect(JSON.parse(message!.body)).toMatchObject({
    Service: 'AWS Auto Scaling',
    Event: 'autoscaling:EC2_INSTANCE_LAUNCH_ERROR',
    AutoScalingGroupName: 'web-group',
    StatusCode: 'Failed',
    StatusMessage: full,
    AccountId: '123456789012',
  });
});
