import type { Inventory, Resource } from '../../inventory.ts';

/** The ARN of a group, as far as it is known: the unique id in the middle is AWS's to give. */
export function groupArn(
  group: Pick<Resource, 'physicalId'>,
  { region, account }: Pick<Inventory, 'region' | 'account'>,
): string {
  return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${group.physicalId}`;
}
