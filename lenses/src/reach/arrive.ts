import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { goBack } from './return.ts';
import { addAclPair } from './surroundings.ts';
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
  goBack(trip.surroundings, { ...position, to: trip.to, responder: { kind: 'private', interface: holder } });
  return null;
}

/** The receiver's own gates. */
export function admit(
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
