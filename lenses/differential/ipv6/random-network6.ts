import { type Address6, type Prefix6, parsePrefix6 } from '@terrace/cloud/address6';
import type {
  Directions,
  Entry6,
  Ipv6Network,
  ModelledNetwork,
  NetworkView,
  Route6,
  RouteTable,
  Rule6,
  Traffic,
} from '@terrace/cloud/views/network';
import { type Random, random } from '../random.ts';
import { randomNetwork } from '../random-network.ts';

/** A random network of IPv4, and over it as random a one of IPv6: other ranges, routes, rules and entries, the same interfaces, groups and peerings. */
export function randomNetwork6(seed: number): NetworkView {
  const four = randomNetwork(seed);
  const chance = random(seed ^ 0x6666);
  const hex = (number: number) => number.toString(16);
  const ranges = Object.fromEntries(
    four.vpcs.map(({ id }, index) => [
      id,
      chance.chance(0.85) ? [parsePrefix6(`2600:1f14:${hex(index + 1)}:ab00::/56`)!] : [],
    ]),
  );
  const subnets = Object.fromEntries(
    four.subnets.flatMap(({ id, vpc }, index) => {
      const number = four.vpcs.findIndex((each) => each.id === vpc) + 1;
      const range = parsePrefix6(`2600:1f14:${hex(number)}:ab${hex(16 + index)}::/64`)!;
      return ranges[vpc]!.length > 0 && chance.chance(0.85) ? [[id, [range]]] : [];
    }),
  );
  const addresses: Record<string, Address6[]> = Object.fromEntries(
    four.interfaces.flatMap(({ id, subnet, owner }, index) => {
      const [range] = subnets[subnet] ?? [];
      if (!range || owner.kind !== 'instance' || chance.chance(0.1)) return [];
      return [[id, [`${range.first.slice(0, 28)}${hex(0x1000 + index)}`]]];
    }),
  );
  const interfaces = Object.fromEntries(
    Object.entries(addresses).map(([id, [first]]) => [id, { first: first!, last: first!, length: 128 }]),
  );
  const world = { four, ranges, subnets, interfaces };
  const ipv6: Ipv6Network = {
    ranges,
    subnets,
    interfaces,
    addresses,
    closed: chance.some(Object.keys(addresses), 0.05),
    routes: Object.fromEntries(four.routeTables.map((table) => [table.id, routesOf(chance, table, world)])),
    rules: Object.fromEntries(four.securityGroups.map(({ id }) => [id, rulesOf(chance, world)])),
    entries: Object.fromEntries(
      four.networkAcls.map(({ id, isDefault }) => [id, isDefault ? both([allowAll]) : entriesOf(chance, world)]),
    ),
  };
  return { ...four, modelled: { ...nothingElse, ipv6 } };
}

const nothingElse: Omit<ModelledNetwork, 'ipv6'> = {
  transitGateways: [],
  vpnGateways: [],
  edgeTables: [],
  serviceInterfaces: [],
  balancers: [],
  unknownParts: [],
  propagations: [],
  unknownWaysIn: [],
};

interface World {
  readonly four: NetworkView;
  readonly ranges: Readonly<Record<string, readonly Prefix6[]>>;
  readonly subnets: Readonly<Record<string, readonly Prefix6[]>>;
  readonly interfaces: Readonly<Record<string, Prefix6>>;
}

const everywhere6 = parsePrefix6('::/0')!;
const allowAll: Entry6 = { ruleNumber: 101, action: 'allow', traffic: { protocol: 'all' }, range: everywhere6 };

function both<T>(entries: readonly T[]): Directions<T> {
  return { ingress: entries, egress: entries };
}

/** A prefix that something in the world may lie in. */
function somewhere(chance: Random, { ranges, subnets, interfaces }: World): Prefix6 {
  const known = [...Object.values(ranges).flat(), ...Object.values(subnets).flat(), ...Object.values(interfaces)];
  const wide = ['::/0', '2600::/12', '3fff::/20', '2000::/3', '3fff:fff::10/128', '2600:1f14::/33', 'fc00::/7'];
  return known.length === 0 || chance.chance(0.4) ? parsePrefix6(chance.pick(wide))! : chance.pick(known);
}

function routesOf(chance: Random, { id, vpc }: RouteTable, world: World): Route6[] {
  const { four, ranges, subnets } = world;
  const routes: Route6[] = [];
  const add = (destination: Prefix6, target: Route6['target'] | undefined) => {
    const isTaken = routes.some(
      (each) => each.destination.first === destination.first && each.destination.length === destination.length,
    );
    // AWS refuses a route within the VPC's own range unless it is a whole subnet's, and one as wide as the local one.
    const isOwn = (ranges[vpc] ?? []).some(
      (range) => range.first <= destination.first && destination.last <= range.last,
    );
    if (target && !isTaken && !isOwn) routes.push({ destination, target });
  };
  const gateway = four.internetGateways.find((each) => each.vpc === vpc);
  const peerings = four.peerings.filter((each) => [each.requester, each.accepter].includes(vpc));
  const any = (): Route6['target'] | undefined =>
    chance.pick<Route6['target'] | undefined>([
      gateway && { kind: 'internet-gateway', id: gateway.id },
      gateway && { kind: 'internet-gateway', id: gateway.id },
      { kind: 'egress-only-gateway', id: `eigw-${vpc}` },
      { kind: 'blackhole', reason: 'random' },
      peerings[0] && { kind: 'peering', id: peerings[0].id },
      appliance(chance, vpc, world),
    ]);
  if (chance.chance(0.85)) add(everywhere6, any());
  for (const { id: peering, requester, accepter } of peerings) {
    for (const range of ranges[requester === vpc ? accepter : requester] ?? []) {
      if (chance.chance(0.75)) add(range, { kind: 'peering', id: peering });
    }
  }
  for (let index = chance.below(3); index > 0; index--) add(somewhere(chance, world), any());
  const elsewhere = four.subnets.filter((each) => each.vpc === vpc && each.routeTable !== id && subnets[each.id]);
  const through = appliance(chance, vpc, world);
  if (elsewhere.length > 0 && through && chance.chance(0.25)) {
    routes.push({ destination: subnets[chance.pick(elsewhere).id]![0]!, target: through });
  }
  return routes.sort((one, other) => other.destination.length - one.destination.length);
}

function appliance(chance: Random, vpc: string, { four, interfaces }: World): Route6['target'] | undefined {
  const found = four.interfaces.filter((each) => each.vpc === vpc && interfaces[each.id]);
  return found.length === 0 ? undefined : { kind: 'interface', id: chance.pick(found).id };
}

function rulesOf(chance: Random, world: World): Directions<Rule6> {
  const rules = (most: number): Rule6[] =>
    Array.from({ length: chance.below(most) }, () => ({ traffic: traffic6(chance), range: somewhere(chance, world) }));
  const everything: Rule6 = { traffic: { protocol: 'all' }, range: everywhere6 };
  return { ingress: rules(4), egress: chance.chance(0.65) ? [everything] : rules(4) };
}

function entriesOf(chance: Random, world: World): Directions<Entry6> {
  const entries = (): Entry6[] => {
    const listed = Array.from(
      { length: chance.below(4) },
      (_, index): Entry6 => ({
        ruleNumber: 10 * (index + 1),
        action: chance.chance(0.6) ? 'allow' : 'deny',
        traffic: traffic6(chance),
        range: somewhere(chance, world),
      }),
    );
    return chance.chance(0.75) ? [...listed, { ...allowAll, ruleNumber: 1000 }] : listed;
  };
  return { ingress: entries(), egress: entries() };
}

function traffic6(chance: Random): Traffic {
  const kind = chance.below(8);
  if (kind < 2) return { protocol: 'all' };
  if (kind === 2) return { protocol: 'icmpv6', type: chance.pick([null, 128, 129, 8]), code: null };
  if (kind === 3) return { protocol: 'icmp', type: null, code: null };
  const ports = chance.pick([
    { from: 80, to: 80 },
    { from: 0, to: 65535 },
    { from: 443, to: 8080 },
    { from: 22, to: 22 },
    { from: 1024, to: 65535 },
  ]);
  return { protocol: kind === 4 ? 'udp' : 'tcp', ports };
}
