import { type Address6, holdsAddress6 } from '@terrace/cloud/address6';
import type { NetworkInterface, PortRange, SecurityRule } from '@terrace/cloud/views/network';
import { intersect, subtract, unite } from '../../traffic/intervals.ts';
import { allTraffic, answered, noTraffic, type TrafficSet, trafficSet6 } from '../../traffic/traffic-set.ts';
import { component } from '../components.ts';
import type { Filters } from '../filters.ts';
import type { End6, Recorder, Way } from '../journey.ts';
import type { NetworkIndex } from '../network-index.ts';

/** An interface's groups in the other family: rules that name an IPv6 range, and those that name a group. */
export function groups6(
  { network, filters }: { readonly network: NetworkIndex; readonly filters: Filters },
  recorder: Recorder,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
  other: End6,
): void {
  const way = 'forward';
  if (!each.filtered) return;
  const { rules } = network.modelled.ipv6;
  const ranges = each.securityGroups
    .flatMap((id) => rules[id]?.[direction] ?? [])
    .filter((rule) => holdsAddress6(rule.range, other.address));
  const named = each.securityGroups
    .flatMap((id) => network.securityGroup(id)?.[direction] ?? [])
    .filter((rule) => namesGroupOf(network, rule, each.vpc, direction, other.interface));
  const allowed = unite(noTraffic, ...[...ranges, ...named].map((rule) => trafficSet6(rule.traffic)));
  const doubts = filters.perhapsGroups(each, direction, { address: 0, member: null });
  if (!doubts) {
    recorder.add({ kind: 'six', way, allowed, by: { kind: 'groups', interface: each, direction, other } });
    return;
  }
  const unknown = each.securityGroups.map((id) => unknownTraffic(network, id, direction));
  recorder.add({
    kind: 'group',
    way,
    interface: each,
    direction,
    other: { address: 0, member: null },
    membershipLost: null,
    allowed,
    perhaps: { ...doubts, most: unite(allowed, ...unknown), least: allowed },
  });
}

function unknownTraffic(network: NetworkIndex, group: string, direction: 'ingress' | 'egress'): TrafficSet {
  if (!network.securityGroup(group)) return allTraffic;
  return unite(
    noTraffic,
    ...network.unknownParts(group, direction).map(({ traffic }) => (traffic ? trafficSet6(traffic) : allTraffic)),
  );
}

function namesGroupOf(
  network: NetworkIndex,
  { peer }: SecurityRule,
  vpc: string,
  direction: 'ingress' | 'egress',
  member: NetworkInterface | null,
): boolean {
  if (peer.kind !== 'security-group' || !member?.securityGroups.includes(peer.id)) return false;
  return network.knowsGroupsOf(vpc, member.vpc, direction);
}

/** Entries of an ACL in their order, for what crosses the edge of a subnet. */
export function acl6(
  network: NetworkIndex,
  recorder: Recorder,
  way: Way,
  crossed: string,
  direction: 'ingress' | 'egress',
  address: Address6,
  clientPorts: PortRange | null = null,
): void {
  const subnet = network.subnet(crossed);
  const acl = network.networkAcl(subnet.networkAcl);
  let undecided: TrafficSet = allTraffic;
  let allowed: TrafficSet = noTraffic;
  for (const entry of network.modelled.ipv6.entries[acl.id]?.[direction] ?? []) {
    if (!holdsAddress6(entry.range, address)) continue;
    const matched = trafficSet6(entry.traffic);
    if (entry.action === 'allow') allowed = unite(allowed, intersect(matched, undecided));
    undecided = subtract(undecided, matched);
  }
  const passed = clientPorts === null ? allowed : answered(allowed, clientPorts).always;
  recorder.add({ kind: 'six', way, allowed: passed, by: { kind: 'acl', acl, subnet, direction, clientPorts } });
  const [unknown] = network.unknownParts(acl.id, direction === 'ingress' ? 'acl-ingress' : 'acl-egress');
  if (unknown) recorder.add({ kind: 'doubt', way, at: component('network-acl', acl), unknown: unknown.unknown });
}
