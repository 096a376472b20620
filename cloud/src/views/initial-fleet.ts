import { parseAddress } from '../address.ts';
import { allocateAddress, instanceOwner, memberOwner, replacementsOf } from '../allocate/addresses.ts';
import { statedSizes } from '../families/auto-scaling-group/scheduled-capacity.ts';
import { launchInterfaces } from '../families/instance/launch-interfaces.ts';
import { groupSubnets } from '../families/instance/launch-subnet.ts';
import type { Allocations, Inventory, Resource } from '../inventory.ts';
import { ofType } from '../inventory.ts';
import { attribute, number, text } from '../property.ts';
import type { Fleet, FleetInstance } from './fleet.ts';
import { subnetsOf } from './network/subnets.ts';
import { suppliedId } from './network/supplied.ts';
import { vpcsOf } from './network/vpcs.ts';
import type { Subnet } from './network.ts';

/**
 * The fleet that a deployment starts with: every stated instance, and the desired capacity of every group. Members whose
 * subnets are all full are not launched.
 *
 * @param capacityOf of a group, where it is no longer the desired capacity that its template states
 */
export function initialFleet(inventory: Inventory, capacityOf: (group: Resource) => number = desiredCapacity): Fleet {
  return launchFleet(inventory, (group) => anew(capacityOf(group))).fleet;
}

/** The place of a member in its group. */
export interface MemberPlace {
  readonly ordinal: number;
  /** Where the member stands already; `null` for one that is launched. */
  readonly subnet: string | null;
}

/** The places of so many members of whom none is there yet. */
export function anew(capacity: number): MemberPlace[] {
  return Array.from({ length: capacity }, (_, ordinal) => ({ ordinal, subnet: null }));
}

/**
 * Stated instances and the members in the given places of each group, and all that is given out then, members' addresses among it. Members that
 * stand come first, so that the others level the zones.
 */
export function launchFleet(
  inventory: Inventory,
  placesOf: (group: Resource) => readonly MemberPlace[],
): { readonly fleet: Fleet; readonly allocations: Allocations } {
  const subnets = subnetsOf(inventory, vpcsOf(inventory));
  const instances: FleetInstance[] = [];
  let allocations = inventory.allocations;
  for (const resource of inventory.resources) {
    const made = launchesOf(resource, inventory, subnets, { allocations, placesOf });
    instances.push(...made.instances);
    allocations = made.allocations;
  }
  return { fleet: { instances }, allocations };
}

/**
 * The fleet that proofs are made for: the initial one, and at least one member in every subnet that a group may launch into, since
 * that is where the next one may stand.
 */
export function coveringFleet(inventory: Inventory): Fleet {
  const subnets = subnetsOf(inventory, vpcsOf(inventory));
  const initial = initialFleet(inventory).instances;
  let allocations = inventory.allocations;
  const added: FleetInstance[] = [];
  for (const group of ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup')) {
    if (number(group.properties, 'MaxSize') === 0) continue;
    const members = initial.filter((each) => each.statedBy === group.key);
    const unused = groupSubnets(inventory, group).filter((id) => !members.some((member) => member.subnet === id));
    for (const [index, id] of unused.entries()) {
      const only = subnets.filter((each) => each.id === id);
      const launched = launchMember(group, members.length + index, [], only, allocations);
      if (!launched) continue;
      allocations = launched.allocations;
      added.push(launched.instance);
    }
  }
  return { instances: [...initial, ...added] };
}

interface Launched {
  readonly instances: readonly FleetInstance[];
  readonly allocations: Allocations;
}

function launchesOf(
  resource: Resource,
  inventory: Inventory,
  subnets: readonly Subnet[],
  {
    allocations,
    placesOf,
  }: { readonly allocations: Allocations; readonly placesOf: (group: Resource) => readonly MemberPlace[] },
): Launched {
  if (resource.type === 'AWS::EC2::Instance') return statedInstance(resource, inventory, subnets, allocations);
  if (resource.type !== 'AWS::AutoScaling::AutoScalingGroup') return { instances: [], allocations };
  const own = groupSubnets(inventory, resource).flatMap((id) => subnets.find((each) => each.id === id) ?? []);
  const instances: FleetInstance[] = [];
  let given = allocations;
  const places = placesOf(resource);
  for (const { ordinal, subnet } of [...places].sort((one, other) => Number(!one.subnet) - Number(!other.subnet))) {
    const home = own.filter(({ id }) => id === subnet);
    const launched =
      launchMember(resource, ordinal, instances, home, given) ?? launchMember(resource, ordinal, instances, own, given);
    if (!launched) break;
    instances.push(launched.instance);
    given = launched.allocations;
  }
  return { instances: instances.sort((one, other) => one.ordinal - other.ordinal), allocations: given };
}

function statedInstance(
  resource: Resource,
  inventory: Inventory,
  subnets: readonly Subnet[],
  allocations: Allocations,
): Launched {
  const first = launchInterfaces(inventory, resource)[0];
  const existing = ofType(inventory, 'AWS::EC2::NetworkInterface').find((each) => each.physicalId === first?.existing);
  const subnet = subnets.find((each) => each.id === (existing ? text(existing.properties, 'SubnetId') : first?.subnet));
  if (!first || !subnet) return { instances: [], allocations };
  const owner = instanceOwner(existing?.key ?? resource.key);
  const stated =
    existing === undefined
      ? (first.privateAddresses[0] ?? attribute(resource, 'PrivateIp'))
      : (text(existing.properties, 'PrivateIpAddress') ?? attribute(existing, 'PrimaryPrivateIpAddress'));
  const wanted = parseAddress(stated ?? '');
  const allocated = allocateAddress(allocations, {
    owner,
    subnet: subnet.statedBy!,
    range: subnet.range,
    ...(wanted === undefined ? {} : { wanted }),
  });
  if (allocated.address === undefined) return { instances: [], allocations };
  const instance = {
    id: resource.physicalId,
    statedBy: resource.key,
    ordinal: 0,
    subnet: subnet.id,
    address: allocated.address,
  };
  return { instances: [instance], allocations: allocated.allocations };
}

/** The desired capacity that a group's template states. */
export function desiredCapacity(group: Resource): number {
  return statedSizes(group).desired;
}

/**
 * Launches one more member in the zone with the fewest, in the first of its subnets with an address to give; where that zone is
 * full, in the next. `undefined` where every subnet is full.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html
 */
function launchMember(
  group: Resource,
  ordinal: number,
  members: readonly FleetInstance[],
  subnets: readonly Subnet[],
  allocations: Allocations,
): { readonly instance: FleetInstance; readonly allocations: Allocations } | undefined {
  for (const subnet of subnetsByNeed(members, subnets)) {
    const owner = memberOwner(group.key, ordinal);
    const allocated = allocateAddress(allocations, { owner, subnet: subnet.statedBy!, range: subnet.range });
    if (allocated.address === undefined) continue;
    const replacements = replacementsOf(allocations, owner);
    const id = suppliedId('i', group.physicalId, ordinal, ...(replacements > 0 ? [replacements] : []));
    const instance = { id, statedBy: group.key, ordinal, subnet: subnet.id, address: allocated.address };
    return { instance, allocations: allocated.allocations };
  }
  return undefined;
}

function subnetsByNeed(members: readonly FleetInstance[], subnets: readonly Subnet[]): Subnet[] {
  const zoneOf = new Map(subnets.map((subnet) => [subnet.id, subnet.zone]));
  const inZone = (zone: string): number => members.filter((member) => zoneOf.get(member.subnet) === zone).length;
  const inSubnet = (id: string): number => members.filter((member) => member.subnet === id).length;
  return subnets
    .map((subnet) => ({ subnet, zone: inZone(subnet.zone), own: inSubnet(subnet.id) }))
    .sort((one, other) => one.zone - other.zone || one.own - other.own)
    .map(({ subnet }) => subnet);
}
