import { type Address6, type Prefix6, parsePrefix6 } from '@terrace/cloud/address6';
import type { NetworkIndex } from '../network-index.ts';

/** Global unicast: what machines on the internet have. https://www.iana.org/assignments/ipv6-address-space/ */
export const anywhere6: Prefix6 = parsePrefix6('2000::/3')!;

const cuts = new WeakMap<NetworkIndex, readonly Address6[]>();

/** One address of every part of a range that a route, a rule or an entry tells apart; of the internet's, none that a VPC here has. */
export function partsOf6(network: NetworkIndex, range: Prefix6): Address6[] {
  const within = cutsOf(network).filter((cut) => cut > range.first && cut <= range.last);
  const parts = [range.first, ...within];
  if (range !== anywhere6) return range.length === 128 ? parts : withoutStated(network, parts);
  const own = Object.values(network.modelled.ipv6.ranges).flat();
  return parts.filter((part) => !own.some((each) => each.first <= part && part <= each.last));
}

/** AWS chooses no address that is stated for somebody else. */
function withoutStated(network: NetworkIndex, parts: readonly Address6[]): Address6[] {
  const ranges = Object.values(network.modelled.ipv6.interfaces);
  const stated = new Set(ranges.filter(({ length }) => length === 128).map(({ first }) => first));
  return parts.filter((part, index) => !(stated.has(part) && parts[index + 1] === after(part)));
}

function cutsOf(network: NetworkIndex): readonly Address6[] {
  const had = cuts.get(network);
  if (had) return had;
  const { ranges, routes, rules, entries } = network.modelled.ipv6;
  const prefixes = [
    ...Object.values(ranges).flat(),
    ...Object.values(routes).flatMap((each) => each.map((route) => route.destination)),
    ...[...Object.values(rules), ...Object.values(entries)].flatMap(({ ingress, egress }) =>
      [...ingress, ...egress].map((each) => each.range),
    ),
  ];
  const made = [...new Set(prefixes.flatMap((each) => [each.first, after(each.last)]))].sort();
  cuts.set(network, made);
  return made;
}

function after(address: Address6): Address6 {
  const next = BigInt(`0x${address}`) + 1n;
  return (next >> 128n === 0n ? next : next - 1n).toString(16).padStart(32, '0');
}
