import type { NetworkInterface, Route } from '@terrace/cloud/views/network';
import { natClientPorts } from '../traffic/client-ports.ts';
import { unite } from '../traffic/intervals.ts';
import { allIcmp, allTcp, allUdp, echoRequest } from '../traffic/traffic-set.ts';
import { passAppliance } from './appliance.ts';
import { deliver } from './arrive.ts';
import { inRanges } from './network-index.ts';
import { goBack } from './return.ts';
import { addAclPair, addEdgeAcl, refuseSpoofed } from './surroundings.ts';
import { isTransitEnd } from './transit/transit-end.ts';
import type { Position, Trip } from './trip.ts';

/** https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html VPCE_GATEWAY_PROTOCOL_RESTRICTION */
const endpointTraffic = unite(allTcp, echoRequest);

export function leaveByEndpoint(trip: Trip, position: Position, id: string): null {
  const { recorder } = trip.surroundings;
  addEdgeAcl(trip.surroundings, 'forward', position.at, 'egress', trip.to);
  refuseSpoofed(trip.surroundings, 'forward', position.at, position.source);
  recorder.add({ kind: 'pass', way: 'forward', by: { kind: 'gateway-endpoint', id }, allowed: endpointTraffic });
  recorder.add({ kind: 'arrival', way: 'forward', at: { interface: null, address: trip.to } });
  goBack(trip.surroundings, { ...position, to: trip.to, responder: { kind: 'outside' } });
  return null;
}

const natTraffic = unite(allTcp, allUdp, allIcmp);

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
export function enterNat(
  trip: Trip,
  position: Position,
  id: string,
  gateway: NetworkInterface,
  passed: ReadonlySet<NetworkInterface>,
  route: Route | undefined,
): Position | null {
  const { network, recorder } = trip.surroundings;
  const { at, source, client, clientPorts } = position;
  if (passed.has(gateway)) return loop(trip, at, route);
  if (client === null) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'NGW_NO_INBOUND', interface: gateway } });
    return null;
  }
  addAclPair(trip.surroundings, 'forward', at, gateway, { source, destination: trip.to });
  // What a transit gateway brings is served like what is the VPC's own.
  // https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-nat-igw.html
  if (!inRanges(network.vpc(gateway.vpc), source) && !isTransitEnd(at)) {
    const stop = { code: 'NGW_REQUIRES_SOURCE_IN_VPC', interface: gateway, address: source } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  if (gateway.addresses.includes(trip.to)) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'NGW_NO_INBOUND', interface: gateway } });
    return null;
  }
  const translated = gateway.addresses[0]!;
  const by = { kind: 'nat-gateway', id, source: translated, destination: trip.to } as const;
  recorder.add({ kind: 'pass', way: 'forward', by, allowed: natTraffic });
  return {
    at: gateway,
    source: translated,
    client: gateway,
    clientPorts: natClientPorts,
    member: null,
    membershipLost: gateway,
    translations: [...position.translations, { gateway, client, source, clientPorts }],
  };
}

/** An instance as next hop: it forwards only with its source/destination check off, and is judged as receiver and as sender. */
export function enterAppliance(
  trip: Trip,
  position: Position,
  next: NetworkInterface,
  passed: ReadonlySet<NetworkInterface>,
  route: Route | undefined,
): Position | null {
  if (next.addresses.includes(trip.to)) return deliver(trip, position, next, next.vpc);
  if (passed.has(next)) return loop(trip, position.at, route);
  addAclPair(trip.surroundings, 'forward', position.at, next, { source: position.source, destination: trip.to });
  const other = { address: position.source, member: position.member };
  passAppliance(trip.surroundings, next, other, position.membershipLost);
  return { ...position, at: next, member: null, membershipLost: next };
}

function loop(trip: Trip, at: NetworkInterface, route: Route | undefined): null {
  const { network, recorder } = trip.surroundings;
  const table = network.routeTable(network.subnet(at.subnet).routeTable);
  if (route) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'ROUTE_LOOP', table, route, address: trip.to } });
  }
  return null;
}
