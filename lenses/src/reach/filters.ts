import { type Address, holdsAddress } from '@terrace/cloud/address';
import type { AclEntry, NetworkAcl, NetworkInterface, SecurityGroup, SecurityRule } from '@terrace/cloud/views/network';
import { type Intervals, includes, intersect, isEmpty, subtract, unite } from './intervals.ts';
import type { NetworkIndex } from './network-index.ts';
import { allTraffic, noTraffic, type TrafficSet, trafficSet } from './traffic-set.ts';

/** Who is at the other end, as a group sees it. */
export interface OtherEnd {
  readonly address: Address;
  /** The interface that holds the address, so that rules that name groups can match; `null` where that is unknown or lost on the way. */
  readonly member: NetworkInterface | null;
}

export interface MatchingRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityRule;
}

/** What groups and ACLs let through, computed once for each group set and kind of other end. */
export interface Filters {
  /** https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
  groups(each: NetworkInterface, direction: 'ingress' | 'egress', other: OtherEnd): TrafficSet;
  /** The rules of an interface's groups that concern the other end and hold this packet. */
  matchingRules(
    each: NetworkInterface,
    direction: 'ingress' | 'egress',
    other: OtherEnd,
    packet: number,
  ): MatchingRule[];
  /** https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
  acl(acl: NetworkAcl, direction: 'ingress' | 'egress', address: Address): TrafficSet;
  /** The entry that decides about a packet; `null` is the final deny. */
  decidingEntry(acl: NetworkAcl, direction: 'ingress' | 'egress', address: Address, packet: number): AclEntry | null;
}

export function openFilters(network: NetworkIndex): Filters {
  const groupCache = new Map<number, TrafficSet>();
  const aclCache = new Map<string, TrafficSet>();
  const sets = numberer();
  const setNumbers = new Map<NetworkInterface, number>();
  const setNumber = (each: NetworkInterface): number => {
    const had = setNumbers.get(each);
    if (had !== undefined) return had;
    const made = sets(`${each.vpc} ${[...each.securityGroups].sort().join(' ')}`);
    setNumbers.set(each, made);
    return made;
  };
  const atoms = network.atomCount;
  const rules = new Map<number, readonly PreparedRule[]>();
  const rulesOf = (set: number, each: NetworkInterface, direction: 'ingress' | 'egress'): readonly PreparedRule[] => {
    const key = set * 2 + (direction === 'egress' ? 1 : 0);
    const had = rules.get(key);
    if (had) return had;
    const made = each.securityGroups.flatMap((id) =>
      (network.securityGroup(id)?.[direction] ?? []).map((rule) => ({ rule, traffic: trafficSet(rule.traffic) })),
    );
    rules.set(key, made);
    return made;
  };
  return {
    groups(each, direction, other) {
      const set = setNumber(each);
      const listed = rulesOf(set, each, direction);
      if (listed.length <= cheap) return allowedBy(network, listed, each.vpc, other);
      const member = other.member ? setNumber(other.member) + 1 : 0;
      const way = direction === 'egress' ? 1 : 0;
      const key = ((set * atoms + network.atomOf(other.address)) * 65536 + member) * 2 + way;
      const had = groupCache.get(key);
      if (had) return had;
      const allowed = allowedBy(network, listed, each.vpc, other);
      groupCache.set(key, allowed);
      return allowed;
    },
    matchingRules: (each, direction, other, packet) =>
      each.securityGroups
        .flatMap((id) => network.securityGroup(id) ?? [])
        .flatMap((group) =>
          group[direction]
            .filter((rule) => concerns(network, rule, each.vpc, other) && includes(trafficSet(rule.traffic), packet))
            .map((rule) => ({ group, rule })),
        ),
    acl(acl, direction, address) {
      const key = `${direction}|${acl.id}|${network.atomOf(address)}`;
      const had = aclCache.get(key);
      if (had) return had;
      const allowed = firstMatches(acl[direction], address);
      aclCache.set(key, allowed);
      return allowed;
    },
    decidingEntry: (acl, direction, address, packet) =>
      acl[direction].find(
        (entry) => holdsAddress(entry.range, address) && includes(trafficSet(entry.traffic), packet),
      ) ?? null,
  };
}

interface PreparedRule {
  readonly rule: SecurityRule;
  readonly traffic: TrafficSet;
}

/** Up to so many rules are looked through faster than remembered. */
const cheap = 8;

function allowedBy(network: NetworkIndex, rules: readonly PreparedRule[], vpc: string, other: OtherEnd): TrafficSet {
  let allowed: TrafficSet = noTraffic;
  for (const { rule, traffic } of rules) {
    if (concerns(network, rule, vpc, other)) allowed = allowed.length === 0 ? traffic : unite(allowed, traffic);
  }
  return allowed;
}

/** Gives each different text a number, from 0. */
function numberer(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const had = numbers.get(text);
    if (had !== undefined) return had;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

/** Whether a rule is about the other end, whatever the traffic. */
export function concerns(network: NetworkIndex, { peer }: SecurityRule, vpc: string, other: OtherEnd): boolean {
  switch (peer.kind) {
    case 'range':
      return holdsAddress(peer.range, other.address);
    case 'prefix-list':
      return (network.prefixList(peer.id)?.entries ?? []).some((entry) => holdsAddress(entry, other.address));
    case 'security-group': {
      const { member } = other;
      if (!member?.securityGroups.includes(peer.id) || !member.addresses.includes(other.address)) return false;
      return member.vpc === vpc || network.peeringBetween(member.vpc, vpc) !== undefined;
    }
  }
}

/** What a list of entries in force allows for an address: each entry decides about what none before it did. */
function firstMatches(entries: readonly AclEntry[], address: Address): TrafficSet {
  let undecided: TrafficSet = allTraffic;
  let allowed: Intervals = noTraffic;
  for (const entry of entries) {
    if (isEmpty(undecided)) break;
    if (!holdsAddress(entry.range, address)) continue;
    const matched = trafficSet(entry.traffic);
    if (entry.action === 'allow') allowed = unite(allowed, intersect(matched, undecided));
    undecided = subtract(undecided, matched);
  }
  return allowed;
}
