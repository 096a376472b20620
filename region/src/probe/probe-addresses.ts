import { formatAddress } from '@terrace/cloud/address';
import { formatAddress6 } from '@terrace/cloud/address6';
import { internetClient, internetClient6 } from '@terrace/cloud/allocate/public-addresses';
import type { NetworkView } from '@terrace/cloud/views/network';
import type { Endpoints } from '@terrace/cloud/views/reference';

export interface FamilyAddress {
  readonly family: 4 | 6;
  readonly address: string;
}

/**
 * Where a sender finds a receiver, by each family that both have, IPv4 first. From the internet an interface without a public address has IPv6 alone, where it
 * has that.
 *
 * @param family by this one alone
 */
export function addressesBetween(
  network: NetworkView,
  sender: Endpoints,
  receiver: Endpoints,
  family: 4 | 6 | undefined,
): FamilyAddress[] {
  const four = sender.range6 ? undefined : address4(network, sender, receiver);
  const six = address6(network, sender, receiver);
  const isHidden = sender.internet && receiver.range === null && receiver.interfaces[0]?.publicAddress === null;
  return [
    ...(four !== undefined && family !== 6 && !(isHidden && six !== undefined && family === undefined)
      ? [{ family: 4 as const, address: four }]
      : []),
    ...(six !== undefined && family !== 4 ? [{ family: 6 as const, address: six }] : []),
  ];
}

/** From the internet, and for what has a public name from anywhere, it is the public address that is sent to, where there is one. */
export function address4(network: NetworkView, sender: Endpoints, receiver: Endpoints): string | undefined {
  if (receiver.range6) return undefined;
  if (receiver.range?.length === 32) return formatAddress(receiver.range.base);
  const first = receiver.interfaces[0];
  if (!first) return receiver.internet ? formatAddress(internetClient) : undefined;
  const fromOutside = sender.internet || !network.interfaces.some((each) => each.vpc === sender.interfaces[0]?.vpc);
  const publicly = first.publicAddress !== null && (fromOutside || receiver.byPublicAddress);
  return formatAddress(publicly ? first.publicAddress : first.addresses[0]!);
}

function address6(network: NetworkView, sender: Endpoints, receiver: Endpoints): string | undefined {
  const held = network.modelled?.ipv6.addresses ?? {};
  const sends = sender.interfaces.length === 0 ? sender.internet : held[sender.interfaces[0]!.id] !== undefined;
  if (!sends || receiver.range) return undefined;
  if (receiver.range6?.length === 128) return formatAddress6(receiver.range6.first);
  const first = receiver.interfaces[0];
  if (!first) return receiver.internet ? formatAddress6(internetClient6) : undefined;
  const [own] = held[first.id] ?? [];
  return own === undefined ? undefined : formatAddress6(own);
}
