import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, Route, RouteTarget, Unknown } from '@terrace/cloud/views/network';
import { behind } from '@terrace/cloud/views/network/unknown';
import { clientPortsOf } from '../traffic/client-ports.ts';
import { includes } from '../traffic/intervals.ts';
import { allTraffic } from '../traffic/traffic-set.ts';
import { deliver } from './arrive.ts';
import { comeFromInternet, leaveByInternetGateway } from './by-internet.ts';
import { enterAppliance, enterNat, leaveByEndpoint } from './by-next-hop.ts';
import { type Component, component, gatewayComponent } from './components.ts';
import type { Filters } from './filters.ts';
import { type Journey, type Party, Recorder } from './journey.ts';
import { localService } from './local-service.ts';
import { inRanges, type NetworkIndex, privateRanges } from './network-index.ts';
import { routeDoubt } from './route-doubt.ts';
import { addEdgeAcl, addGroup, type Surroundings } from './surroundings.ts';
import { crossTransit } from './transit/cross-transit.ts';
import type { Position, Trip } from './trip.ts';

export interface TravelOptions {
  /** The client's port where it is known; otherwise whatever its kind may choose. */
  readonly sourcePort?: number;
  /** Whom the question is about, where the address alone does not say it. */
  readonly intended?: NetworkInterface;
  /** An address or a range was asked for, and not the internet as such. */
  readonly byAddress?: boolean;
}

/**
 * Follows a connection from a party to an address and its answers back, for all traffic at once.
 *
 * Addresses are looked at as AWS's network does: the table of the subnet that a packet leaves decides, groups are
 * stateful and judge at the interface, ACLs are stateless and judge at the edge of a subnet.
 * https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html
 */
export function travel(
  network: NetworkIndex,
  filters: Filters,
  from: Party,
  to: Address,
  options: TravelOptions = {},
): Journey {
  const recorder = new Recorder();
  const surroundings: Surroundings = { network, filters, recorder };
  const clientPorts =
    options.sourcePort === undefined
      ? clientPortsOf(from.interface)
      : { from: options.sourcePort, to: options.sourcePort };
  const trip: Trip = {
    surroundings,
    from,
    to,
    clientPorts,
    intended: options.intended,
    byAddress: options.byAddress ?? false,
    walk,
  };
  if (from.interface === null) comeFromInternet(trip);
  else leaveInterface(trip, from.interface);
  return recorder.finish();
}

function leaveInterface(trip: Trip, start: NetworkInterface): void {
  const { network, recorder } = trip.surroundings;
  if (belongsTo(network, start, trip.to)) {
    recorder.add({ kind: 'loopback', way: 'forward', interface: start });
    return;
  }
  if (localService(trip.surroundings, start, trip.to)) return;
  walk(trip, {
    at: start,
    source: trip.from.address,
    client: start,
    clientPorts: trip.clientPorts,
    member: start,
    membershipLost: null,
    translations: [],
  });
}

function walk(trip: Trip, start: Position): void {
  let position: Position | null = start;
  const passed = new Set<NetworkInterface>();
  while (position !== null) {
    position = moveOn(trip, position, passed);
  }
}

/** An instance's own addresses never leave it. */
function belongsTo(network: NetworkIndex, start: NetworkInterface, to: Address): boolean {
  if (start.addresses.includes(to)) return true;
  const holder = network.holder(start.vpc, to);
  return holder?.owner.kind === 'instance' && start.owner.kind === 'instance' && holder.owner.id === start.owner.id;
}

/** One hop; `null` when the packet has arrived or cannot go on even in thought. */
function moveOn(trip: Trip, position: Position, passed: Set<NetworkInterface>): Position | null {
  const { network, recorder } = trip.surroundings;
  const { at } = position;
  passed.add(at);
  const subnet = network.subnet(at.subnet);
  const table = network.routeTable(subnet.routeTable);
  const route = network.route(table, trip.to);
  const target = usable(route) ?? naturalTarget(network, at, trip.to);
  const member = at.filtered && target ? memberBehind(network, at, target, trip.to) : null;
  const other = { address: trip.to, member, ...(trip.byAddress ? { byAddress: true } : {}) };
  addGroup(trip.surroundings, 'forward', at, 'egress', other, null);
  const doubt = routeDoubt(trip, table, route, at);
  if (doubt) {
    recorder.add({ kind: 'doubt', way: 'forward', at: component('route-table', table), unknown: doubt });
    return null;
  }
  if (!route) {
    recorder.add({
      kind: 'stop',
      way: 'forward',
      stop: { code: 'NO_ROUTE_TO_DESTINATION', table, subnet, address: trip.to },
    });
  } else if (route.target.kind === 'blackhole') {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'BAD_STATE_ROUTE', table, route, address: trip.to } });
  } else {
    recorder.add({ kind: 'route', way: 'forward', subnet, table, route, address: trip.to });
  }
  if (!target) return null;
  switch (target.kind) {
    case 'local':
      return deliver(trip, position, network.holder(at.vpc, trip.to), at.vpc);
    case 'peering':
      return crossPeering(trip, position, target.id);
    case 'internet-gateway':
      return leaveByInternetGateway(trip, position, target.id);
    case 'gateway-endpoint':
      return leaveByEndpoint(trip, position, target.id);
    case 'nat-gateway': {
      const gateway = network.interface(network.natGateway(target.id)?.interface ?? '');
      return gateway ? enterNat(trip, position, target.id, gateway, passed, route) : null;
    }
    case 'interface': {
      const next = network.interface(target.id);
      return next ? enterAppliance(trip, position, next, passed, route) : null;
    }
    case 'transit-gateway':
      return crossTransit(trip, position, target.id, passed, route);
    case 'vpn-gateway':
      return leadsOut(trip, at, gatewayComponent(network, 'vpn-gateway', target.id), null);
    case 'unknown':
      return leadsOut(trip, at, component('route-table', table), target.unknown);
    case 'blackhole':
      return null;
  }
}

/** A packet that leaves the templates: its subnet's ACL is the last thing that is known of it. */
function leadsOut(trip: Trip, at: NetworkInterface, by: Component, unknown: Unknown | null): null {
  addEdgeAcl(trip.surroundings, 'forward', at, 'egress', trip.to);
  trip.surroundings.recorder.add({ kind: 'doubt', way: 'forward', at: by, unknown: unknown ?? behind(by.name) });
  return null;
}

function usable(route: Route | undefined): RouteTarget | undefined {
  return route && route.target.kind !== 'blackhole' ? route.target : undefined;
}

/** Where a route would lead if there were one: what a person would have written. */
export function naturalTarget(network: NetworkIndex, at: NetworkInterface, to: Address): RouteTarget | undefined {
  if (inRanges(network.vpc(at.vpc), to)) return { kind: 'local' };
  const peering = network
    .peeringsOf(at.vpc)
    .find((each) => inRanges(network.vpc(each.requester === at.vpc ? each.accepter : each.requester), to));
  if (peering) return { kind: 'peering', id: peering.id };
  const transit = network.modelled.transitGateways.find(
    ({ attachments }) =>
      attachments.some((each) => each.vpc === at.vpc) &&
      attachments.some((each) => each.vpc !== null && each.vpc !== at.vpc && inRanges(network.vpc(each.vpc), to)),
  );
  if (transit) return { kind: 'transit-gateway', id: transit.id };
  if (includes(privateRanges, to)) return undefined;
  const gateway = network.internetGatewayOf(at.vpc);
  if (gateway && at.publicAddress !== null) return { kind: 'internet-gateway', id: gateway.id };
  const nat = network.view.natGateways.find((each) => each.vpc === at.vpc && each.interface !== at.id);
  if (nat && at.owner.kind !== 'nat-gateway') return { kind: 'nat-gateway', id: nat.id };
  return gateway && { kind: 'internet-gateway', id: gateway.id };
}

/** Whose private address the destination is, as the sender's groups see it. */
function memberBehind(
  network: NetworkIndex,
  at: NetworkInterface,
  target: RouteTarget,
  to: Address,
): NetworkInterface | null {
  if (target.kind === 'local') return network.holder(at.vpc, to) ?? null;
  // A group behind a transit gateway cannot be named in an egress rule.
  if (target.kind === 'internet-gateway' || target.kind === 'transit-gateway') return null;
  const own = network.holder(at.vpc, to);
  if (own && target.kind !== 'peering') return own;
  for (const each of network.peeringsOf(at.vpc)) {
    if (target.kind === 'peering' && each.id !== target.id) continue;
    const holder = network.holder(each.requester === at.vpc ? each.accepter : each.requester, to);
    if (holder) return holder;
  }
  return null;
}

/**
 * Only packets from one VPC's own range to the other's own range pass.
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
function crossPeering(trip: Trip, position: Position, id: string): null {
  const { network, recorder } = trip.surroundings;
  const peering = network.peering(id)!;
  const here = network.vpc(position.at.vpc);
  const there = network.vpc(peering.requester === here.id ? peering.accepter : peering.requester);
  if (!inRanges(here, position.source) || !inRanges(there, trip.to)) {
    const stop = {
      code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
      peering: id,
      source: position.source,
      address: trip.to,
    } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  recorder.add({ kind: 'pass', way: 'forward', by: { kind: 'peering', id }, allowed: allTraffic });
  return deliver(trip, position, network.holder(there.id, trip.to), there.id);
}
