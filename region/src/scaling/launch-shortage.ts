import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { instanceSize } from '@terrace/cloud/instance-size';
import { type Inventory, ofType, type Resource, type ResourceKey } from '@terrace/cloud/inventory';
import { text, texts } from '@terrace/cloud/property';
import { unableOf } from '@terrace/cloud/validate/standing';
import type { Fleet } from '@terrace/cloud/views/fleet';

/** An Auto Scaling group that has fewer members than it wants, and why no more can be launched. */
export interface Shortage {
  readonly group: ResourceKey;
  /** Physical id: its name. */
  readonly name: string;
  readonly wanted: number;
  readonly has: number;
  /** As EC2 says it. */
  readonly reason: string;
}

/** How many members of each group may be launched under the account's quota of vCPUs; a group that is not named has no limit. */
export type Allowance = ReadonlyMap<ResourceKey, number>;

/**
 * Limits the groups' members to a quota of vCPUs for On-Demand Standard instances: stated instances have theirs first, then the groups' members
 * in the order of the template.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 *
 * @param quota `null` for none
 */
export function allowanceUnder(
  quota: number | null,
  inventory: Inventory,
  wanted: (group: Resource) => number,
): Allowance {
  const allowed = new Map<ResourceKey, number>();
  if (quota === null) return allowed;
  let left = quota;
  for (const instance of ofType(inventory, 'AWS::EC2::Instance')) left -= counted(instance, inventory) ?? 0;
  for (const group of groupsOf(inventory)) {
    const each = counted(group, inventory);
    if (each === undefined) continue;
    const count = Math.min(wanted(group), Math.max(0, Math.floor(left / each)));
    allowed.set(group.key, count);
    left -= count * each;
  }
  return allowed;
}

/** Groups whose members are fewer than they want. A group that stands in no network of the templates launches nobody, and is told elsewhere. */
export function shortagesIn(
  { inventory, fleet }: { readonly inventory: Inventory; readonly fleet: Fleet },
  wanted: (group: Resource) => number,
  { quota, allowance }: { readonly quota: number | null; readonly allowance: Allowance },
): Shortage[] {
  const unable = unableOf(inventory);
  return groupsOf(inventory).flatMap((group) => {
    if (unable.has(group.key)) return [];
    const has = fleet.instances.filter(({ statedBy }) => statedBy === group.key).length;
    if (has >= wanted(group)) return [];
    const isOverQuota = has >= (allowance.get(group.key) ?? Number.POSITIVE_INFINITY);
    const reason = isOverQuota ? overQuota(quota!) : noAddress(texts(group.properties, 'VPCZoneIdentifier'));
    return [{ group: group.key, name: group.physicalId, wanted: wanted(group), has, reason }];
  });
}

export function groupsOf(inventory: Inventory): Resource[] {
  return ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup');
}

/** vCPUs that count for the quota, which the families A, C, D, H, I, M, R, T and Z share; `undefined` for a type of another or of unknown size. */
function counted(resource: Resource, inventory: Inventory): number | undefined {
  const type = text(launchData(inventory, resource), 'InstanceType') ?? '';
  return /^[acdhimrtz]\d/.test(type) ? instanceSize(type)?.vcpus : undefined;
}

function overQuota(quota: number): string {
  return `You have requested more vCPU capacity than your current vCPU limit of ${quota} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2 instance failed.`;
}

function noAddress([subnet]: readonly string[]): string {
  // A group that names zones launches into the default VPC's subnets.
  const where = subnet === undefined ? 'the default subnets' : `subnet '${subnet}'`;
  return `There are not enough free addresses in ${where} to satisfy the requested number of instances. Launching EC2 instance failed.`;
}
