import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, PortRange } from '@terrace/cloud/views/network';
import type { Party } from './journey.ts';
import type { Surroundings } from './surroundings.ts';

/** What a journey is about, all the way. */
export interface Trip {
  readonly surroundings: Surroundings;
  readonly from: Party;
  readonly to: Address;
  readonly clientPorts: PortRange;
  readonly intended: NetworkInterface | undefined;
  /** Somebody asked for an address or a range, and not for the internet as such: it may lie behind a gateway, or be a service's. */
  readonly byAddress: boolean;
  /** Goes on from an interface that forwards. */
  walk(trip: Trip, position: Position): void;
}

/** Where a packet is, and as whose it is seen, while it is on its way. */
export interface Position {
  /** The interface that it leaves next. */
  readonly at: NetworkInterface;
  /** Its source address, and who holds it: answers are delivered there. */
  readonly source: Address;
  /** `null` is a machine on the internet. */
  readonly client: NetworkInterface | null;
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
