import { formatAddress6 } from '@terrace/cloud/address6';
import { internetClient6 } from '@terrace/cloud/allocate/public-addresses';
import type { Vpc } from '@terrace/cloud/views/network';
import { digest, macAddress } from '../names.ts';
import { type NetworkIndex, routerLink } from '../network-index.ts';
import type { NamespacePlan } from '../plan.ts';
import { router6, silent6, speaking6 } from './host6.ts';

/** The link of a VPC's egress-only internet gateway, as the internet calls it. */
export function egressOnlyLink(vpc: string): string {
  return `o${digest(vpc, 12)}`;
}

/** Whether a VPC's traffic may leave by an egress-only internet gateway. */
export function hasEgressOnlyGateway(network: NetworkIndex, vpc: string): boolean {
  return network.subnetsOf(vpc).some((subnet) => {
    const routes = network.ipv6.routes[subnet.routeTable] ?? [];
    return routes.some(({ target }) => target.kind === 'egress-only-gateway');
  });
}

/** The internet's part in IPv6: a client, and every address of a VPC that has a gateway; no address is translated. */
export function internetPlan6(
  network: NetworkIndex,
  ways: readonly { readonly vpc: Vpc; readonly link: string }[],
): Pick<NamespacePlan, 'settings' | 'addresses' | 'neighbours' | 'routes'> {
  if (ways.length === 0) return { settings: silent6, addresses: [], neighbours: [], routes: [] };
  const client = formatAddress6(internetClient6);
  const firstWays = ways.filter(({ vpc }, index) => ways.findIndex((each) => each.vpc.id === vpc.id) === index);
  return {
    settings: { ...speaking6, 'ipv6/conf/all/forwarding': '1' },
    addresses: [`${client}/128 dev lo nodad`],
    neighbours: ways.map(({ link }) => `${router6} lladdr ${macAddress(`${link} router`)} dev ${link}`),
    routes: [
      `::/0 dev ${routerLink.void} src ${client}`,
      ...firstWays.flatMap(({ vpc, link }) =>
        network
          .interfacesOf(vpc.id)
          .flatMap((each) => network.addresses6(each.id))
          .map((address) => `${formatAddress6(address)}/128 via ${router6} dev ${link} src ${client}`),
      ),
    ],
  };
}

export const internetRuleset6 = `table ip6 terrace {
  chain forward {
    type filter hook forward priority 0; policy accept;
    oifname "${routerLink.void}" drop
  }
  chain output {
    type filter hook output priority 0; policy accept;
    oifname "${routerLink.void}" drop
  }
}
`;
