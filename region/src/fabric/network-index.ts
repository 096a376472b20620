import { formatAddress } from '@terrace/cloud/address';
import type { Address6 } from '@terrace/cloud/address6';
import type {
  Ipv6Network,
  NetworkAcl,
  NetworkInterface,
  NetworkView,
  Peering,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
} from '@terrace/cloud/views/network';
import { linkName } from './names.ts';

/** A network view with its lookups: by identifier, and by what belongs to what. */
export interface NetworkIndex {
  readonly view: NetworkView;
  readonly vpc: (id: string) => Vpc;
  readonly subnet: (id: string) => Subnet;
  readonly routeTable: (id: string) => RouteTable;
  readonly securityGroup: (id: string) => SecurityGroup | undefined;
  readonly networkAcl: (id: string) => NetworkAcl;
  readonly interfaceById: (id: string) => NetworkInterface | undefined;
  readonly interfacesOf: (vpc: string) => readonly NetworkInterface[];
  readonly interfacesIn: (subnet: string) => readonly NetworkInterface[];
  readonly membersOf: (securityGroup: string) => readonly NetworkInterface[];
  readonly subnetsOf: (vpc: string) => readonly Subnet[];
  readonly peeringsOf: (vpc: string) => readonly Peering[];
  readonly internetGatewayOf: (vpc: string) => string | undefined;
  readonly ipv6: Ipv6Network;
  /** An interface's IPv6 addresses, by its id. */
  readonly addresses6: (id: string) => readonly Address6[];
  /** Whether an interface's owner has an IPv6 address on any of its interfaces. */
  readonly speaks6: (each: NetworkInterface) => boolean;
}

export function indexNetwork(view: NetworkView): NetworkIndex {
  const vpcs = byId(view.vpcs);
  const subnets = byId(view.subnets);
  const routeTables = byId(view.routeTables);
  const groups = byId(view.securityGroups);
  const acls = byId(view.networkAcls);
  const interfaces = byId(view.interfaces);
  const perVpc = groupBy(view.interfaces, (each) => [each.vpc]);
  const perSubnet = groupBy(view.interfaces, (each) => [each.subnet]);
  const perGroup = groupBy(view.interfaces, (each) => each.securityGroups);
  const subnetsPerVpc = groupBy(view.subnets, (each) => [each.vpc]);
  const ipv6 = view.modelled?.ipv6 ?? noIpv6;
  const speaking = new Set(view.interfaces.filter(({ id }) => ipv6.addresses[id]).map(ownerKey));
  const peeringsPerVpc = groupBy(view.peerings, (each) => [each.requester, each.accepter]);
  return {
    view,
    vpc: (id) => known(vpcs, id),
    subnet: (id) => known(subnets, id),
    routeTable: (id) => known(routeTables, id),
    securityGroup: (id) => groups.get(id),
    networkAcl: (id) => known(acls, id),
    interfaceById: (id) => interfaces.get(id),
    interfacesOf: (vpc) => perVpc.get(vpc) ?? [],
    interfacesIn: (subnet) => perSubnet.get(subnet) ?? [],
    membersOf: (group) => perGroup.get(group) ?? [],
    subnetsOf: (vpc) => subnetsPerVpc.get(vpc) ?? [],
    peeringsOf: (vpc) => peeringsPerVpc.get(vpc) ?? [],
    internetGatewayOf: (vpc) => view.internetGateways.find((each) => each.vpc === vpc)?.id,
    ipv6,
    addresses6: (id) => ipv6.addresses[id] ?? [],
    speaks6: (each) => speaking.has(ownerKey(each)),
  };
}

const noIpv6: Ipv6Network = {
  ranges: {},
  subnets: {},
  interfaces: {},
  addresses: {},
  closed: [],
  routes: {},
  rules: {},
  entries: {},
};

function ownerKey({ owner, id }: NetworkInterface): string {
  return owner.kind === 'instance' ? owner.id : id;
}

/** Links of a router, as they are called inside it. */
export const routerLink = {
  interface: (eni: string) => linkName('e', eni),
  peering: (id: string) => linkName('p', id),
  internetGateway: 'igw',
  egressOnlyGateway: 'oigw',
  services: 'aws',
  /** Addresses of the VPC that nobody holds lead here, into nothing. */
  void: 'void',
} as const;

/**
 * A node of a Network Load Balancer, which hands on packets with the address of who sent them.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function passesOn({ owner, sourceDestinationCheck }: NetworkInterface): boolean {
  return owner.kind === 'load-balancer' && !sourceDestinationCheck;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
export function resolverAddresses(vpc: Vpc): string[] {
  return [formatAddress(vpc.ranges[0]!.base + 2), '169.254.169.253'];
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function groupBy<T>(items: readonly T[], keys: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keys(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

function known<T>(map: Map<string, T>, id: string): T {
  const found = map.get(id);
  if (!found) throw new Error(`the network view names ${id}, which is not in it`);
  return found;
}
