import { type Address, formatAddress, formatPrefix } from '@terrace/cloud/address';
import { internetClient, servicePool } from '@terrace/cloud/allocate/public-addresses';
import type { Vpc } from '@terrace/cloud/views/network';
import { egressOnlyLink, hasEgressOnlyGateway, internetPlan6, internetRuleset6 } from './ipv6/internet6.ts';
import { digest, gatewayLink, internet, macAddress, routerNamespace, servicesLink, voidEnd } from './names.ts';
import { type NetworkIndex, routerLink } from './network-index.ts';
import type { LinkPlan, NamespacePlan } from './plan.ts';

/** The next hop on a link without addresses of its own: the other end, by a neighbour entry. */
export const otherEnd = '169.254.253.254';

const internetMtu = 1500;

/**
 * The internet of a region: one namespace with a client in it and AWS's public endpoints, linked to every internet gateway.
 * Nothing lies behind it: what it does not know it drops in silence.
 */
export function compileInternet(network: NetworkIndex): { links: LinkPlan[]; namespace: NamespacePlan } {
  const gateways = network.view.vpcs.filter((vpc) => network.internetGatewayOf(vpc.id));
  const endpoints = network.view.vpcs.filter((vpc) => hasGatewayEndpoint(network, vpc));
  const egressOnly = network.view.vpcs.filter((vpc) => hasEgressOnlyGateway(network, vpc.id));
  const six = internetPlan6(network, [
    ...gateways
      .filter((vpc) => (network.ipv6.ranges[vpc.id] ?? []).length > 0)
      .map((vpc) => ({ vpc, link: gatewayLink(vpc.id) })),
    ...egressOnly.map((vpc) => ({ vpc, link: egressOnlyLink(vpc.id) })),
  ]);
  const links = [
    voidLink(internet),
    ...gateways.map((vpc) => link(vpc, routerLink.internetGateway, gatewayLink(vpc.id))),
    ...egressOnly.map((vpc) => link(vpc, routerLink.egressOnlyGateway, egressOnlyLink(vpc.id))),
    ...endpoints.map((vpc) => link(vpc, routerLink.services, servicesLink(vpc.id))),
  ];
  const neighbours = [...gateways.map((vpc) => gatewayLink(vpc.id)), ...endpoints.map((vpc) => servicesLink(vpc.id))];
  return {
    links,
    namespace: {
      name: internet,
      settings: {
        'ipv4/ip_forward': '1',
        'ipv4/conf/all/rp_filter': '0',
        'ipv4/conf/default/rp_filter': '0',
        'ipv4/conf/all/send_redirects': '0',
        'ipv4/ip_unprivileged_port_start': '0',
        'ipv4/ping_group_range': '0 0',
        ...six.settings,
      },
      linkSettings: {},
      addresses: [`${formatAddress(internetClient)}/32 dev lo`, ...six.addresses],
      neighbours: [
        ...neighbours.map((name) => `${otherEnd} lladdr ${macAddress(`${name} router`)} dev ${name}`),
        ...six.neighbours,
      ],
      routes: [
        `local ${formatPrefix(servicePool)} dev lo`,
        `default dev ${routerLink.void} src ${formatAddress(internetClient)}`,
        ...gateways.flatMap((vpc) =>
          publicAddresses(network, vpc).map(
            (address) =>
              `${formatAddress(address)}/32 via ${otherEnd} dev ${gatewayLink(vpc.id)} onlink src ${formatAddress(internetClient)}`,
          ),
        ),
        ...endpoints.map(
          (vpc) => `${formatAddress(endpointSource(vpc.id))}/32 via ${otherEnd} dev ${servicesLink(vpc.id)} onlink`,
        ),
        ...six.routes,
      ],
      rules: [],
      rules6: [],
      ruleset: internetRuleset + internetRuleset6,
    },
  };
}

/** Both ends in one namespace: what is sent into it comes to nothing. */
export function voidLink(namespace: string): LinkPlan {
  return {
    mtu: internetMtu,
    ends: [
      { namespace, name: routerLink.void, mac: macAddress(`${namespace} void`) },
      { namespace, name: voidEnd, mac: macAddress(`${namespace} void-end`) },
    ],
  };
}

/** What a VPC's requests through a gateway endpoint come from, as seen by the service. */
export function endpointSource(vpc: string): Address {
  return servicePool.base + 0x8000 + (Number.parseInt(digest(vpc, 6), 16) % 0x7fff);
}

export function hasGatewayEndpoint(network: NetworkIndex, vpc: Vpc): boolean {
  return network.view.gatewayEndpoints.some((each) => each.vpc === vpc.id);
}

function publicAddresses(network: NetworkIndex, vpc: Vpc): Address[] {
  return network.interfacesOf(vpc.id).flatMap((each) => (each.publicAddress === null ? [] : [each.publicAddress]));
}

function link(vpc: Vpc, inRouter: string, inInternet: string): LinkPlan {
  return {
    mtu: internetMtu,
    ends: [
      { namespace: routerNamespace(vpc.id), name: inRouter, mac: macAddress(`${inInternet} router`) },
      { namespace: internet, name: inInternet, mac: macAddress(`${inInternet} internet`) },
    ],
  };
}

const internetRuleset = `table ip terrace {
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
