import type { Address } from '@terrace/cloud/address';
import { servicePlacements } from '@terrace/cloud/families/registry';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { acceptsListened } from './balancer/listeners.ts';
import { passOn } from './balancer/pass-on.ts';
import { goBack } from './return.ts';
import { addAclPair, addGroup } from './surroundings.ts';
import type { Position, Trip } from './trip.ts';

/** Within the VPC, or over a peering: to whoever holds the address there. */
export function deliver(trip: Trip, position: Position, holder: NetworkInterface | undefined, vpc: string): null {
  const { network, recorder } = trip.surroundings;
  if (!holder) {
    const stop = { code: 'NO_POSSIBLE_DESTINATION', address: trip.to, where: network.vpc(vpc).name } as const;
    recorder.add({ kind: 'stop', way: 'forward', stop });
    return null;
  }
  addAclPair(trip.surroundings, 'forward', position.at, holder, { source: position.source, destination: trip.to });
  admit(trip, holder, { address: position.source, member: position.member }, position.membershipLost);
  const responder =
    position.client === null
      ? ({ kind: 'public', interface: holder, seenAs: position.source } as const)
      : ({ kind: 'private', interface: holder } as const);
  goBack(trip.surroundings, { ...position, to: trip.to, responder });
  passOn(trip, holder, { source: position.source, interface: position.client });
  return null;
}

function takesNothing({ owner }: NetworkInterface): boolean {
  return owner.kind === 'service' && servicePlacements[owner.type]?.takesNothing === true;
}

/** The receiver's own gates. */
export function admit(
  { surroundings, to }: Trip,
  receiver: NetworkInterface,
  other: { address: Address; member: NetworkInterface | null },
  membershipLost: NetworkInterface | null,
): void {
  const { recorder } = surroundings;
  if (receiver.owner.kind === 'nat-gateway') {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'NGW_NO_INBOUND', interface: receiver } });
  }
  if (receiver.owner.kind === 'unattached') {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'BAD_STATE_ATTACHMENT', interface: receiver } });
  }
  if (takesNothing(receiver)) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'SERVICE_TAKES_NO_CONNECTIONS', interface: receiver } });
  }
  addGroup(surroundings, 'forward', receiver, 'ingress', other, membershipLost);
  acceptsListened(surroundings, receiver);
  recorder.add({ kind: 'arrival', way: 'forward', at: { interface: receiver, address: to } });
}
