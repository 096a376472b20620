import { type Address, holdsAddress } from '@terrace/cloud/address';
import type {
  NetworkInterface,
  PortRange,
  Route,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitTable,
} from '@terrace/cloud/views/network';
import { behind } from '@terrace/cloud/views/network/unknown';
import { allTraffic } from '../../traffic/traffic-set.ts';
import { gatewayComponent } from '../components.ts';
import type { Stop, Way } from '../journey.ts';
import { preservesGroups } from '../network-index.ts';
import { addEdgeAcl, addSubnetAcl, type Surroundings } from '../surroundings.ts';
import type { Position, Trip } from '../trip.ts';
import { transitEnd } from './transit-end.ts';

/**
 * From one VPC to another by a transit gateway: in by the attachment of the sender's zone, by the table that the attachment is associated with,
 * and out into the other VPC, whose attachment's subnet has a route table of its own to go on by.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function crossTransit(
  trip: Trip,
  position: Position,
  id: string,
  passed: ReadonlySet<NetworkInterface>,
  route: Route | undefined,
): Position | null {
  const { network, recorder } = trip.surroundings;
  const addresses = { source: position.source, destination: trip.to };
  const crossing = cross(trip.surroundings, 'forward', id, position.at, addresses, null);
  if (crossing === null) return null;
  const { gateway, end } = crossing;
  if (passed.has(end)) {
    const table = network.routeTable(network.subnet(position.at.subnet).routeTable);
    if (route)
      recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'ROUTE_LOOP', table, route, address: trip.to } });
    return null;
  }
  const member = position.member && preservesGroups(gateway, position.member.vpc, end.vpc) ? position.member : null;
  return { ...position, at: end, member };
}

export interface Crossing {
  readonly gateway: TransitGateway;
  /** Where it comes out. */
  readonly end: NetworkInterface;
}

/** One crossing, there or back; `null` where it ends or is not known. */
export function cross(
  surroundings: Surroundings,
  way: Way,
  id: string,
  at: NetworkInterface,
  { source, destination }: { readonly source: Address; readonly destination: Address },
  clientPorts: PortRange | null,
): Crossing | null {
  const { network, recorder } = surroundings;
  const gateway = network.transitGateway(id)!;
  const { zone } = network.subnet(at.subnet);
  const attachment = gateway.attachments.find((each) => each.vpc === at.vpc);
  const stop = (code: TransitStop['code'], name: string): null => {
    recorder.add({ kind: 'stop', way, stop: { code, gateway: id, name, address: destination, zone } });
    return null;
  };
  const doubt = (each: TransitAttachment | null): null => {
    const where = gatewayComponent(network, 'transit-gateway', id);
    recorder.add({ kind: 'doubt', way, at: where, unknown: each?.unknown ?? behind(gateway.name) });
    return null;
  };
  if (!attachment) return doubt(gateway.attachments.find((each) => each.unknown) ?? null);
  const entry = attachment.subnets.find((each) => isIn(surroundings, each, zone));
  addTransitAcl(surroundings, way, at, entry, { source, destination }, clientPorts);
  if (entry === undefined) return stop('TGW_ROUTE_AZ_RESTRICTION', attachment.name);
  const table = gateway.tables.find((each) => each.id === attachment.table);
  if (attachment.table === null) return stop('TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION', attachment.name);
  if (!table) return doubt(null);
  const route = transitRoute(table, destination);
  if (!route && table.unknownRoutes.length > 0) return doubt({ ...attachment, unknown: table.unknownRoutes[0]! });
  if (!route) return stop('TGW_RTB_CANNOT_ROUTE', table.name);
  if (route.attachment === null) return stop('TGW_RTB_BAD_STATE_ROUTE', table.name);
  const out = gateway.attachments.find((each) => each.id === route.attachment);
  if (!out || out.unknown) return doubt(out ?? null);
  const exit =
    out.subnets.find((each) => isIn(surroundings, each, zone)) ??
    out.subnets.find((each) => isThere(surroundings, each));
  if (exit === undefined) return doubt(null);
  recorder.add({ kind: 'pass', way, by: { kind: 'transit-gateway', id }, allowed: allTraffic });
  return { gateway, end: transitEnd(out, exit) };
}

type TransitStop = Extract<Stop, { readonly gateway: string }>;

function isThere({ network }: Surroundings, subnet: string): boolean {
  return network.view.subnets.some((each) => each.id === subnet);
}

function isIn(surroundings: Surroundings, subnet: string, zone: string): boolean {
  return isThere(surroundings, subnet) && surroundings.network.subnet(subnet).zone === zone;
}

/**
 * Into the gateway: out of the sender's subnet by the destination, and into the attachment's by the source. Out of the gateway the attachment's
 * subnet is left by the destination like any other, and within one subnet nothing is asked.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
function addTransitAcl(
  surroundings: Surroundings,
  way: Way,
  at: NetworkInterface,
  entry: string | undefined,
  { source, destination }: { readonly source: Address; readonly destination: Address },
  clientPorts: PortRange | null,
): void {
  addEdgeAcl(surroundings, way, at, 'egress', destination, clientPorts);
  if (entry !== undefined) addSubnetAcl(surroundings, way, entry, 'ingress', source, clientPorts);
}

/** The longest prefix wins, and a static route before a propagated one. */
function transitRoute(table: TransitTable, address: Address): TransitRoute | undefined {
  return [...table.routes]
    .sort(
      (one, other) =>
        other.destination.length - one.destination.length || Number(other.isStatic) - Number(one.isStatic),
    )
    .find((route) => holdsAddress(route.destination, address));
}
