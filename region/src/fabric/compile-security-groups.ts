import { formatAddress, type Prefix } from '@terrace/cloud/address';
import type { NetworkInterface, SecurityGroup, SecurityRule, Vpc } from '@terrace/cloud/views/network';
import { rangeExpression, trafficExpression } from './compile-traffic.ts';
import { digest } from './names.ts';
import { type NetworkIndex, passesOn, routerLink } from './network-index.ts';
import type { Chain, Collection } from './nftables.ts';
import { type UntrackedRule, untrackedRules } from './untracked-flows.ts';

/**
 * Security groups: one chain for each set of groups and direction that an interface of the VPC has, and one set of private addresses for
 * each group that a rule names. A chain returns what one of the groups allows, and drops the rest: neither direction
 * ever accepts for the other.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 */
export function compileSecurityGroups(
  network: NetworkIndex,
  vpc: Vpc,
): { chains: Chain[]; sets: Collection[]; egress: string[]; ingress: string[] } {
  const filtered = network.interfacesOf(vpc.id).filter((each) => each.filtered);
  const combinations = new Map(filtered.map((each) => [combinationName(each), groupsOf(network, each)]));
  const named = new Set<string>();
  const chains = [...combinations].flatMap(([name, groups]) => {
    const egress = groups.flatMap((group) => group.egress);
    const ingress = groups.flatMap((group) => group.ingress);
    const [out, into] = [egress.map(asUntracked), ingress.map(asUntracked)];
    return [
      directionChain(network, vpc, `egress_${name}`, 'daddr', egress, named, untrackedRules('egress', out, into)),
      directionChain(network, vpc, `ingress_${name}`, 'saddr', ingress, named, untrackedRules('ingress', into, out)),
    ];
  });
  return {
    chains,
    sets: network.view.securityGroups
      .flatMap((group) => [memberSet(network, group.id), senderSet(network, vpc, group.id)])
      .filter((set) => named.has(set.name)),
    egress: filtered.map((each) => `"${routerLink.interface(each.id)}" : jump egress_${combinationName(each)}`),
    ingress: filtered.map((each) => `"${routerLink.interface(each.id)}" : jump ingress_${combinationName(each)}`),
  };
}

function asUntracked({ traffic, peer }: SecurityRule): UntrackedRule {
  return { traffic, isEverywhere: peer.kind === 'range' && peer.range.length === 0 };
}

/** Chains are called by the groups that an interface has. */
export function combinationName(each: NetworkInterface): string {
  return digest([...each.securityGroups].sort().join(' '), 10);
}

export function groupsOf(network: NetworkIndex, each: NetworkInterface): SecurityGroup[] {
  return each.securityGroups.flatMap((id) => network.securityGroup(id) ?? []);
}

/** Rules only allow and have no order, so those of the same traffic become one. */
function directionChain(
  network: NetworkIndex,
  vpc: Vpc,
  name: string,
  field: 'saddr' | 'daddr',
  rules: readonly SecurityRule[],
  named: Set<string>,
  first: readonly string[],
): Chain {
  const ranges = new Map<string, Prefix[]>();
  const lines: string[] = [];
  for (const rule of rules) {
    const traffic = trafficExpression(rule.traffic);
    if (rule.peer.kind === 'security-group') {
      if (!canBeNamed(network, vpc, rule.peer.id)) continue;
      const set = field === 'saddr' ? senderSetName(rule.peer.id) : memberSetName(rule.peer.id);
      named.add(set);
      lines.push(line(traffic, field === 'saddr' ? `iifname . ip saddr @${set}` : `ip daddr @${set}`));
      const passing =
        field === 'saddr'
          ? network.membersOf(rule.peer.id).filter((each) => each.vpc === vpc.id && passesOn(each))
          : [];
      if (passing.length > 0) lines.push(line(traffic, handedOnBy(passing)));
    } else {
      const entries = rule.peer.kind === 'range' ? [rule.peer.range] : prefixListEntries(network, rule.peer.id);
      ranges.set(traffic, [...(ranges.get(traffic) ?? []), ...entries]);
    }
  }
  for (const [traffic, prefixes] of ranges) {
    const addresses = rangeExpression(field, prefixes);
    if (addresses !== undefined) lines.push(line(traffic, addresses));
  }
  return { name, rules: [...first, ...new Set(lines), 'drop'] };
}

function line(traffic: string, addresses: string): string {
  return [addresses, traffic, 'return'].filter((part) => part !== '').join(' ');
}

/**
 * A rule that names a Network Load Balancer's group admits what it hands on, whoever sent it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function handedOnBy(nodes: readonly NetworkInterface[]): string {
  return `iifname { ${nodes.map((each) => `"${routerLink.interface(each.id)}"`).join(', ')} }`;
}

/**
 * A rule may name a group of the same VPC or of one peered with it; it stands for the private addresses of the members.
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function canBeNamed(network: NetworkIndex, vpc: Vpc, id: string): boolean {
  const group = network.securityGroup(id);
  if (!group) return false;
  return (
    group.vpc === vpc.id ||
    network.peeringsOf(vpc.id).some((each) => each.requester === group.vpc || each.accepter === group.vpc)
  );
}

function memberSet(network: NetworkIndex, id: string): Collection {
  return {
    kind: 'set',
    name: memberSetName(id),
    type: 'ipv4_addr',
    elements: [...new Set(network.membersOf(id).flatMap((each) => each.addresses.map(formatAddress)))].sort(),
  };
}

function memberSetName(id: string): string {
  return `members_${digest(id, 12)}`;
}

/**
 * Members by the link that their packets come in by. What somebody else forwards for a member comes in by another, and
 * counts by its address only.
 *
 * https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html SG_REFERENCES_NOT_PRESERVED
 */
function senderSet(network: NetworkIndex, vpc: Vpc, id: string): Collection {
  const elements = network.membersOf(id).flatMap((each) => {
    const links =
      each.vpc === vpc.id
        ? [routerLink.interface(each.id)]
        : network
            .peeringsOf(vpc.id)
            .filter((peering) => peering.requester === each.vpc || peering.accepter === each.vpc)
            .map((peering) => routerLink.peering(peering.id));
    return links.flatMap((link) => each.addresses.map((address) => `"${link}" . ${formatAddress(address)}`));
  });
  return {
    kind: 'set',
    name: senderSetName(id),
    type: 'ifname . ipv4_addr',
    elements: [...new Set(elements)].sort(),
  };
}

function senderSetName(id: string): string {
  return `senders_${digest(id, 12)}`;
}

function prefixListEntries(network: NetworkIndex, id: string): readonly Prefix[] {
  return network.view.prefixLists.find((each) => each.id === id)?.entries ?? [];
}
