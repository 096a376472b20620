import { type Address, everywhere, type Prefix, parseAddress, parsePrefix, prefixOf } from '@terrace/cloud/address';
import { internetClient, publicPool, servicePrefixes } from '@terrace/cloud/allocate/public-addresses';
import type {
  AclEntry,
  GatewayEndpoint,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  NetworkView,
  Peering,
  PrefixList,
  Route,
  RouteTable,
  RouteTarget,
  SecurityGroup,
  SecurityPeer,
  SecurityRule,
  Subnet,
  Traffic,
  Vpc,
} from '@terrace/cloud/views/network';
import { type Random, random } from './random.ts';

/**
 * A network that AWS would accept, and that nobody would build: peerings in chains, prefixes within prefixes, blackholes, groups that name
 * groups of either side and themselves, ACLs in any order, gateways of every kind, appliances.
 */
export function randomNetwork(seed: number): NetworkView {
  const chance = random(seed);
  const vpcs = makeVpcs(chance);
  const acls = vpcs.flatMap((vpc) => makeAcls(chance, vpc, vpcs));
  const tables = vpcs.flatMap((vpc) =>
    [vpc.mainRouteTable, ...(chance.chance(0.7) ? [`rtb-${vpc.id}-x`] : [])].map((id) => ({ id, vpc: vpc.id })),
  );
  const subnets = vpcs.flatMap((vpc) => makeSubnets(chance, vpc, acls, tables));
  const peerings = makePeerings(chance, vpcs);
  const prefixLists = makePrefixLists(chance, vpcs);
  const groups = makeGroups(chance, vpcs, peerings, prefixLists, subnets);
  const gateways = vpcs.flatMap((vpc): InternetGateway[] =>
    chance.chance(0.75) ? [{ id: `igw-${vpc.id}`, statedBy: null, name: `igw-${vpc.id}`, vpc: vpc.id }] : [],
  );
  const interfaces = makeInterfaces(chance, subnets, groups, gateways);
  const { natGateways, natInterfaces } = makeNatGateways(chance, subnets, gateways);
  const all = [...interfaces, ...natInterfaces];
  const gatewayEndpoints = vpcs.flatMap((vpc): GatewayEndpoint[] =>
    chance.chance(0.3)
      ? [
          {
            id: `vpce-${vpc.id}`,
            statedBy: null,
            name: `vpce-${vpc.id}`,
            vpc: vpc.id,
            service: 's3',
            prefixList: 'pl-s3',
            routeTables: chance.some(
              tables.filter((each) => each.vpc === vpc.id).map((each) => each.id),
              0.7,
            ),
            policy: null,
          },
        ]
      : [],
  );
  const world = { vpcs, subnets, peerings, gateways, natGateways, interfaces: all, gatewayEndpoints };
  return {
    vpcs,
    subnets,
    routeTables: tables.map((table) => makeTable(chance, table, world)),
    networkAcls: acls,
    securityGroups: groups,
    prefixLists,
    interfaces: all,
    internetGateways: gateways,
    natGateways,
    peerings,
    gatewayEndpoints,
  };
}

const ranges = ['10.0.0.0/16', '10.1.0.0/16', '172.16.0.0/16', '10.0.0.0/16', '192.168.0.0/16'].map(
  (each) => parsePrefix(each)!,
);

function makeVpcs(chance: Random): Vpc[] {
  return Array.from({ length: 1 + chance.below(3) }, (_, index): Vpc => {
    const range = chance.chance(0.15) ? chance.pick(ranges) : ranges[index]!;
    const secondary = parsePrefix(`100.6${4 + index}.0.0/16`)!;
    const id = `vpc-${index}`;
    return {
      id,
      statedBy: null,
      name: id,
      ranges: chance.chance(0.25) ? [range, secondary] : [range],
      mainRouteTable: `rtb-${id}`,
      defaultNetworkAcl: `acl-${id}`,
      defaultSecurityGroup: `sg-${id}`,
      dnsSupport: chance.chance(0.8),
      dnsHostnames: false,
    };
  });
}

function makeSubnets(
  chance: Random,
  vpc: Vpc,
  acls: readonly NetworkAcl[],
  tables: readonly { readonly id: string; readonly vpc: string }[],
): Subnet[] {
  return Array.from({ length: 1 + chance.below(3) }, (_, index): Subnet => {
    const within = chance.pick(vpc.ranges);
    return {
      id: `subnet-${vpc.id}-${index}`,
      statedBy: null,
      name: `subnet-${vpc.id}-${index}`,
      vpc: vpc.id,
      range: { family: 4, base: within.base + 256 * (index + 1), length: chance.pick([24, 25, 26]) },
      zone: chance.pick(['ap-northeast-2a', 'ap-northeast-2b']),
      routeTable: chance.pick(tables.filter((each) => each.vpc === vpc.id)).id,
      networkAcl: chance.pick(acls.filter((each) => each.vpc === vpc.id)).id,
      publicAddressOnLaunch: false,
    };
  });
}

function makeAcls(chance: Random, vpc: Vpc, vpcs: readonly Vpc[]): NetworkAcl[] {
  const allowAll: AclEntry = {
    ruleNumber: 100,
    action: 'allow',
    traffic: { protocol: 'all' },
    range: everywhere,
    statedBy: null,
  };
  const entries = (): AclEntry[] => {
    const listed = Array.from(
      { length: chance.below(5) },
      (_, index): AclEntry => ({
        ruleNumber: 10 * (index + 1) + chance.below(9),
        action: chance.chance(0.7) ? 'allow' : 'deny',
        traffic: aclTraffic(chance),
        range: somewhere(chance, vpcs),
        statedBy: null,
      }),
    );
    return chance.chance(0.7) ? [...listed, { ...allowAll, ruleNumber: 1000 }] : listed;
  };
  const named = (id: string) => ({ id, statedBy: null, name: id, vpc: vpc.id });
  return [
    { ...named(vpc.defaultNetworkAcl), isDefault: true, ingress: [allowAll], egress: [allowAll] },
    ...(chance.chance(0.5)
      ? [{ ...named(`acl-${vpc.id}-x`), isDefault: false, ingress: entries(), egress: entries() }]
      : []),
  ];
}

function aclTraffic(chance: Random): Traffic {
  const kind = chance.below(6);
  if (kind === 0) return { protocol: 'all' };
  if (kind === 1) return { protocol: 'icmp', type: chance.pick([null, 0, 8]), code: null };
  if (kind === 2)
    return { protocol: 'tcp', ports: { from: chance.pick([1024, 32768]), to: chance.pick([60999, 65535]) } };
  return { protocol: chance.chance(0.85) ? 'tcp' : 'udp', ports: somePorts(chance) };
}

function somePorts(chance: Random): { from: number; to: number } {
  return chance.pick([
    { from: 80, to: 80 },
    { from: 0, to: 65535 },
    { from: 8000, to: 8100 },
    { from: 443, to: 8080 },
    { from: 22, to: 22 },
    { from: 1, to: 1023 },
  ]);
}

function makePeerings(chance: Random, vpcs: readonly Vpc[]): Peering[] {
  return vpcs.flatMap((one, index) =>
    vpcs.slice(index + 1).flatMap((other): Peering[] => {
      const overlapping = one.ranges.some((range) => other.ranges.some((each) => range.base === each.base));
      if (overlapping || !chance.chance(0.8)) return [];
      const id = `pcx-${one.id}-${other.id}`;
      return [
        {
          id,
          statedBy: null,
          name: id,
          requester: one.id,
          accepter: other.id,
          requesterDnsResolution: false,
          accepterDnsResolution: false,
        },
      ];
    }),
  );
}

function makePrefixLists(chance: Random, vpcs: readonly Vpc[]): PrefixList[] {
  const own = { id: 'pl-x', statedBy: null, name: 'pl-x', entries: [somewhere(chance, vpcs), somewhere(chance, vpcs)] };
  return [own, { id: 'pl-s3', statedBy: null, name: 'pl-s3', entries: servicePrefixes('s3') }];
}

/** A prefix that something in the world may lie in. */
function somewhere(chance: Random, vpcs: readonly Vpc[]): Prefix {
  const vpc = chance.pick(vpcs);
  const range = chance.pick(vpc.ranges);
  switch (chance.below(7)) {
    case 0:
    case 1:
      return everywhere;
    case 2:
      return range;
    case 3:
      return { family: 4, base: range.base + 256 * (1 + chance.below(3)), length: chance.pick([24, 25, 26]) };
    case 4:
      return {
        family: 4,
        base: range.base + 256 * (1 + chance.below(3)) + 8 * (1 + chance.below(3)),
        length: chance.pick([29, 30, 32]),
      };
    case 5:
      return chance.pick([
        publicPool,
        prefixOf(publicPool.base, 28),
        prefixOf(internetClient, 24),
        prefixOf(internetClient, 32),
      ]);
    default:
      return prefixOf(range.base, chance.pick([8, 12, 15]));
  }
}

function makeGroups(
  chance: Random,
  vpcs: readonly Vpc[],
  peerings: readonly Peering[],
  lists: readonly PrefixList[],
  subnets: readonly Subnet[],
): SecurityGroup[] {
  const ids = vpcs.flatMap((vpc) => ['', '-a', '-b'].map((suffix) => ({ id: `sg-${vpc.id}${suffix}`, vpc: vpc.id })));
  const rule = (vpc: string): SecurityRule => {
    const peered = peerings.flatMap((each) =>
      each.requester === vpc ? [each.accepter] : each.accepter === vpc ? [each.requester] : [],
    );
    const nameable = ids.filter((each) => each.vpc === vpc || peered.includes(each.vpc));
    const kind = chance.below(10);
    const peer: SecurityPeer =
      kind < 5
        ? { kind: 'range', range: chance.chance(0.3) ? chance.pick(subnets).range : somewhere(chance, vpcs) }
        : kind < 9
          ? { kind: 'security-group', id: chance.pick(nameable).id }
          : { kind: 'prefix-list', id: chance.pick(lists).id };
    return { traffic: groupTraffic(chance), peer, statedBy: null, index: null, description: null };
  };
  const everything = (peer: SecurityPeer): SecurityRule => ({
    traffic: { protocol: 'all' },
    peer,
    statedBy: null,
    index: null,
    description: null,
  });
  return ids.map(({ id, vpc }): SecurityGroup => {
    const isDefault = !id.endsWith('-a') && !id.endsWith('-b');
    return {
      id,
      statedBy: null,
      name: id,
      vpc,
      isDefault,
      ingress: isDefault
        ? [everything({ kind: 'security-group', id })]
        : Array.from({ length: 1 + chance.below(4) }, () => rule(vpc)),
      egress:
        isDefault || chance.chance(0.6)
          ? [everything({ kind: 'range', range: everywhere })]
          : Array.from({ length: chance.below(4) }, () => rule(vpc)),
    };
  });
}

function groupTraffic(chance: Random): Traffic {
  const kind = chance.below(8);
  if (kind < 2) return { protocol: 'all' };
  if (kind === 2) return { protocol: 'icmp', type: chance.pick([null, 8]), code: null };
  if (kind === 3) return { protocol: 'udp', ports: somePorts(chance) };
  return { protocol: 'tcp', ports: somePorts(chance) };
}

function makeInterfaces(
  chance: Random,
  subnets: readonly Subnet[],
  groups: readonly SecurityGroup[],
  gateways: readonly InternetGateway[],
): NetworkInterface[] {
  let publicAddress = publicPool.base + 9;
  return subnets.flatMap((subnet) =>
    Array.from({ length: 1 + chance.below(2) }, (_, index): NetworkInterface => {
      const id = `eni-${subnet.id}-${index}`;
      const own = groups.filter((group) => group.vpc === subnet.vpc).map((group) => group.id);
      const first: Address = subnet.range.base + 8 * (index + 1) + chance.below(4);
      const reachable = gateways.some((each) => each.vpc === subnet.vpc) && chance.chance(0.45);
      return {
        id,
        statedBy: null,
        name: id,
        vpc: subnet.vpc,
        subnet: subnet.id,
        addresses: chance.chance(0.1) ? [first, first + 4] : [first],
        publicAddress: reachable ? publicAddress++ : null,
        securityGroups: chance.chance(0.75) ? [chance.pick(own)] : [...new Set([chance.pick(own), chance.pick(own)])],
        filtered: true,
        sourceDestinationCheck: !chance.chance(0.2),
        owner: { kind: 'instance', id: `i-${id}`, index: 0 },
      };
    }),
  );
}

function makeNatGateways(
  chance: Random,
  subnets: readonly Subnet[],
  gateways: readonly InternetGateway[],
): { natGateways: NatGateway[]; natInterfaces: NetworkInterface[] } {
  let publicAddress = publicPool.base + 0x1000;
  const natGateways: NatGateway[] = [];
  const natInterfaces: NetworkInterface[] = [];
  for (const subnet of subnets) {
    if (!chance.chance(0.3)) continue;
    const isPublic = gateways.some((each) => each.vpc === subnet.vpc) && chance.chance(0.8);
    const id = `nat-${subnet.id}`;
    natGateways.push({
      id,
      statedBy: null,
      name: id,
      vpc: subnet.vpc,
      subnet: subnet.id,
      interface: `eni-${id}`,
      connectivity: isPublic ? 'public' : 'private',
    });
    natInterfaces.push({
      id: `eni-${id}`,
      statedBy: null,
      name: id,
      vpc: subnet.vpc,
      subnet: subnet.id,
      addresses: [subnet.range.base + 40],
      publicAddress: isPublic ? publicAddress++ : null,
      securityGroups: [],
      filtered: false,
      sourceDestinationCheck: false,
      owner: { kind: 'nat-gateway', id },
    });
  }
  return { natGateways, natInterfaces };
}

interface World {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly peerings: readonly Peering[];
  readonly gateways: readonly InternetGateway[];
  readonly natGateways: readonly NatGateway[];
  readonly interfaces: readonly NetworkInterface[];
  readonly gatewayEndpoints: readonly GatewayEndpoint[];
}

function makeTable(chance: Random, table: { readonly id: string; readonly vpc: string }, world: World): RouteTable {
  const vpc = world.vpcs.find((each) => each.id === table.vpc)!;
  const routes: Route[] = vpc.ranges.map((destination) => ({
    destination,
    prefixList: null,
    target: { kind: 'local' },
    statedBy: null,
  }));
  const add = (destination: Prefix, target: RouteTarget | undefined): void => {
    const taken = routes.some(
      (each) => each.destination.base === destination.base && each.destination.length === destination.length,
    );
    if (target && !taken) routes.push({ destination, prefixList: null, target, statedBy: null });
  };
  for (const endpoint of world.gatewayEndpoints) {
    if (endpoint.vpc !== vpc.id || !endpoint.routeTables.includes(table.id)) continue;
    for (const destination of servicePrefixes('s3')) add(destination, { kind: 'gateway-endpoint', id: endpoint.id });
  }
  for (const peering of world.peerings) {
    if (peering.requester !== vpc.id && peering.accepter !== vpc.id) continue;
    const other = world.vpcs.find(
      (each) => each.id === (peering.requester === vpc.id ? peering.accepter : peering.requester),
    )!;
    if (chance.chance(0.75)) add(chance.pick(other.ranges), { kind: 'peering', id: peering.id });
    if (chance.chance(0.15))
      add({ family: 4, base: other.ranges[0]!.base + 256, length: 24 }, anyTarget(chance, vpc, world));
  }
  if (chance.chance(0.8)) add(everywhere, anyTarget(chance, vpc, world, 0.6));
  for (let index = chance.below(3); index > 0; index--) {
    const destination = somewhere(chance, world.vpcs);
    // AWS refuses a route within the VPC's own range unless it is one whole subnet's, to a gateway or an interface.
    if (!overlapsVpc(destination, vpc)) add(destination, anyTarget(chance, vpc, world));
  }
  if (chance.chance(0.2)) {
    const elsewhere = world.subnets.filter((each) => each.vpc === vpc.id && each.routeTable !== table.id);
    if (elsewhere.length > 0) add(chance.pick(elsewhere).range, middlebox(chance, vpc, world));
  }
  return { ...table, statedBy: null, name: table.id, routes };
}

function overlapsVpc(destination: Prefix, vpc: Vpc): boolean {
  return vpc.ranges.some(
    (range) => destination.length >= range.length && prefixOf(destination.base, range.length).base === range.base,
  );
}

function anyTarget(chance: Random, vpc: Vpc, world: World, gatewayChance = 0.25): RouteTarget | undefined {
  const gateway = world.gateways.find((each) => each.vpc === vpc.id);
  if (gateway && chance.chance(gatewayChance)) return { kind: 'internet-gateway', id: gateway.id };
  const peerings = world.peerings.filter((each) => each.requester === vpc.id || each.accepter === vpc.id);
  if (peerings.length > 0 && chance.chance(0.3)) return { kind: 'peering', id: chance.pick(peerings).id };
  if (chance.chance(0.15)) return { kind: 'blackhole', reason: 'by chance' };
  return middlebox(chance, vpc, world);
}

function middlebox(chance: Random, vpc: Vpc, world: World): RouteTarget | undefined {
  const nats = world.natGateways.filter((each) => each.vpc === vpc.id);
  if (nats.length > 0 && chance.chance(0.7)) return { kind: 'nat-gateway', id: chance.pick(nats).id };
  const instances = world.interfaces.filter((each) => each.vpc === vpc.id && each.owner.kind === 'instance');
  return instances.length > 0 ? { kind: 'interface', id: chance.pick(instances).id } : undefined;
}

/** Addresses that a flow may be sent to. */
export function targets(view: NetworkView): Address[] {
  return [
    ...view.interfaces.flatMap((each) => each.addresses),
    ...view.interfaces.flatMap((each) => (each.publicAddress === null ? [] : [each.publicAddress])),
    ...outside,
  ];
}

/** Those that answer on the region's internet. */
export const outside: readonly Address[] = [internetClient, parseAddress('198.19.1.7')!, parseAddress('198.19.77.1')!];
