import { type Address6, formatAddress6, formatPrefix6, holdsAddress6, type Prefix6 } from '@terrace/cloud/address6';
import type { NetworkInterface, Route6, RouteTable, Vpc } from '@terrace/cloud/views/network';
import { edgeTable, gatewayLink, macAddress, peeringMac, tableNumber } from '../names.ts';
import { type NetworkIndex, routerLink } from '../network-index.ts';
import type { NamespacePlan } from '../plan.ts';
import { silent6, speaking6 } from './host6.ts';
import { egressOnlyLink, hasEgressOnlyGateway } from './internet6.ts';

/** The next hop on a link to a gateway or another VPC: the other end, by a neighbour entry. */
const otherEnd6 = 'fe80::2';

/**
 * A VPC's router in IPv6, as in the other family: a kernel table for each route table, chosen by the same marks. A range that nobody holds leads
 * into nothing.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function routerPlan6(
  network: NetworkIndex,
  vpc: Vpc,
): Pick<NamespacePlan, 'settings' | 'addresses' | 'neighbours' | 'routes' | 'rules6'> {
  const ranges = network.ipv6.ranges[vpc.id] ?? [];
  if (ranges.length === 0) return { settings: silent6, addresses: [], neighbours: [], routes: [], rules6: [] };
  const tables = [...new Set(network.subnetsOf(vpc.id).map((subnet) => subnet.routeTable))].map(network.routeTable);
  const held = network
    .interfacesOf(vpc.id)
    .flatMap((each) => network.addresses6(each.id).map((address) => ({ each, address: formatAddress6(address) })));
  return {
    settings: { ...speaking6, 'ipv6/conf/all/forwarding': '1' },
    addresses: [],
    neighbours: [
      ...held.map(
        ({ each, address }) => `${address} lladdr ${macAddress(each.id)} dev ${routerLink.interface(each.id)}`,
      ),
      ...edgeNeighbours(network, vpc),
    ],
    routes: [
      ...ranges.map((range) => `${formatPrefix6(range)} dev ${routerLink.void}`),
      ...held.map(({ each, address }) => `${address}/128 dev ${routerLink.interface(each.id)}`),
      ...ranges.map((range) => `throw ${formatPrefix6(range)} table ${edgeTable}`),
      `blackhole ::/0 table ${edgeTable}`,
      ...tables.flatMap((table) => tableRoutes(network, table, ranges)),
    ],
    rules6: [edgeTable, ...tables.map(({ id }) => tableNumber(id))].map(
      (table) => `priority 1000 fwmark ${table} lookup ${table}`,
    ),
  };
}

function edgeNeighbours(network: NetworkIndex, vpc: Vpc): string[] {
  const peers = network.peeringsOf(vpc.id).map((peering) => {
    const other = peering.requester === vpc.id ? 'accepter' : 'requester';
    return `${otherEnd6} lladdr ${peeringMac(peering, other)} dev ${routerLink.peering(peering.id)}`;
  });
  const gateway = `${macAddress(`${gatewayLink(vpc.id)} internet`)} dev ${routerLink.internetGateway}`;
  const egressOnly = `${macAddress(`${egressOnlyLink(vpc.id)} internet`)} dev ${routerLink.egressOnlyGateway}`;
  return [
    ...peers,
    ...(network.internetGatewayOf(vpc.id) ? [`${otherEnd6} lladdr ${gateway}`] : []),
    ...(hasEgressOnlyGateway(network, vpc.id) ? [`${otherEnd6} lladdr ${egressOnly}`] : []),
  ];
}

function tableRoutes(network: NetworkIndex, table: RouteTable, ranges: readonly Prefix6[]): string[] {
  const number = tableNumber(table.id);
  const stated = network.ipv6.routes[table.id] ?? [];
  const local = ranges.map((range): [string, string] => [formatPrefix6(range), `throw ${formatPrefix6(range)}`]);
  const lines = new Map([
    ...local,
    ...stated.flatMap((route) => ownAddresses(network, stated, route)),
    ...stated.map((route): [string, string] => [formatPrefix6(route.destination), routeLine(network, table, route)]),
  ]);
  const hasDefault = stated.some(({ destination }) => destination.length === 0);
  return [...lines.values(), ...(hasDefault ? [] : ['blackhole ::/0'])].map((line) => `${line} table ${number}`);
}

/** A next hop's own addresses are delivered to it, whether it forwards or not. */
function ownAddresses(network: NetworkIndex, all: readonly Route6[], route: Route6): [string, string][] {
  const { target } = route;
  if (target.kind !== 'interface') return [];
  return network
    .addresses6(target.id)
    .filter((address) => longest(all, address) === route)
    .map((address) => [`${formatAddress6(address)}/128`, `throw ${formatAddress6(address)}/128`]);
}

function longest(routes: readonly Route6[], address: Address6): Route6 | undefined {
  return routes
    .filter(({ destination }) => holdsAddress6(destination, address))
    .sort((one, other) => other.destination.length - one.destination.length)[0];
}

function routeLine(network: NetworkIndex, table: RouteTable, { destination, target }: Route6): string {
  const range = formatPrefix6(destination);
  switch (target.kind) {
    case 'local':
      return `throw ${range}`;
    case 'internet-gateway':
      return `${range} via ${otherEnd6} dev ${routerLink.internetGateway}`;
    case 'egress-only-gateway':
      return `${range} via ${otherEnd6} dev ${routerLink.egressOnlyGateway}`;
    case 'peering': {
      const peering = network.peeringsOf(table.vpc).find((each) => each.id === target.id);
      return peering ? `${range} via ${otherEnd6} dev ${routerLink.peering(peering.id)}` : `blackhole ${range}`;
    }
    case 'interface': {
      const next = network.interfaceById(target.id);
      return next ? throughInterface(network, range, next) : `blackhole ${range}`;
    }
    // What the region does not build drops what it is sent; the proof says that it is not known.
    case 'nat-gateway':
    case 'gateway-endpoint':
    case 'transit-gateway':
    case 'vpn-gateway':
    case 'unknown':
    case 'blackhole':
      return `blackhole ${range}`;
  }
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck */
function throughInterface(network: NetworkIndex, range: string, next: NetworkInterface): string {
  const [address] = network.addresses6(next.id);
  if (address === undefined || next.sourceDestinationCheck || next.owner.kind === 'unattached') {
    return `blackhole ${range}`;
  }
  return `${range} via ${formatAddress6(address)} dev ${routerLink.interface(next.id)} onlink`;
}
