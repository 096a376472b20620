import type { NetworkInterface } from '@terrace/cloud/views/network';
import { allTraffic } from '../traffic/traffic-set.ts';
import type { OtherEnd } from './filters.ts';
import { addGroup, type Surroundings } from './surroundings.ts';

/** An instance as next hop takes a packet by its groups, and forwards it only with its source/destination check off. */
export function passAppliance(
  surroundings: Surroundings,
  next: NetworkInterface,
  other: OtherEnd,
  membershipLost: NetworkInterface | null,
): NetworkInterface {
  addGroup(surroundings, 'forward', next, 'ingress', other, membershipLost);
  surroundings.recorder.add(
    next.sourceDestinationCheck
      ? { kind: 'stop', way: 'forward', stop: { code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION', interface: next } }
      : { kind: 'pass', way: 'forward', by: { kind: 'interface', interface: next }, allowed: allTraffic },
  );
  return next;
}
