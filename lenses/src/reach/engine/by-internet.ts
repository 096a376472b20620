import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, Unknown } from '@terrace/cloud/views/network';
import { behind, translation } from '@terrace/cloud/views/network/unknown';
import { includes } from '../traffic/intervals.ts';
import { allTraffic } from '../traffic/traffic-set.ts';
import { passAppliance } from './appliance.ts';
import { admit } from './arrive.ts';
import { passOn } from './balancer/pass-on.ts';
import { component } from './components.ts';
import { inRanges, type NetworkIndex, privateRanges } from './network-index.ts';
import { goBack } from './return.ts';
import { routeDoubt } from './route-doubt.ts';
import { addEdgeAcl, mayTranslate, refuseSpoofed } from './surroundings.ts';
import type { Position, Trip } from './trip.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
export function leaveByInternetGateway(trip: Trip, position: Position, id: string): null {
  const { network, recorder } = trip.surroundings;
  const { at, client, source } = position;
  addEdgeAcl(trip.surroundings, 'forward', at, 'egress', trip.to);
  if (mayTranslate(trip.surroundings, at, source)) {
    recorder.add({ kind: 'doubt', way: 'forward', at: component('interface', at), unknown: translation(at.name) });
    return null;
  }
  refuseSpoofed(trip.surroundings, 'forward', at, source);
  if (includes(privateRanges, trip.to)) {
    const table = network.routeTable(network.subnet(at.subnet).routeTable);
    const subnet = trip.from.interface ? network.subnet(trip.from.interface.subnet) : null;
    const origin = subnet && { subnet, table: network.routeTable(subnet.routeTable) };
    const stop = { code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS', origin, table, address: trip.to } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  if (client === null) {
    recorder.add({
      kind: 'stop',
      way: 'forward',
      stop: { code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC', interface: at, source },
    });
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

export function comeFromInternet(trip: Trip): void {
  const { network, recorder } = trip.surroundings;
  const { address } = trip.from;
  const inside = network.view.interfaces.find((each) => each === trip.intended) ?? network.publicHolder(trip.to);
  const way = inside && trip.byAddress ? wayIn(network, inside, address) : undefined;
  if (inside && way) {
    comeByGateway(trip, inside, way);
    return;
  }
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

/** Something that leads into a VPC from outside of the templates, by which an address may come that is not the VPC's own. */
function wayIn(network: NetworkIndex, { vpc }: NetworkInterface, from: Address): Unknown | undefined {
  if (inRanges(network.vpc(vpc), from)) return undefined;
  const gateway = network.vpnGatewayOf(vpc);
  if (gateway) return behind(gateway.name);
  const transit = network.modelled.transitGateways.find((each) => each.attachments.some((one) => one.vpc === vpc));
  const beyond = transit?.attachments.find((each) => each.unknown);
  if (beyond) return beyond.unknown!;
  return network.modelled.unknownWaysIn.find((each) => each.vpc === vpc)?.unknown;
}

/** Whether it comes is not known; where it does, the subnet's ACL and the groups decide, and a route has to lead back. */
function comeByGateway(trip: Trip, receiver: NetworkInterface, unknown: Unknown): void {
  const { network, recorder } = trip.surroundings;
  const { address } = trip.from;
  recorder.add({ kind: 'doubt', way: 'forward', at: component('vpc', network.vpc(receiver.vpc)), unknown });
  addEdgeAcl(trip.surroundings, 'forward', receiver, 'ingress', address);
  admit(trip, receiver, { address, member: null }, null);
  const subnet = network.subnet(receiver.subnet);
  const table = network.routeTable(subnet.routeTable);
  const route = network.route(table, address);
  if (!route && !routeDoubt({ ...trip, to: address }, table, route, receiver)) {
    const stop = { code: 'NO_ROUTE_TO_DESTINATION', table, subnet, address } as const;
    recorder.add({ kind: 'stop', way: 'return', stop });
  }
  addEdgeAcl(trip.surroundings, 'return', receiver, 'egress', address, trip.clientPorts);
}

/**
 * The gateway turns the public address into the private one, which its own table may send to an appliance first; groups and ACLs see the
 * sender's public address.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
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
  if (gateway && goesByEdgeTable(trip, gateway.id, receiver, source)) return;
  addEdgeAcl(trip.surroundings, 'forward', receiver, 'ingress', source);
  admit(trip, receiver, { address: source, member: null }, null);
  const responder = { kind: 'public', interface: receiver, seenAs: source } as const;
  goBack(trip.surroundings, {
    ...(position ?? { client: null, source, clientPorts: trip.clientPorts, translations: [] }),
    to: trip.to,
    responder,
  });
  passOn(trip, receiver, { source, interface: position?.client ?? null });
}

/** @returns whether the gateway's table decided about the packet */
function goesByEdgeTable(trip: Trip, gateway: string, receiver: NetworkInterface, source: Address): boolean {
  const { network, recorder } = trip.surroundings;
  const address = receiver.addresses[0]!;
  const table = network.edgeTable(gateway);
  const route = table && network.route(table, address);
  if (!table || !route || route.target.kind === 'local') return false;
  const next = route.target.kind === 'interface' ? network.interface(route.target.id) : undefined;
  if (route.target.kind === 'unknown') {
    recorder.add({ kind: 'doubt', way: 'forward', at: component('route-table', table), unknown: route.target.unknown });
    return true;
  }
  if (!next) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'BAD_STATE_ROUTE', table, route, address } });
    return true;
  }
  if (next === receiver) return false;
  addEdgeAcl(trip.surroundings, 'forward', next, 'ingress', source);
  const entered = passAppliance(trip.surroundings, next, { address: source, member: null }, null);
  trip.walk(
    { ...trip, to: address },
    {
      at: entered,
      source,
      client: null,
      clientPorts: trip.clientPorts,
      member: null,
      membershipLost: entered,
      translations: [],
    },
  );
  return true;
}
