import type { AclEntry, NetworkAcl, Subnet, Vpc } from '@terrace/cloud/views/network';
import { rangeExpression, trafficExpression } from './compile-traffic.ts';
import { digest } from './names.ts';
import { type NetworkIndex, routerLink } from './network-index.ts';
import type { Chain } from './nftables.ts';

/**
 * Network ACLs: stateless, in rule-number order, first match, final deny, where a packet leaves or enters a subnet and never
 * between two interfaces of one. A subnet whose ACL allows everything has nothing here.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function compileNetworkAcls(
  network: NetworkIndex,
  vpc: Vpc,
): { chains: Chain[]; egress: string[]; ingress: string[] } {
  const chains = new Map<string, Chain>();
  const egress: string[] = [];
  const ingress: string[] = [];
  for (const subnet of network.subnetsOf(vpc.id)) {
    const acl = network.networkAcl(subnet.networkAcl);
    const links = network.interfacesIn(subnet.id).map((each) => routerLink.interface(each.id));
    if (links.length === 0) continue;
    if (!allowsEverything(acl.egress)) {
      addDirection(chains, acl, 'egress', subnet, links);
      egress.push(...links.map((link) => `"${link}" : jump ${edgeName(subnet, 'egress')}`));
    }
    if (!allowsEverything(acl.ingress)) {
      addDirection(chains, acl, 'ingress', subnet, links);
      ingress.push(...links.map((link) => `"${link}" : jump ${edgeName(subnet, 'ingress')}`));
    }
  }
  return { chains: [...chains.values()], egress, ingress };
}

function addDirection(
  chains: Map<string, Chain>,
  acl: NetworkAcl,
  direction: 'egress' | 'ingress',
  subnet: Subnet,
  links: readonly string[],
): void {
  const entries = aclName(acl, direction);
  const sameSubnet = direction === 'egress' ? 'oifname' : 'iifname';
  chains.set(entries, { name: entries, rules: entryRules(acl[direction], direction) });
  chains.set(edgeName(subnet, direction), {
    name: edgeName(subnet, direction),
    rules: [`${sameSubnet} { ${links.map((link) => `"${link}"`).join(', ')} } return`, `goto ${entries}`],
  });
}

function entryRules(entries: readonly AclEntry[], direction: 'egress' | 'ingress'): string[] {
  const field = direction === 'egress' ? 'daddr' : 'saddr';
  return [
    ...entries.map((entry) =>
      [
        rangeExpression(field, [entry.range]),
        trafficExpression(entry.traffic),
        entry.action === 'allow' ? 'return' : 'drop',
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    'drop',
  ];
}

function allowsEverything(entries: readonly AclEntry[]): boolean {
  const first = entries[0];
  return first?.action === 'allow' && first.traffic.protocol === 'all' && first.range.length === 0;
}

function aclName(acl: NetworkAcl, direction: string): string {
  return `acl_${direction}_${digest(acl.id, 10)}`;
}

function edgeName(subnet: Subnet, direction: string): string {
  return `edge_${direction}_${digest(subnet.id, 10)}`;
}
