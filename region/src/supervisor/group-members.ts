import { memberOwner } from '@terrace/cloud/allocate/addresses';
import { givenToMembers, givenToOthers, keepMembers, replaceMembers } from '@terrace/cloud/allocate/members';
import { groupSubnets } from '@terrace/cloud/families/instance/launch-subnet';
import { type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import type { Fleet, FleetInstance } from '@terrace/cloud/views/fleet';
import { launchFleet, type MemberPlace } from '@terrace/cloud/views/initial-fleet';
import { type Outline, outline } from '../outline.ts';

/**
 * The outline of an inventory, its groups' members those that stand already as far as they stay. Who takes another's place is another instance, at
 * another address; so is who comes where a member was that has left.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
 *
 * @param present what stands, if anything does
 * @param ordinalsOf of the members that a group is to have, given those of it that stand
 * @param replaced members whose places others take
 */
export function outlineAfter(
  present: Outline | null,
  inventory: Inventory,
  ordinalsOf: (group: Resource, standing: readonly FleetInstance[]) => readonly number[],
  replaced: readonly FleetInstance[] = [],
): Outline {
  const stood = present
    ? { ...givenToOthers(inventory.allocations), ...givenToMembers(present.inventory.allocations) }
    : inventory.allocations;
  const given = replaceMembers(stood, [...new Set([...replaced, ...ofOtherGroups(present, inventory)].map(ownerOf))]);
  const { fleet, allocations } = launchFleet({ ...inventory, allocations: given }, (group) => {
    const standing = standingIn(present, inventory, group);
    return placesOf(ordinalsOf(group, standing.members), standing, replaced);
  });
  const members = new Set(membersOf(inventory, fleet).map(ownerOf));
  const left = present
    ? membersOf(inventory, present.fleet)
        .map(ownerOf)
        .filter((each) => !members.has(each))
    : [];
  const kept = replaceMembers(keepMembers(allocations, members), left);
  return outline({ ...inventory, allocations: kept }, fleet);
}

/** So many members, those with the lowest ordinals. */
export function lowest(capacity: number): number[] {
  return Array.from({ length: capacity }, (_, ordinal) => ordinal);
}

interface Standing {
  readonly members: readonly FleetInstance[];
  /** Whether the group launches where it did, so that its members stay where they are. */
  readonly stays: boolean;
}

function standingIn(present: Outline | null, inventory: Inventory, group: Resource): Standing {
  const former = present?.inventory.resources.find(
    ({ key, physicalId }) => key === group.key && physicalId === group.physicalId,
  );
  if (!present || !former) return { members: [], stays: false };
  return {
    members: present.fleet.instances.filter(({ statedBy }) => statedBy === group.key),
    stays: groupSubnets(present.inventory, former).join() === groupSubnets(inventory, group).join(),
  };
}

function placesOf(
  ordinals: readonly number[],
  { members, stays }: Standing,
  replaced: readonly FleetInstance[],
): MemberPlace[] {
  const staying = stays ? members.filter(({ id }) => !replaced.some((each) => each.id === id)) : [];
  return ordinals.map((ordinal) => ({
    ordinal,
    subnet: staying.find((each) => each.ordinal === ordinal)?.subnet ?? null,
  }));
}

/** The members of the inventory's groups. */
export function membersOf(inventory: Inventory, fleet: Fleet): FleetInstance[] {
  const groups = new Set(ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').map(({ key }) => key));
  return fleet.instances.filter(({ statedBy }) => groups.has(statedBy));
}

/** Members that stand and go with their groups: another group takes the place of each of those. */
function ofOtherGroups(present: Outline | null, inventory: Inventory): FleetInstance[] {
  if (!present) return [];
  const former = new Map(present.inventory.resources.map(({ key, physicalId }) => [key, physicalId]));
  const stay = new Set(
    inventory.resources.flatMap((each) => (former.get(each.key) === each.physicalId ? [each.key] : [])),
  );
  return membersOf(inventory, present.fleet).filter(({ statedBy }) => !stay.has(statedBy));
}

function ownerOf({ statedBy, ordinal }: FleetInstance): string {
  return memberOwner(statedBy, ordinal);
}
