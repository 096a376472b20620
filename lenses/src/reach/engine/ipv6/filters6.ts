import { type Address6, holdsAddress6 } from '@terrace/cloud/address6';
import type { NetworkInterface, PortRange, SecurityRule } from '@terrace/cloud/views/network';
import { intersect, subtract, unite } from '../../traffic/intervals.ts';
import { allTraffic, answered, noTraffic, type TrafficSet, trafficSet } from '../../traffic/traffic-set.ts';
import type { Filters } from '../filters.ts';
import type { Recorder, Way } from '../journey.ts';
import type { NetworkIndex } from '../network-index.ts';

/** An interface's groups in the other family: rules that name an IPv6 range, and those that name a group. */
export function groups6(
  { network, filters }: { readonly network: NetworkIndex; readonly filters: Filters },
  recorder: Recorder,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
  other: { readonly address: Address6; readonly member: NetworkInterface | null },
): void {
  if (!each.filtered) return;
  const { rules } = network.modelled.ipv6;
  const ranges = each.securityGroups
    .flatMap((id) => rules[id]?.[direction] ?? [])
    .filter((rule) => holdsAddress6(rule.range, other.address));
  const named = each.securityGroups
    .flatMap((id) => network.securityGroup(id)?.[direction] ?? [])
    .filter((rule) => isAbout(network, rule, each.vpc, direction, other.member));
  const allowed = unite(noTraffic, ...[...ranges, ...named].map((rule) => trafficSet(rule.traffic)));
  const doubts = filters.perhapsGroups(each, direction, { address: 0, member: null });
  const most = doubts
    ? unite(allowed, ...each.securityGroups.map((id) => unknownTraffic(network, id, direction)))
    : allowed;
  recorder.add({
    kind: 'group',
    way: 'forward',
    interface: each,
    direction,
    other: { address: 0, member: null },
    membershipLost: null,
    allowed,
    perhaps: doubts && { ...doubts, most, least: allowed },
  });
}

function unknownTraffic(network: NetworkIndex, group: string, direction: 'ingress' | 'egress'): TrafficSet {
  if (!network.securityGroup(group)) return allTraffic;
  return unite(
    noTraffic,
    ...network.unknownParts(group, direction).map(({ traffic }) => (traffic ? trafficSet(traffic) : allTraffic)),
  );
}

/** A rule that AWS supplies lets everything out by both families. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
function isAbout(
  network: NetworkIndex,
  { peer, statedBy }: SecurityRule,
  vpc: string,
  direction: 'ingress' | 'egress',
  member: NetworkInterface | null,
): boolean {
  if (peer.kind === 'range') return statedBy === null && direction === 'egress';
  if (peer.kind !== 'security-group' || !member?.securityGroups.includes(peer.id)) return false;
  return network.knowsGroupsOf(vpc, member.vpc, direction);
}

/** The default ACL lets everything through in both families until entries are added to it. */
export function acl6(
  network: NetworkIndex,
  recorder: Recorder,
  way: Way,
  crossed: string,
  direction: 'ingress' | 'egress',
  address: Address6,
  clientPorts: PortRange | null = null,
): void {
  const acl = network.networkAcl(network.subnet(crossed).networkAcl);
  let undecided: TrafficSet = allTraffic;
  let allowed: TrafficSet = noTraffic;
  for (const entry of network.modelled.ipv6.entries[acl.id]?.[direction] ?? []) {
    if (!holdsAddress6(entry.range, address)) continue;
    const matched = trafficSet(entry.traffic);
    if (entry.action === 'allow') allowed = unite(allowed, intersect(matched, undecided));
    undecided = subtract(undecided, matched);
  }
  if (acl.isDefault) allowed = unite(allowed, undecided);
  const unknown = network.unknownParts(acl.id, direction === 'ingress' ? 'acl-ingress' : 'acl-egress');
  const passed = clientPorts === null ? allowed : answered(allowed, clientPorts).always;
  recorder.limit(way, passed);
  if (unknown[0]) {
    recorder.add({
      kind: 'doubt',
      way,
      at: { kind: 'network-acl', id: acl.id, name: acl.name, statedBy: acl.statedBy },
      unknown: unknown[0].unknown,
    });
  }
}
