import type { Entry6, NetworkAcl, Subnet, Vpc } from '@terrace/cloud/views/network';
import { trafficExpression } from '../compile-traffic.ts';
import { digest } from '../names.ts';
import { type NetworkIndex, routerLink } from '../network-index.ts';
import type { Chain } from '../nftables.ts';
import { rangeExpression6 } from './range-expression6.ts';

/**
 * Network ACLs in IPv6, as in the other family. Neighbour discovery crosses no subnet's edge, so that no entry can stand in its way.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function compileNetworkAcls6(
  network: NetworkIndex,
  vpc: Vpc,
): { chains: Chain[]; egress: string[]; ingress: string[] } {
  const chains = new Map<string, Chain>();
  const jumps = { egress: [] as string[], ingress: [] as string[] };
  for (const subnet of network.subnetsOf(vpc.id)) {
    const acl = network.networkAcl(subnet.networkAcl);
    const links = network.interfacesIn(subnet.id).map((each) => `"${routerLink.interface(each.id)}"`);
    if (links.length === 0) continue;
    for (const direction of ['egress', 'ingress'] as const) {
      const entries = network.ipv6.entries[acl.id]?.[direction] ?? [];
      if (allowsEverything(entries)) continue;
      const name = edgeName(subnet, direction);
      const sameSubnet = direction === 'egress' ? 'oifname' : 'iifname';
      chains.set(aclName(acl, direction), { name: aclName(acl, direction), rules: entryRules(entries, direction) });
      chains.set(name, {
        name,
        rules: [`${sameSubnet} { ${links.join(', ')} } return`, `goto ${aclName(acl, direction)}`],
      });
      jumps[direction].push(...links.map((link) => `${link} : jump ${name}`));
    }
  }
  return { chains: [...chains.values()], ...jumps };
}

function entryRules(entries: readonly Entry6[], direction: 'egress' | 'ingress'): string[] {
  const field = direction === 'egress' ? 'daddr' : 'saddr';
  const rules = entries.map((entry) =>
    [
      rangeExpression6(field, [entry.range]),
      trafficExpression(entry.traffic),
      entry.action === 'allow' ? 'return' : 'drop',
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
  return [...rules, 'drop'];
}

function allowsEverything([first]: readonly Entry6[]): boolean {
  return first?.action === 'allow' && first.traffic.protocol === 'all' && first.range.length === 0;
}

function aclName(acl: NetworkAcl, direction: string): string {
  return `acl_${direction}_${digest(acl.id, 10)}`;
}

function edgeName(subnet: Subnet, direction: string): string {
  return `edge_${direction}_${digest(subnet.id, 10)}`;
}
