import { formatAddress6, type Prefix6 } from '@terrace/cloud/address6';
import type { NetworkInterface, Rule6, SecurityRule, Vpc } from '@terrace/cloud/views/network';
import { canBeNamed, combinationName, groupsOf } from '../compile-security-groups.ts';
import { trafficExpression } from '../compile-traffic.ts';
import { digest } from '../names.ts';
import { type NetworkIndex, routerLink } from '../network-index.ts';
import type { Chain, Collection } from '../nftables.ts';
import { untrackedRules } from '../untracked-flows.ts';
import { rangeExpression6 } from './range-expression6.ts';

/**
 * Security groups in IPv6: rules that name a range of it, and rules that name a group, whose members' IPv6 addresses it then stands for.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function compileSecurityGroups6(
  network: NetworkIndex,
  vpc: Vpc,
  interfaces: readonly NetworkInterface[],
): { chains: Chain[]; sets: Collection[]; egress: string[]; ingress: string[] } {
  const filtered = interfaces.filter((each) => each.filtered);
  const combinations = new Map(filtered.map((each) => [combinationName(each), each]));
  const named = new Map<string, Collection>();
  const chains = [...combinations].flatMap(([name, each]) => {
    const rules = { egress: rangeRules(network, each, 'egress'), ingress: rangeRules(network, each, 'ingress') };
    return (['egress', 'ingress'] as const).map((direction): Chain => {
      const opposite = direction === 'egress' ? 'ingress' : 'egress';
      return {
        name: `${direction}_${name}`,
        rules: [
          ...untrackedRules(direction, rules[direction].map(asUntracked), rules[opposite].map(asUntracked)),
          ...rangeLines(rules[direction], direction),
          ...groupLines(
            network,
            vpc,
            groupsOf(network, each).flatMap((group) => group[direction]),
            direction,
            named,
          ),
          'drop',
        ],
      };
    });
  });
  const jumps = (direction: string) =>
    filtered.map((each) => `"${routerLink.interface(each.id)}" : jump ${direction}_${combinationName(each)}`);
  return { chains, sets: [...named.values()], egress: jumps('egress'), ingress: jumps('ingress') };
}

function rangeRules(network: NetworkIndex, each: NetworkInterface, direction: 'egress' | 'ingress'): Rule6[] {
  return each.securityGroups.flatMap((id) => network.ipv6.rules[id]?.[direction] ?? []);
}

function asUntracked({ traffic, range }: Rule6) {
  return { traffic, isEverywhere: range.length === 0 };
}

/** Rules only allow and have no order, so those of the same traffic become one. */
function rangeLines(rules: readonly Rule6[], direction: 'egress' | 'ingress'): string[] {
  const ranges = new Map<string, Prefix6[]>();
  for (const { traffic, range } of rules) {
    const expression = trafficExpression(traffic);
    ranges.set(expression, [...(ranges.get(expression) ?? []), range]);
  }
  return [...ranges].flatMap(([traffic, prefixes]) => {
    const addresses = rangeExpression6(direction === 'egress' ? 'daddr' : 'saddr', prefixes);
    return addresses === undefined ? [] : [line(addresses, traffic)];
  });
}

function groupLines(
  network: NetworkIndex,
  vpc: Vpc,
  rules: readonly SecurityRule[],
  direction: 'egress' | 'ingress',
  named: Map<string, Collection>,
): string[] {
  const lines = rules.flatMap(({ peer, traffic }) => {
    if (peer.kind !== 'security-group' || !canBeNamed(network, vpc, peer.id)) return [];
    const set = direction === 'egress' ? memberSet(network, peer.id) : senderSet(network, vpc, peer.id);
    named.set(set.name, set);
    const addresses = direction === 'egress' ? `ip6 daddr @${set.name}` : `iifname . ip6 saddr @${set.name}`;
    return [line(addresses, trafficExpression(traffic))];
  });
  return [...new Set(lines)];
}

function line(addresses: string, traffic: string): string {
  return [addresses, traffic, 'return'].filter((part) => part !== '').join(' ');
}

function memberSet(network: NetworkIndex, group: string): Collection {
  const elements = network.membersOf(group).flatMap((each) => network.addresses6(each.id).map(formatAddress6));
  return {
    kind: 'set',
    name: `members_${digest(group, 12)}`,
    type: 'ipv6_addr',
    elements: [...new Set(elements)].sort(),
  };
}

/** Members by the link that their packets come in by: what somebody else forwards for a member does not count as the member's. */
function senderSet(network: NetworkIndex, vpc: Vpc, group: string): Collection {
  const elements = network.membersOf(group).flatMap((each) => {
    const peers = network
      .peeringsOf(vpc.id)
      .filter(({ requester, accepter }) => requester === each.vpc || accepter === each.vpc);
    const links =
      each.vpc === vpc.id ? [routerLink.interface(each.id)] : peers.map((peering) => routerLink.peering(peering.id));
    return links.flatMap((link) =>
      network.addresses6(each.id).map((address) => `"${link}" . ${formatAddress6(address)}`),
    );
  });
  return {
    kind: 'set',
    name: `senders_${digest(group, 12)}`,
    type: 'ifname . ipv6_addr',
    elements: [...new Set(elements)].sort(),
  };
}
