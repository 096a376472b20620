import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { admit } from './arrive.ts';
import { includes } from './intervals.ts';
import { privateRanges } from './network-index.ts';
import { goBack } from './return.ts';
import { addEdgeAcl, refuseSpoofed } from './surroundings.ts';
import { allTraffic } from './traffic-set.ts';
import type { Position, Trip } from './trip.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
export function leaveByInternetGateway(trip: Trip, position: Position, id: string): null {
  const { network, recorder } = trip.surroundings;
  const { at, client, source } = position;
  addEdgeAcl(trip.surroundings, 'forward', at, 'egress', trip.to);
  refuseSpoofed(trip.surroundings, 'forward', at, source);
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

export function comeFromInternet(trip: Trip): void {
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
