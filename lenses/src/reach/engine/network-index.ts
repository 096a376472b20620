import { type Address, holdsAddress, lastAddress, type Prefix } from '@terrace/cloud/address';
import { publicPool } from '@terrace/cloud/allocate/public-addresses';
import type {
  BalancerPorts,
  GatewayEndpoint,
  InternetGateway,
  ModelledNetwork,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  NetworkView,
  Peering,
  PrefixList,
  Route,
  RouteTable,
  SecurityGroup,
  Subnet,
  TransitGateway,
  UnknownPart,
  Vpc,
  VpnGateway,
} from '@terrace/cloud/views/network';
import { type Intervals, subtract, unite } from '../traffic/intervals.ts';
import { withServiceAddresses } from './service-addresses.ts';

/**
 * A network view with its lookups, and the address space cut into atoms: ranges that no rule, route or ACL entry tells
 * apart. What is decided for one address of an atom is decided for all of it.
 */
export interface NetworkIndex {
  /** With the interfaces of services, each at one address that stands for those it may have. */
  readonly view: NetworkView;
  readonly modelled: ModelledNetwork;
  transitGateway(id: string): TransitGateway | undefined;
  /** What a load balancer accepts; `undefined` where that is not known, as in a network without balancers. */
  balancer(id: string): BalancerPorts | undefined;
  /** The table of a gateway, where it has one. */
  edgeTable(gateway: string): RouteTable | undefined;
  /** The virtual private gateway attached to a VPC. */
  vpnGatewayOf(vpc: string): VpnGateway | undefined;
  /** Rules, entries and routes of a group, an ACL or a table that are not known. */
  unknownParts(within: string, kind: UnknownPart['kind']): readonly UnknownPart[];
  vpc(id: string): Vpc;
  subnet(id: string): Subnet;
  routeTable(id: string): RouteTable;
  networkAcl(id: string): NetworkAcl;
  securityGroup(id: string): SecurityGroup | undefined;
  prefixList(id: string): PrefixList | undefined;
  interface(id: string): NetworkInterface | undefined;
  natGateway(id: string): NatGateway | undefined;
  peering(id: string): Peering | undefined;
  gatewayEndpoint(id: string): GatewayEndpoint | undefined;
  /** The internet gateway attached to a VPC. */
  internetGatewayOf(vpc: string): InternetGateway | undefined;
  /** Active peerings of a VPC. */
  peeringsOf(vpc: string): readonly Peering[];
  /** The peering between two VPCs, in either direction. */
  peeringBetween(one: string, other: string): Peering | undefined;
  /**
   * Whether a rule in one VPC may name the groups of another: in the same VPC, over a peering, and over a transit gateway that supports it
   * for ingress. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
   */
  knowsGroupsOf(vpc: string, other: string, direction: 'ingress' | 'egress'): boolean;
  /** Who holds a private address in a VPC. */
  holder(vpc: string, address: Address): NetworkInterface | undefined;
  publicHolder(address: Address): NetworkInterface | undefined;
  readonly atomCount: number;
  /** The number of the atom that holds the address. */
  atomOf(address: Address): number;
  /** The parts of a set of addresses that lie in one atom each. */
  atomsIn(addresses: Intervals): { readonly from: Address; readonly to: Address }[];
  /** Every address that a machine on the internet may have: neither private nor reserved nor held in the view. */
  readonly internet: Intervals;
  /** Private addresses that no VPC here has: somebody behind a gateway may. */
  readonly privateElsewhere: Intervals;
  /** An address that stands for the whole internet in what is being told. */
  readonly standsFor?: Address;
  /** The route a table takes for an address: the longest prefix that holds it. */
  route(table: RouteTable, address: Address): Route | undefined;
}

export function indexNetwork(stated: NetworkView): NetworkIndex {
  const view = withServiceAddresses(stated);
  const modelled = view.modelled ?? nothingModelled;
  const transits = byId(modelled.transitGateways);
  const balancers = byId(modelled.balancers);
  const edges = new Map(modelled.edgeTables.map((each) => [each.gateway, each.table]));
  const unknownParts = new Map<string, UnknownPart[]>();
  for (const part of modelled.unknownParts) {
    const key = `${part.kind} ${part.within}`;
    unknownParts.set(key, [...(unknownParts.get(key) ?? []), part]);
  }
  const vpcs = byId(view.vpcs);
  const subnets = byId(view.subnets);
  const tables = byId(view.routeTables);
  const acls = byId(view.networkAcls);
  const groups = byId(view.securityGroups);
  const lists = byId(view.prefixLists);
  const interfaces = byId(view.interfaces);
  const nats = byId(view.natGateways);
  const peerings = byId(view.peerings);
  const endpoints = byId(view.gatewayEndpoints);
  const gateways = new Map(view.internetGateways.flatMap((each) => (each.vpc === null ? [] : [[each.vpc, each]])));
  const holders = new Map<string, Map<Address, NetworkInterface>>(view.vpcs.map((vpc) => [vpc.id, new Map()]));
  const publicHolders = new Map<Address, NetworkInterface>();
  for (const each of view.interfaces) {
    for (const address of each.addresses) holders.get(each.vpc)?.set(address, each);
    if (each.publicAddress !== null) publicHolders.set(each.publicAddress, each);
  }
  const cuts = cutPoints(view);
  const routes = new Map<string, Map<number, Route | undefined>>();
  const sorted = new Map(
    view.routeTables.map((table) => [
      table.id,
      [...table.routes].sort((one, other) => other.destination.length - one.destination.length),
    ]),
  );
  const atomOf = (address: Address): number => lastNotAbove(cuts, address);
  const peeringBetween = (one: string, other: string): Peering | undefined =>
    view.peerings.find(
      (each) =>
        (each.requester === one && each.accepter === other) || (each.requester === other && each.accepter === one),
    );
  return {
    view,
    modelled,
    transitGateway: (id) => transits.get(id),
    balancer: (id) => balancers.get(id),
    edgeTable: (gateway) => tables.get(edges.get(gateway) ?? ''),
    vpnGatewayOf: (vpc) => modelled.vpnGateways.find((each) => each.vpc === vpc),
    unknownParts: (within, kind) => unknownParts.get(`${kind} ${within}`) ?? noParts,
    vpc: (id) => known(vpcs, id),
    subnet: (id) => known(subnets, id),
    routeTable: (id) => known(tables, id),
    networkAcl: (id) => known(acls, id),
    securityGroup: (id) => groups.get(id),
    prefixList: (id) => lists.get(id),
    interface: (id) => interfaces.get(id),
    natGateway: (id) => nats.get(id),
    peering: (id) => peerings.get(id),
    gatewayEndpoint: (id) => endpoints.get(id),
    internetGatewayOf: (vpc) => gateways.get(vpc) as InternetGateway | undefined,
    peeringsOf: (vpc) => view.peerings.filter((each) => each.requester === vpc || each.accepter === vpc),
    peeringBetween,
    knowsGroupsOf: (vpc, other, direction) =>
      vpc === other ||
      peeringBetween(vpc, other) !== undefined ||
      (direction === 'ingress' && modelled.transitGateways.some((each) => preservesGroups(each, vpc, other))),
    holder: (vpc, address) => holders.get(vpc)?.get(address),
    publicHolder: (address) => publicHolders.get(address),
    atomCount: cuts.length,
    atomOf,
    atomsIn: (addresses) => atomsIn(cuts, addresses),
    internet: internetAddresses(view),
    privateElsewhere: subtract(privateRanges, unite(...view.vpcs.flatMap((vpc) => vpc.ranges.map(intervalOf)))),
    route(table, address) {
      const cache = routes.get(table.id) ?? new Map<number, Route | undefined>();
      routes.set(table.id, cache);
      const atom = atomOf(address);
      if (cache.has(atom)) return cache.get(atom);
      const found = sorted.get(table.id)!.find((route) => holdsAddress(route.destination, address));
      cache.set(atom, found);
      return found;
    },
  };
}

/** Both the gateway and the two attachments have to support it. */
export function preservesGroups({ groupReferences, attachments }: TransitGateway, one: string, other: string): boolean {
  const supports = (vpc: string) => attachments.some((each) => each.vpc === vpc && each.groupReferences);
  return groupReferences && supports(one) && supports(other);
}

const noParts: readonly UnknownPart[] = [];

const nothingModelled: ModelledNetwork = {
  transitGateways: [],
  vpnGateways: [],
  edgeTables: [],
  serviceInterfaces: [],
  balancers: [],
  unknownParts: [],
  propagations: [],
  unknownWaysIn: [],
  ipv6: { ranges: {}, subnets: {}, interfaces: {}, addresses: {}, closed: [], routes: {}, rules: {}, entries: {} },
};

/** RFC 1918 and RFC 6598: an internet gateway passes nothing to or from them. */
export const privateRanges: Intervals = unite(
  octets(10, 0, 0, 0, 8),
  octets(172, 16, 0, 0, 12),
  octets(192, 168, 0, 0, 16),
  octets(100, 64, 0, 0, 10),
);

/** This host, loopback, link-local, multicast and reserved: nobody on the internet has them. */
const reservedRanges: Intervals = unite(
  octets(0, 0, 0, 0, 8),
  octets(127, 0, 0, 0, 8),
  octets(169, 254, 0, 0, 16),
  octets(224, 0, 0, 0, 3),
);

function internetAddresses(view: NetworkView): Intervals {
  const held = view.interfaces.flatMap((each) =>
    each.publicAddress === null ? [] : [[each.publicAddress, each.publicAddress]],
  );
  const own = view.vpcs.flatMap((vpc) => vpc.ranges.map(intervalOf));
  return subtract([0, 0xffffffff], unite(privateRanges, reservedRanges, intervalOf(publicPool), ...held, ...own));
}

export function intervalOf(prefix: Prefix): Intervals {
  return [prefix.base, lastAddress(prefix)];
}

/** The first address of every atom, rising, beginning with 0. */
function cutPoints(view: NetworkView): Address[] {
  const prefixes: Prefix[] = [
    ...view.vpcs.flatMap((each) => each.ranges),
    ...view.subnets.map((each) => each.range),
    ...view.routeTables.flatMap((table) => table.routes.map((route) => route.destination)),
    ...(view.modelled?.transitGateways ?? []).flatMap(({ tables }) =>
      tables.flatMap((table) => table.routes.map((route) => route.destination)),
    ),
    ...view.networkAcls.flatMap((acl) => [...acl.ingress, ...acl.egress].map((entry) => entry.range)),
    ...view.prefixLists.flatMap((list) => list.entries),
    ...view.securityGroups.flatMap((group) =>
      [...group.ingress, ...group.egress].flatMap(({ peer }) => (peer.kind === 'range' ? [peer.range] : [])),
    ),
  ];
  const cuts = new Set<Address>([0]);
  for (const prefix of prefixes) {
    cuts.add(prefix.base);
    if (lastAddress(prefix) < 0xffffffff) cuts.add(lastAddress(prefix) + 1);
  }
  return [...cuts].sort((one, other) => one - other);
}

function atomsIn(cuts: readonly Address[], addresses: Intervals): { from: Address; to: Address }[] {
  const atoms: { from: Address; to: Address }[] = [];
  for (let index = 0; index < addresses.length; index += 2) {
    let from = addresses[index]!;
    const to = addresses[index + 1]!;
    while (from <= to) {
      const next = cuts[lastNotAbove(cuts, from) + 1];
      const end = next === undefined ? to : Math.min(to, next - 1);
      atoms.push({ from, to: end });
      from = end + 1;
    }
  }
  return atoms;
}

function lastNotAbove(cuts: readonly Address[], address: Address): number {
  let low = 0;
  let high = cuts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (cuts[middle]! <= address) low = middle;
    else high = middle - 1;
  }
  return low;
}

function octets(a: number, b: number, c: number, d: number, length: number): Intervals {
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  return [base, base + 2 ** (32 - length) - 1];
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function known<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (!found) throw new Error(`the network view names ${id}, which is not in it`);
  return found;
}

/** Whether an address lies in one of a VPC's ranges. */
export function inRanges(vpc: Vpc, address: Address): boolean {
  return vpc.ranges.some((range) => holdsAddress(range, address));
}
