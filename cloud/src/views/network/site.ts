import { type Address, parseAddress } from '../../address.ts';
import {
  type AddressRequest,
  addressOf,
  allocateAddress,
  instanceOwner,
  isAssignable,
  memberOwner,
  publicAddressRequest,
} from '../../allocate/addresses.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import type { Fleet } from '../fleet.ts';
import type { Subnet, Vpc } from '../network.ts';
import { type ElasticAddresses, elasticAddressesOf } from './elastic-addresses.ts';
import { namedGroup } from './security-groups.ts';

/** What every maker of interfaces asks: subnets by id, default groups, and addresses. */
export interface Site {
  readonly inventory: Inventory;
  readonly elastic: ElasticAddresses;
  subnet(id: string | undefined): Subnet | undefined;
  /** The stated groups, by id or by name, or the default group of the subnet's VPC where none is stated. */
  groupsOrDefault(stated: readonly string[], subnet: Subnet): readonly string[];
  /**
   * The private addresses of an owner in a subnet, the primary first: those that are known (stated or given at load), otherwise
   * the allocated one. Empty where the subnet is full.
   *
   * @param more How many secondary addresses AWS is to choose.
   */
  privateAddresses(
    subnet: Subnet,
    owner: string,
    known: readonly (Address | string | undefined)[],
    more?: number,
  ): readonly Address[];
  publicAddress(owner: string, known?: string): Address | null;
}

export function openSite(inventory: Inventory, fleet: Fleet, vpcs: readonly Vpc[], subnets: readonly Subnet[]): Site {
  const bySubnetId = new Map(subnets.map((subnet) => [subnet.id, subnet]));
  const byVpcId = new Map(vpcs.map((vpc) => [vpc.id, vpc]));
  const ledger = openLedger(inventory, fleet, bySubnetId);
  return {
    inventory,
    elastic: elasticAddressesOf(inventory),
    subnet: (id) => (id === undefined ? undefined : bySubnetId.get(id)),
    groupsOrDefault: (stated, subnet) =>
      stated.length > 0
        ? [...new Set(stated.map((each) => namedGroup(inventory, each)))]
        : [byVpcId.get(subnet.vpc)!.defaultSecurityGroup],
    privateAddresses(subnet, owner, known, more = 0) {
      const parsed = known.flatMap((each) => (typeof each === 'string' ? parseAddress(each) : each) ?? []);
      if (parsed[0] !== undefined) ledger.take(subnet, owner, parsed[0]);
      const primary = parsed.length > 0 ? parsed : [ledger.private(subnet, owner)];
      const secondary = Array.from({ length: more }, (_, index) => ledger.private(subnet, `${owner}+${index + 1}`));
      return [...primary, ...secondary].filter((each) => each !== undefined);
    },
    publicAddress: (owner, known) => parseAddress(known ?? '') ?? ledger.public(owner),
  };
}

/** Addresses given at load, and new ones for what the inventory gave none. */
function openLedger(inventory: Inventory, fleet: Fleet, subnets: ReadonlyMap<string, Subnet>) {
  let allocations = inventory.allocations;
  const instances = new Set(ofType(inventory, 'AWS::EC2::Instance').map((each) => each.key));
  const ask = (request: AddressRequest): Address | undefined => {
    const had = addressOf(allocations, request.subnet, request.owner);
    if (had !== undefined && (request.wanted ?? had) === had && isAssignable(request.range, had)) return had;
    const allocated = allocateAddress(allocations, request);
    allocations = allocated.allocations;
    return allocated.address;
  };
  const inSubnet = (subnet: Subnet, owner: string) => ({ owner, subnet: subnet.statedBy!, range: subnet.range });
  const take = (subnet: Subnet, owner: string, wanted: Address) => ask({ ...inSubnet(subnet, owner), wanted });
  for (const { subnet: id, statedBy, ordinal, address } of fleet.instances) {
    const subnet = subnets.get(id);
    const owner = instances.has(statedBy) ? instanceOwner(statedBy) : memberOwner(statedBy, ordinal);
    if (subnet) take(subnet, owner, address);
  }
  return {
    take,
    private: (subnet: Subnet, owner: string) => ask(inSubnet(subnet, owner)),
    public: (owner: string) => ask(publicAddressRequest(owner)) ?? null,
  };
}
