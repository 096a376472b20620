import { type Address, formatAddress, holdsAddress, type Prefix } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { intersect, interval } from './intervals.ts';
import type { Party } from './journey.ts';
import { intervalOf, type NetworkIndex } from './network-index.ts';

/** A party that may stand for a whole range of outside addresses that no rule tells apart. */
export interface Sender extends Party {
  /** The last address of the range; the same as `address` for an interface. */
  readonly upTo: Address;
}

/** An address to send to, and whom it belongs to. */
export interface Receiver {
  readonly address: Address;
  readonly upTo: Address;
  readonly interface: NetworkInterface | null;
}

/** Everyone that a reference means as the one who asks. */
export function senders(network: NetworkIndex, endpoints: Endpoints): Sender[] {
  const inside = endpoints.interfaces.flatMap((each): Sender[] =>
    privateAddressesIn(each, endpoints.range).map((address) => ({ interface: each, address, upTo: address })),
  );
  return [
    ...inside,
    ...outside(network, endpoints).map(({ from, to }) => ({ interface: null, address: from, upTo: to })),
  ];
}

/**
 * Every address that a reference means to this sender. An internet-facing load balancer is called by its public address from everywhere; whoever else has two
 * addresses is called by the private one from its own VPC and its peers', by the public one from anywhere else.
 */
export function receivers(network: NetworkIndex, sender: Sender, endpoints: Endpoints): Receiver[] {
  const inside = endpoints.interfaces.flatMap((each): Receiver[] =>
    addressesFor(network, sender, each, endpoints).map((address) => ({ address, upTo: address, interface: each })),
  );
  if (sender.interface === null) return inside;
  return [
    ...inside,
    ...outside(network, endpoints).map(({ from, to }) => ({ interface: null, address: from, upTo: to })),
  ];
}

function addressesFor(
  network: NetworkIndex,
  sender: Sender,
  each: NetworkInterface,
  { range, byPublicAddress }: Endpoints,
): readonly Address[] {
  if (range) {
    const publicOne =
      each.publicAddress !== null && holdsAddress(range, each.publicAddress) ? [each.publicAddress] : [];
    return [...privateAddressesIn(each, range), ...publicOne];
  }
  const asked = sender.interface;
  const near = asked !== null && (asked.vpc === each.vpc || network.peeringBetween(asked.vpc, each.vpc) !== undefined);
  return near && !byPublicAddress ? each.addresses.slice(0, 1) : [each.publicAddress ?? each.addresses[0]!];
}

function privateAddressesIn(each: NetworkInterface, range: Prefix | null): readonly Address[] {
  return range ? each.addresses.filter((address) => holdsAddress(range, address)) : each.addresses.slice(0, 1);
}

function outside(network: NetworkIndex, { internet, range }: Endpoints): { from: Address; to: Address }[] {
  if (internet) return network.atomsIn(network.internet);
  if (!range) return [];
  const held = network.view.interfaces.some((each) => range.length === 32 && each.addresses.includes(range.base));
  if (range.length === 32 && !held) return [{ from: range.base, to: range.base }];
  return network.atomsIn(intersect(network.internet, intervalOf(range)));
}

/** `web/0`, `internet`, or an address or range. */
export function partyName(party: { interface: NetworkInterface | null; address: Address; upTo: Address }): string {
  if (party.interface) return party.interface.name;
  const [from, to] = interval(party.address, party.upTo);
  return from === to ? formatAddress(from!) : `internet (${formatAddress(from!)}–${formatAddress(to!)})`;
}
