import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, PortRange, Route, RouteTarget } from '@terrace/cloud/views/network';
import { clientPortsOf, natClientPorts } from './client-ports.ts';
import type { Filters } from './filters.ts';
import { includes, unite } from './intervals.ts';
import { type Journey, type Party, Recorder } from './journey.ts';
import { localService } from './local-service.ts';
import { inRanges, type NetworkIndex, privateRanges } from './network-index.ts';
import { goBack } from './return.ts';
import { addAclPair, addEdgeAcl, type Surroundings } from './surroundings.ts';
import { allIcmp, allTcp, allTraffic, allUdp, echoRequest } from './traffic-set.ts';

export interface TravelOptions {
  /** The client's port where it is known; otherwise whatever its kind may choose. */
  readonly sourcePort?: number;
  /** Whom the question is about, where the address alone does not say it. */
  readonly intended?: NetworkInterface;
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
  const trip = { surroundings, from, to, clientPorts, intended: options.intended };
  if (from.interface === null) comeFromInternet(trip);
  else leaveInterface(trip, from.interface);
  return recorder.finish();
}

interface Trip {
  readonly surroundings: Surroundings;
  readonly from: Party;
  readonly to: Address;
  readonly clientPorts: PortRange;
  readonly intended: NetworkInterface | undefined;
}

/** Where a packet is, and as whose it is seen, while it is on its way. */
export interface Position {
  /** The interface that it leaves next. */
  readonly at: NetworkInterface;
  /** Its source address, and who holds it: answers are delivered there. */
  readonly source: Address;
  readonly client: NetworkInterface;
  readonly clientPorts: PortRange;
  /** Whose groups its receiver sees; `null` once a NAT gateway or an appliance has forwarded it. */
  readonly member: NetworkInterface | null;
  readonly membershipLost: NetworkInterface | null;
  /** The NAT gateways that have replaced its source, latest last, with what it was before. */
  readonly translations: readonly Translation[];
}

export interface Translation {
  readonly gateway: NetworkInterface;
  readonly client: NetworkInterface;
  readonly source: Address;
  readonly clientPorts: PortRange;
}

function leaveInterface(trip: Trip, start: NetworkInterface): void {
  const { network, recorder } = trip.surroundings;
  if (belongsTo(network, start, trip.to)) {
    recorder.add({ kind: 'loopback', way: 'forward', interface: start });
    return;
  }
  if (localService(trip.surroundings, start, trip.to)) return;
  let position: Position | null = {
    at: start,
    source: trip.from.address,
    client: start,
    clientPorts: trip.clientPorts,
    member: start,
    membershipLost: null,
    translations: [],
  };
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
  const { network, filters, recorder } = trip.surroundings;
  const { at } = position;
  passed.add(at);
  const subnet = network.subnet(at.subnet);
  const table = network.routeTable(subnet.routeTable);
  const route = network.route(table, trip.to);
  const target = usable(route) ?? naturalTarget(network, at, trip.to);
  if (at.filtered) {
    const member = target ? memberBehind(network, at, target, trip.to) : null;
    const other = { address: trip.to, member };
    recorder.add({
      kind: 'group',
      way: 'forward',
      interface: at,
      direction: 'egress',
      other,
      membershipLost: null,
      allowed: filters.groups(at, 'egress', other),
    });
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
    case 'blackhole':
      return null;
  }
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
  if (target.kind === 'internet-gateway') return null;
  const own = network.holder(at.vpc, to);
  if (own && target.kind !== 'peering') return own;
  for (const each of network.peeringsOf(at.vpc)) {
    if (target.kind === 'peering' && each.id !== target.id) continue;
    const holder = network.holder(each.requester === at.vpc ? each.accepter : each.requester, to);
    if (holder) return holder;
  }
  return null;
}

/** Within the VPC, or over a peering: to whoever holds the address there. */
function deliver(trip: Trip, position: Position, holder: NetworkInterface | undefined, vpc: string): null {
  const { network, recorder } = trip.surroundings;
  if (!holder) {
    const stop = { code: 'NO_POSSIBLE_DESTINATION', address: trip.to, where: network.vpc(vpc).name } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  addAclPair(trip.surroundings, 'forward', position.at, holder, { source: position.source, destination: trip.to });
  admit(trip, holder, { address: position.source, member: position.member }, position.membershipLost);
  goBack(trip.surroundings, { ...position, to: trip.to, responder: { kind: 'private', interface: holder } });
  return null;
}

/** The receiver's own gates. */
function admit(
  { surroundings, to }: Trip,
  receiver: NetworkInterface,
  other: { address: Address; member: NetworkInterface | null },
  membershipLost: NetworkInterface | null,
): void {
  const { filters, recorder } = surroundings;
  if (receiver.owner.kind === 'nat-gateway') {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'NGW_NO_INBOUND', interface: receiver } });
  }
  if (receiver.owner.kind === 'unattached') {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'BAD_STATE_ATTACHMENT', interface: receiver } });
  }
  if (receiver.filtered) {
    recorder.add({
      kind: 'group',
      way: 'forward',
      interface: receiver,
      direction: 'ingress',
      other,
      membershipLost,
      allowed: filters.groups(receiver, 'ingress', other),
    });
  }
  recorder.add({ kind: 'arrival', way: 'forward', at: { interface: receiver, address: to } });
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

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
function leaveByInternetGateway(trip: Trip, position: Position, id: string): null {
  const { network, recorder } = trip.surroundings;
  const { at, client, source } = position;
  addEdgeAcl(trip.surroundings, 'forward', at, 'egress', trip.to);
  if (includes(privateRanges, trip.to)) {
    const table = network.routeTable(network.subnet(at.subnet).routeTable);
    const subnet = trip.from.interface ? network.subnet(trip.from.interface.subnet) : null;
    const origin = subnet && { subnet, table: network.routeTable(subnet.routeTable) };
    const stop = { code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS', origin, table, address: trip.to } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  const mapped = client.addresses[0] === source ? client.publicAddress : null;
  if (mapped === null) {
    recorder.add({
      kind: 'stop',
      way: 'forward',
      stop: { code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', interface: client },
    });
  } else {
    const by = { kind: 'internet-gateway', id, source: mapped, destination: trip.to } as const;
    recorder.add({ kind: 'pass', way: 'forward', by, allowed: allTraffic });
  }
  const receiver = network.publicHolder(trip.to);
  if (receiver) {
    if (mapped !== null) enterFromInternet(trip, receiver, mapped, position);
    return null;
  }
  if (!includes(network.internet, trip.to)) {
    const stop = { code: 'NO_POSSIBLE_DESTINATION', address: trip.to, where: 'internet' } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  recorder.add({ kind: 'arrival', way: 'forward', at: { interface: null, address: trip.to } });
  goBack(trip.surroundings, { ...position, to: trip.to, responder: { kind: 'outside' } });
  return null;
}

function comeFromInternet(trip: Trip): void {
  const { network, recorder } = trip.surroundings;
  const { address } = trip.from;
  if (includes(privateRanges, address)) {
    recorder.add({
      kind: 'stop',
      way: 'forward',
      stop: { code: 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS', address },
    });
  }
  const holder = network.publicHolder(trip.to);
  if (!holder) {
    const stop = {
      code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      interface: trip.intended ?? null,
      address: trip.to,
    } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
  }
  const receiver = holder ?? trip.intended;
  if (receiver) enterFromInternet(trip, receiver, address, null);
}

/** The gateway turns the public address into the private one; groups and ACLs see the sender's public address. */
function enterFromInternet(trip: Trip, receiver: NetworkInterface, source: Address, position: Position | null): void {
  const { network, recorder } = trip.surroundings;
  const gateway = network.internetGatewayOf(receiver.vpc);
  const destination = receiver.addresses[0]!;
  if (!gateway) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'NO_INTERNET_GATEWAY', interface: receiver } });
  } else {
    const by = { kind: 'internet-gateway', id: gateway.id, source, destination } as const;
    recorder.add({ kind: 'pass', way: 'forward', by, allowed: allTraffic });
  }
  addEdgeAcl(trip.surroundings, 'forward', receiver, 'ingress', source);
  admit(trip, receiver, { address: source, member: null }, null);
  const responder = { kind: 'public', interface: receiver, seenAs: source } as const;
  goBack(trip.surroundings, {
    ...(position ?? { client: null, source, clientPorts: trip.clientPorts, translations: [] }),
    to: trip.to,
    responder,
  });
}

/** https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html VPCE_GATEWAY_PROTOCOL_RESTRICTION */
const endpointTraffic = unite(allTcp, echoRequest);

function leaveByEndpoint(trip: Trip, position: Position, id: string): null {
  const { recorder } = trip.surroundings;
  addEdgeAcl(trip.surroundings, 'forward', position.at, 'egress', trip.to);
  recorder.add({ kind: 'pass', way: 'forward', by: { kind: 'gateway-endpoint', id }, allowed: endpointTraffic });
  recorder.add({ kind: 'arrival', way: 'forward', at: { interface: null, address: trip.to } });
  goBack(trip.surroundings, { ...position, to: trip.to, responder: { kind: 'outside' } });
  return null;
}

const natTraffic = unite(allTcp, allUdp, allIcmp);

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html */
function enterNat(
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
  addAclPair(trip.surroundings, 'forward', at, gateway, { source, destination: trip.to });
  if (!inRanges(network.vpc(gateway.vpc), source)) {
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
function enterAppliance(
  trip: Trip,
  position: Position,
  next: NetworkInterface,
  passed: ReadonlySet<NetworkInterface>,
  route: Route | undefined,
): Position | null {
  const { filters, recorder } = trip.surroundings;
  if (next.addresses.includes(trip.to)) return deliver(trip, position, next, next.vpc);
  if (passed.has(next)) return loop(trip, position.at, route);
  addAclPair(trip.surroundings, 'forward', position.at, next, { source: position.source, destination: trip.to });
  const other = { address: position.source, member: position.member };
  if (next.filtered) {
    recorder.add({
      kind: 'group',
      way: 'forward',
      interface: next,
      direction: 'ingress',
      other,
      membershipLost: position.membershipLost,
      allowed: filters.groups(next, 'ingress', other),
    });
  }
  if (next.sourceDestinationCheck) {
    recorder.add({
      kind: 'stop',
      way: 'forward',
      stop: { code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION', interface: next },
    });
  } else {
    recorder.add({ kind: 'pass', way: 'forward', by: { kind: 'interface', interface: next }, allowed: allTraffic });
  }
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
