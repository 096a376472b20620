import { type Address, formatAddress, holdsAddress } from '@terrace/cloud/address';
import type {
  AclEntry,
  NetworkAcl,
  NetworkInterface,
  SecurityGroup,
  SecurityRule,
  Unknown,
  UnknownPart,
} from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import { type Intervals, includes, intersect, isEmpty, subtract, unite } from '../traffic/intervals.ts';
import { allTraffic, noTraffic, type TrafficSet, trafficSet } from '../traffic/traffic-set.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Perhaps } from './perhaps.ts';

/** Who is at the other end, as a group sees it. */
export interface OtherEnd {
  readonly address: Address;
  /** The interface that holds the address, so that rules that name groups can match; `null` where that is unknown or lost on the way. */
  readonly member: NetworkInterface | null;
  /** The network load balancer's node that passed it on: rules that name the balancer's group match whatever the address is. */
  readonly balancer?: NetworkInterface;
  /** Somebody asked for this very address, so that it may be one of a service of AWS. */
  readonly byAddress?: boolean;
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
  /** What rules that are not known may add; `null` where nothing is unknown. */
  perhapsGroups(each: NetworkInterface, direction: 'ingress' | 'egress', other: OtherEnd): Perhaps | null;
  perhapsAcl(acl: NetworkAcl, direction: 'ingress' | 'egress', address: Address): Perhaps | null;
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
  const doubts = new Map<number, readonly UnknownTraffic[]>();
  const doubtsOf = (each: NetworkInterface, direction: 'ingress' | 'egress'): readonly UnknownTraffic[] => {
    const key = setNumber(each) * 2 + (direction === 'egress' ? 1 : 0);
    const had = doubts.get(key);
    if (had) return had;
    const made = unknownRules(network, each, direction);
    doubts.set(key, made);
    return made;
  };
  const filters: Filters = {
    perhapsGroups(each, direction, other) {
      const unknown = [
        ...doubtsOf(each, direction),
        ...(other.byAddress ? serviceLists(network, each, direction, other.address) : []),
      ];
      return unknown.length === 0 ? null : widened(filters.groups(each, direction, other), unknown);
    },
    perhapsAcl(acl, direction, address) {
      const parts = network.unknownParts(acl.id, direction === 'ingress' ? 'acl-ingress' : 'acl-egress');
      if (parts.length === 0) return null;
      const unknown = parts.map(toTraffic);
      const sure = filters.acl(acl, direction, address);
      const about = unite(...unknown.map((each) => each.traffic));
      return { most: unite(sure, about), least: subtract(sure, about), unknowns: unknown.map((each) => each.unknown) };
    },
    groups(each, direction, other) {
      const set = setNumber(each);
      const listed = rulesOf(set, each, direction);
      const end = { vpc: each.vpc, direction };
      if (listed.length <= cheap || other.balancer) return allowedBy(network, listed, end, other);
      const member = other.member ? setNumber(other.member) + 1 : 0;
      const way = direction === 'egress' ? 1 : 0;
      const key = ((set * atoms + network.atomOf(other.address)) * 65536 + member) * 2 + way;
      const had = groupCache.get(key);
      if (had) return had;
      const allowed = allowedBy(network, listed, end, other);
      groupCache.set(key, allowed);
      return allowed;
    },
    matchingRules: (each, direction, other, packet) =>
      each.securityGroups
        .flatMap((id) => network.securityGroup(id) ?? [])
        .flatMap((group) =>
          group[direction]
            .filter(
              (rule) =>
                concerns(network, rule, { vpc: each.vpc, direction }, other) &&
                includes(trafficSet(rule.traffic), packet),
            )
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
  return filters;
}

interface UnknownTraffic {
  readonly traffic: TrafficSet;
  readonly unknown: Unknown;
}

/** Rules of an interface's groups that may concern anybody, and groups of which no rule is known. */
function unknownRules(
  network: NetworkIndex,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
): readonly UnknownTraffic[] {
  return each.securityGroups.flatMap((id): readonly UnknownTraffic[] =>
    network.securityGroup(id)
      ? network.unknownParts(id, direction).map(toTraffic)
      : [{ traffic: allTraffic, unknown: unknownGroup(id, each.name) }],
  );
}

function unknownGroup(id: string, name: string): Unknown {
  return {
    code: 'UNKNOWN_GROUP',
    cause: words(
      `The rules of ${id}, a security group of ${name}, are not in the templates.`,
      `${name}의 보안 그룹 ${id}의 규칙은 템플릿에 없습니다.`,
    ),
    next: words('load the template that makes the group as well', '그 그룹을 만드는 템플릿도 함께 불러오세요'),
  };
}

/** An address that somebody asks for may be one of a service whose list a rule names: AWS's own lists are not in the templates. */
function serviceLists(
  network: NetworkIndex,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
  address: Address,
): readonly UnknownTraffic[] {
  if (!includes(network.internet, address)) return [];
  return each.securityGroups
    .flatMap((id) => network.securityGroup(id)?.[direction] ?? [])
    .flatMap(({ peer, traffic }): readonly UnknownTraffic[] => {
      const list = peer.kind === 'prefix-list' ? network.prefixList(peer.id) : undefined;
      if (!list || list.statedBy !== null) return [];
      const unknown: Unknown = {
        code: 'UNKNOWN_PREFIX_LIST',
        cause: words(
          `Whether ${formatAddress(address)} is in ${list.name} is not known: AWS changes the list.`,
          `${formatAddress(address)}{이/가} ${list.name}에 있는지 알 수 없습니다. AWS가 목록을 바꿉니다.`,
        ),
        next: words(`ask for ${list.name} by its name`, `${list.name}{이라/라}는 이름으로 다시 실행하세요`),
      };
      return [{ traffic: trafficSet(traffic), unknown }];
    });
}

function toTraffic({ traffic, unknown }: UnknownPart): UnknownTraffic {
  return { traffic: traffic ? trafficSet(traffic) : allTraffic, unknown };
}

function widened(sure: TrafficSet, unknown: readonly UnknownTraffic[]): Perhaps | null {
  const adding = unknown.filter((each) => !isEmpty(subtract(each.traffic, sure)));
  if (adding.length === 0) return null;
  const most = unite(sure, ...adding.map((each) => each.traffic));
  return { most, least: sure, unknowns: adding.map((each) => each.unknown) };
}

interface PreparedRule {
  readonly rule: SecurityRule;
  readonly traffic: TrafficSet;
}

/** Up to so many rules are looked through faster than remembered. */
const cheap = 8;

function allowedBy(network: NetworkIndex, rules: readonly PreparedRule[], here: Here, other: OtherEnd): TrafficSet {
  let allowed: TrafficSet = noTraffic;
  for (const { rule, traffic } of rules) {
    if (concerns(network, rule, here, other)) allowed = allowed.length === 0 ? traffic : unite(allowed, traffic);
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

interface Here {
  readonly vpc: string;
  readonly direction: 'ingress' | 'egress';
}

/** Whether a rule is about the other end, whatever the traffic. */
function concerns(network: NetworkIndex, { peer }: SecurityRule, { vpc, direction }: Here, other: OtherEnd): boolean {
  switch (peer.kind) {
    case 'range':
      return holdsAddress(peer.range, other.address);
    case 'prefix-list':
      return (network.prefixList(peer.id)?.entries ?? []).some((entry) => holdsAddress(entry, other.address));
    case 'security-group': {
      const { member } = other;
      if (other.balancer?.securityGroups.includes(peer.id)) return true;
      if (!member?.securityGroups.includes(peer.id) || !member.addresses.includes(other.address)) return false;
      return network.knowsGroupsOf(vpc, member.vpc, direction);
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
