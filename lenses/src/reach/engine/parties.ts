import { type Address, formatAddress, holdsAddress, type Prefix } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { includes, intersect, interval, unite } from '../traffic/intervals.ts';
import { targetsOf } from './balancer/targets-of.ts';
import type { Party } from './journey.ts';
import { intervalOf, type NetworkIndex, privateRanges } from './network-index.ts';

/** A party that may stand for a whole range of outside addresses that no rule tells apart. */
export interface Sender extends Party {
  /** The last address of the range; the same as `address` for an interface. */
  readonly upTo: Address;
  /** An address or a range was named, and not the internet as such. */
  readonly byAddress: boolean;
}

/** An address to send to, and whom it belongs to. */
export interface Receiver {
  readonly address: Address;
  readonly upTo: Address;
  readonly interface: NetworkInterface | null;
  readonly byAddress: boolean;
  /** What it is called, where its address says nothing. */
  readonly label?: string;
}

/** Everyone that a reference means as the one who asks. */
export function senders(network: NetworkIndex, endpoints: Endpoints): Sender[] {
  const inside = indexed(network, endpoints).flatMap((each): Sender[] =>
    privateAddressesIn(each, endpoints.range).map((address) => ({
      interface: each,
      address,
      upTo: address,
      byAddress: false,
    })),
  );
  return [...inside, ...outside(network, endpoints)];
}

/**
 * Every address that a reference means to this sender. An internet-facing load balancer is called by its public address from everywhere; whoever else has two
 * addresses is called by the private one from its own VPC and its peers', by the public one from anywhere else.
 */
export function receivers(network: NetworkIndex, sender: Sender, endpoints: Endpoints): Receiver[] {
  const inside = answering(network, indexed(network, endpoints)).flatMap((each): Receiver[] =>
    addressesFor(network, sender, each, endpoints).map((address) => ({
      address,
      upTo: address,
      interface: each,
      byAddress: false,
    })),
  );
  if (sender.interface === null) return inside;
  return [...inside, ...outside(network, endpoints)];
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
  // Whoever comes from a private range outside comes by a gateway, and asks for the private address.
  if (asked === null && includes(privateRanges, sender.address)) return each.addresses.slice(0, 1);
  const near = asked !== null && isNear(network, asked.vpc, each.vpc);
  return near && !byPublicAddress ? each.addresses.slice(0, 1) : [each.publicAddress ?? each.addresses[0]!];
}

/** In the same VPC, or joined by a peering or a transit gateway. */
export function isNear(network: NetworkIndex, one: string, other: string): boolean {
  if (one === other || network.peeringBetween(one, other) !== undefined) return true;
  return network.modelled.transitGateways.some(({ attachments }) =>
    [one, other].every((vpc) => attachments.some((each) => each.vpc === vpc)),
  );
}

function privateAddressesIn(each: NetworkInterface, range: Prefix | null): readonly Address[] {
  return range ? each.addresses.filter((address) => holdsAddress(range, address)) : each.addresses.slice(0, 1);
}

/**
 * A zone in which a network load balancer has no target is not in its name, while another zone has one.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html
 */
function answering(network: NetworkIndex, interfaces: readonly NetworkInterface[]): readonly NetworkInterface[] {
  const balancerOf = ({ owner }: NetworkInterface) => (owner.kind === 'load-balancer' ? owner.id : undefined);
  const hasTarget = (each: NetworkInterface): boolean => {
    const ports = network.balancer(balancerOf(each) ?? '');
    if (ports?.kind !== 'network') return true;
    return ports.listeners.some((listener) => listener.unknownTargets || targetsOf(network, each, listener).length > 0);
  };
  const serving = new Set(interfaces.filter(hasTarget).map(balancerOf));
  return interfaces.filter((each) => hasTarget(each) || !serving.has(balancerOf(each)));
}

/** Interfaces as the index has them: those of services with an address. */
function indexed(network: NetworkIndex, { interfaces }: Endpoints): NetworkInterface[] {
  return interfaces.flatMap((each) => network.interface(each.id) ?? []);
}

function outside(network: NetworkIndex, { internet, range, label }: Endpoints): Receiver[] {
  const party = (byAddress: boolean) => (each: { readonly from: Address; readonly to: Address }) => ({
    interface: null,
    address: each.from,
    upTo: each.to,
    byAddress,
    ...(label === undefined ? {} : { label }),
  });
  if (internet) return network.atomsIn(network.internet).map(party(false));
  if (!range) return [];
  const held = network.view.interfaces.some((each) => range.length === 32 && each.addresses.includes(range.base));
  if (range.length === 32 && !held) return [{ from: range.base, to: range.base }].map(party(true));
  const elsewhere = unite(network.internet, network.privateElsewhere);
  return network.atomsIn(intersect(elsewhere, intervalOf(range))).map(party(true));
}

/** `web/0`, `internet`, or an address or range. */
export function partyName(party: {
  interface: NetworkInterface | null;
  address: Address;
  upTo: Address;
  label?: string;
}): string {
  if (party.label !== undefined) return party.label;
  if (party.interface) return party.interface.name;
  const [from, to] = interval(party.address, party.upTo);
  return from === to ? formatAddress(from!) : `internet (${formatAddress(from!)}–${formatAddress(to!)})`;
}
