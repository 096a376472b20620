import { type Address, formatAddress, formatPrefix, holdsAddress, holdsPrefix } from '@terrace/cloud/address';
import type { NetworkInterface, Route, RouteTable, Vpc } from '@terrace/cloud/views/network';
import { hasGatewayEndpoint, otherEnd } from './compile-internet.ts';
import { routerRuleset } from './compile-ruleset.ts';
import { flowTimeouts } from './flow-timeouts.ts';
import { routerPlan6 } from './ipv6/router6.ts';
import { routerRuleset6 } from './ipv6/ruleset6.ts';
import { edgeTable, gatewayLink, macAddress, peeringMac, routerNamespace, servicesLink, tableNumber } from './names.ts';
import { type NetworkIndex, passesOn, resolverAddresses, routerLink } from './network-index.ts';
import type { NamespacePlan } from './plan.ts';

/**
 * A VPC's router. Every route table is a kernel table, chosen by the mark that the ruleset sets from the incoming interface; the
 * main table holds where each address is. A table hands on (`throw`) what its local routes match and drops in silence what nothing matches.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function compileRouter(network: NetworkIndex, vpc: Vpc): NamespacePlan {
  const tables = [...new Set(network.subnetsOf(vpc.id).map((subnet) => subnet.routeTable))].map(network.routeTable);
  const passing = network.interfacesOf(vpc.id).filter(passesOn);
  const six = routerPlan6(network, vpc);
  return {
    name: routerNamespace(vpc.id),
    settings: { ...routerSettings, ...six.settings },
    // Otherwise the kernel waits up to 0.8 s before it answers for a neighbour.
    linkSettings: { 'ipv4/neigh/{link}/proxy_delay': '0' },
    addresses: [...ownAddresses(network, vpc).map((address) => `${address}/32 dev lo`), ...six.addresses],
    neighbours: [...neighbours(network, vpc), ...six.neighbours],
    routes: [
      ...vpc.ranges.map((range) => `${formatPrefix(range)} dev ${routerLink.void}`),
      ...network
        .interfacesOf(vpc.id)
        .flatMap((each) =>
          each.addresses.map((address) => `${formatAddress(address)}/32 dev ${routerLink.interface(each.id)}`),
        ),
      ...vpc.ranges.map((range) => `throw ${formatPrefix(range)} table ${edgeTable}`),
      `blackhole default table ${edgeTable}`,
      ...tables.flatMap((table) => tableRoutes(network, table)),
      ...passing.map((each) => `${throughInterface('default', each)} table ${tableNumber(each.id)}`),
      ...six.routes,
    ],
    rules6: six.rules6,
    rules: [
      ...passing.map(({ id }) => byMark(100, tableNumber(id))),
      ...(tables.some((table) => divertsWithin(vpc, table)) ? [] : ['priority 200 lookup main']),
      ...[edgeTable, ...tables.map(({ id }) => tableNumber(id))].map((table) => byMark(1000, table)),
    ],
    ruleset: routerRuleset(network, vpc) + routerRuleset6(network, vpc),
    timeouts: flowTimeouts(network, vpc),
  };
}

function byMark(priority: number, table: number): string {
  return `priority ${priority} fwmark ${table} lookup ${table}`;
}

/**
 * Whether a route is more specific than the local one, or stands in its place. Where none is, what stays within the VPC needs no look at any table but the
 * main one.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#subnet-route-tables
 */
function divertsWithin(vpc: Vpc, table: RouteTable): boolean {
  return table.routes.some(
    ({ destination, target }) => target.kind !== 'local' && vpc.ranges.some((range) => holdsPrefix(range, destination)),
  );
}

/** How long silence is remembered: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#connection-tracking-timeouts */
const routerSettings = {
  'netfilter/nf_conntrack_tcp_timeout_established': '432000',
  'netfilter/nf_conntrack_udp_timeout': '30',
  'netfilter/nf_conntrack_udp_timeout_stream': '180',
  'ipv4/ip_forward': '1',
  // Nearly every packet is for somebody else: no look for a socket of the router's own, and no second look at its routes for the
  // source, which the ruleset has checked.
  'ipv4/ip_early_demux': '0',
  'ipv4/conf/all/accept_local': '1',
  'ipv4/conf/all/rp_filter': '0',
  'ipv4/conf/default/rp_filter': '0',
  'ipv4/conf/all/send_redirects': '0',
  'ipv4/conf/default/send_redirects': '0',
  'ipv4/conf/all/accept_redirects': '0',
  'ipv4/conf/all/proxy_arp': '1',
  'ipv4/conf/default/proxy_arp': '1',
  'ipv4/ip_unprivileged_port_start': '0',
};

/** The router of each subnet (+1), the resolver (+2 of the VPC), and AWS's link-local services. */
function ownAddresses(network: NetworkIndex, vpc: Vpc): string[] {
  return [
    ...network.subnetsOf(vpc.id).map((subnet) => formatAddress(subnet.range.base + 1)),
    ...resolverAddresses(vpc),
    '169.254.169.254',
    '169.254.169.123',
  ].filter((address, index, all) => all.indexOf(address) === index);
}

/** Entries that never expire: the kernel's neighbour table has one limit for the whole machine, and a first packet does not wait. */
function neighbours(network: NetworkIndex, vpc: Vpc): string[] {
  const entries = network
    .interfacesOf(vpc.id)
    .flatMap((each) =>
      each.addresses.map(
        (address) => `${formatAddress(address)} lladdr ${macAddress(each.id)} dev ${routerLink.interface(each.id)}`,
      ),
    );
  for (const peering of network.peeringsOf(vpc.id)) {
    const other = peering.requester === vpc.id ? 'accepter' : 'requester';
    entries.push(`${otherEnd} lladdr ${peeringMac(peering, other)} dev ${routerLink.peering(peering.id)}`);
  }
  if (network.internetGatewayOf(vpc.id)) {
    entries.push(
      `${otherEnd} lladdr ${macAddress(`${gatewayLink(vpc.id)} internet`)} dev ${routerLink.internetGateway}`,
    );
  }
  if (hasGatewayEndpoint(network, vpc)) {
    entries.push(`${otherEnd} lladdr ${macAddress(`${servicesLink(vpc.id)} internet`)} dev ${routerLink.services}`);
  }
  return entries;
}

function tableRoutes(network: NetworkIndex, table: RouteTable): string[] {
  const number = tableNumber(table.id);
  const stated = table.routes.map((route) => ({
    destination: formatPrefix(route.destination),
    line: routeLine(network, table, route),
  }));
  const besides = [
    ...table.routes.flatMap((route) => ownAddresses32(network, table, route)),
    ...natAddresses(network, table),
  ].filter(({ destination }) => !stated.some((each) => each.destination === destination));
  const byDestination = new Map([...besides, ...stated].map((each) => [each.destination, each.line]));
  const routes = [...byDestination.values()].map((line) => `${line} table ${number}`);
  const hasDefault = table.routes.some((route) => route.destination.length === 0);
  return hasDefault ? routes : [...routes, `blackhole default table ${number}`];
}

/** A next hop's own addresses are delivered to it, whether it forwards or not. */
function ownAddresses32(
  network: NetworkIndex,
  table: RouteTable,
  route: Route,
): { destination: string; line: string }[] {
  const next = route.target.kind === 'interface' ? network.interfaceById(route.target.id) : undefined;
  const own = (next?.addresses ?? []).filter((address) => longest(table, address) === route);
  return own.map((address) => ({
    destination: `${formatAddress(address)}/32`,
    line: `throw ${formatAddress(address)}/32`,
  }));
}

function longest(table: RouteTable, address: Address): Route | undefined {
  const holding = table.routes.filter((route) => holdsAddress(route.destination, address));
  return holding.sort((one, other) => other.destination.length - one.destination.length)[0];
}

/**
 * Answers find back to a NAT gateway, over a peering too, whether the answerer's table has a route or not. Nothing
 * else can be sent there: a NAT gateway takes nothing that it did not start.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
function natAddresses(network: NetworkIndex, table: RouteTable): { destination: string; line: string }[] {
  const held = (vpc: string) =>
    network
      .interfacesOf(vpc)
      .filter((each) => each.owner.kind === 'nat-gateway')
      .map((each) => `${formatAddress(each.addresses[0]!)}/32`);
  return [
    ...held(table.vpc).map((destination) => ({ destination, line: `throw ${destination}` })),
    ...network.peeringsOf(table.vpc).flatMap((peering) =>
      held(peering.requester === table.vpc ? peering.accepter : peering.requester).map((destination) => ({
        destination,
        line: `${destination} via ${otherEnd} dev ${routerLink.peering(peering.id)} onlink`,
      })),
    ),
  ];
}

function routeLine(network: NetworkIndex, table: RouteTable, route: Route): string {
  const destination = formatPrefix(route.destination);
  const { target } = route;
  switch (target.kind) {
    case 'local':
      return `throw ${destination}`;
    case 'internet-gateway':
      return `${destination} via ${otherEnd} dev ${routerLink.internetGateway} onlink`;
    case 'gateway-endpoint':
      return `${destination} via ${otherEnd} dev ${routerLink.services} onlink`;
    case 'peering': {
      const peering = network.view.peerings.find((each) => each.id === target.id);
      if (!peering) return `blackhole ${destination}`;
      return `${destination} via ${otherEnd} dev ${routerLink.peering(peering.id)} onlink`;
    }
    case 'nat-gateway': {
      const gateway = network.view.natGateways.find((each) => each.id === target.id);
      const nat = gateway && network.interfaceById(gateway.interface);
      return nat && nat.vpc === table.vpc ? throughInterface(destination, nat) : `blackhole ${destination}`;
    }
    case 'interface': {
      const next = network.interfaceById(target.id);
      return next && forwards(next) ? throughInterface(destination, next) : `blackhole ${destination}`;
    }
    // What the region does not build drops what it is sent; the proof says that it is not known, or carries it.
    case 'transit-gateway':
    case 'vpn-gateway':
    case 'unknown':
    case 'blackhole':
      return `blackhole ${destination}`;
  }
}

/**
 * An interface refuses what is not for its own addresses while its source/destination check is on.
 * https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck
 */
function forwards(next: NetworkInterface): boolean {
  return !next.sourceDestinationCheck && next.owner.kind !== 'unattached';
}

function throughInterface(destination: string, next: NetworkInterface): string {
  return `${destination} via ${formatAddress(next.addresses[0]!)} dev ${routerLink.interface(next.id)} onlink`;
}
