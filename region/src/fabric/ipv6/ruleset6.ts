import { formatAddress6, formatPrefix6 } from '@terrace/cloud/address6';
import type { NetworkInterface, Peering, Vpc } from '@terrace/cloud/views/network';
import { digest, edgeTable, tableNumber, voidEnd } from '../names.ts';
import { type NetworkIndex, routerLink } from '../network-index.ts';
import { type Chain, tableText } from '../nftables.ts';
import { alwaysTracked, untrackedFlows, untrackedMarks } from '../untracked-flows.ts';
import { hasEgressOnlyGateway } from './internet6.ts';
import { compileNetworkAcls6 } from './network-acls6.ts';
import { compileSecurityGroups6 } from './security-groups6.ts';

/**
 * The ruleset of a VPC's router in IPv6, in the order of the other family's: sources, ACLs on every packet, groups on the first of a flow. No address is
 * translated. Empty for a VPC without IPv6.
 */
export function routerRuleset6(network: NetworkIndex, vpc: Vpc): string {
  if ((network.ipv6.ranges[vpc.id] ?? []).length === 0) return '';
  const interfaces = network.interfacesOf(vpc.id).filter((each) => network.addresses6(each.id).length > 0);
  const groups = compileSecurityGroups6(network, vpc, interfaces);
  const acls = compileNetworkAcls6(network, vpc);
  const edges = compileEdges(network, vpc);
  const marks = new Map(
    interfaces.map((each) => [each.id, tableNumber(network.subnet(each.subnet).routeTable)] as const),
  );
  const links = [...interfaces.map(quoted), ...edges.links];
  return tableText(
    'terrace',
    [
      {
        kind: 'map',
        name: 'route_table',
        type: 'ifname : mark',
        elements: [
          ...interfaces.map((each) => `${quoted(each)} : ${marks.get(each.id)}`),
          ...edges.links.map((link) => `${link} : ${edgeTable}`),
        ],
      },
      {
        kind: 'map',
        name: 'own_sources',
        type: 'ifname . ipv6_addr : mark',
        elements: interfaces.flatMap((each) =>
          network
            .addresses6(each.id)
            .map((address) => `${quoted(each)} . ${formatAddress6(address)} : ${marks.get(each.id)}`),
        ),
      },
      { kind: 'map', name: 'peers', type: 'ifname : verdict', elements: edges.peers },
      { kind: 'set', name: 'unchecked', type: 'ifname', elements: uncheckedLinks(interfaces) },
      { kind: 'set', name: 'closed', type: 'ifname', elements: closedLinks(network, interfaces) },
      { kind: 'map', name: 'acl_egress', type: 'ifname : verdict', elements: acls.egress },
      { kind: 'map', name: 'acl_ingress', type: 'ifname : verdict', elements: acls.ingress },
      { kind: 'map', name: 'egress', type: 'ifname : verdict', elements: [...groups.egress, ...edges.egress] },
      { kind: 'map', name: 'ingress', type: 'ifname : verdict', elements: [...groups.ingress, ...edges.ingress] },
      { kind: 'set', name: 'links', type: 'ifname', elements: links },
      alwaysTracked(interfaces),
      ...groups.sets,
    ],
    [
      ...groups.chains,
      ...acls.chains,
      ...edges.chains,
      classify,
      untrackedFlows,
      forward(hasEgressOnlyGateway(network, vpc.id)),
      input,
      output,
    ],
    'ip6',
  );
}

const classify: Chain = {
  name: 'classify',
  hook: 'type filter hook prerouting priority -300; policy accept;',
  rules: [
    'meta mark set iifname . ip6 saddr map @own_sources',
    'meta mark != 0 accept',
    'iifname "e*" iifname != @unchecked drop',
    `iifname "${voidEnd}" drop`,
    'iifname vmap @peers',
    'meta mark set iifname map @route_table',
  ],
};

/**
 * An egress-only gateway lets in answers alone, and carries none of its VPC's: what comes in by an internet gateway is not answered by it.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
 */
function forward(hasEgressOnly: boolean): Chain {
  return {
    name: 'forward',
    hook: 'type filter hook forward priority 0; policy drop;',
    rules: [
      'iifname vmap @acl_egress',
      'oifname vmap @acl_ingress',
      ...(hasEgressOnly
        ? [
            `iifname "${routerLink.egressOnlyGateway}" ct direction original drop`,
            `oifname "${routerLink.egressOnlyGateway}" ct direction reply drop`,
          ]
        : []),
      `ct state established,related ct mark < ${untrackedMarks} accept`,
      `oifname "${routerLink.void}" drop`,
      `ct state established,related goto ${untrackedFlows.name}`,
      'iifname vmap @egress',
      'oifname vmap @ingress',
      'iifname @links oifname @links accept',
    ],
  };
}

/** Neighbours are known from the start; nothing else is asked of the router itself. */
const input: Chain = {
  name: 'input',
  hook: 'type filter hook input priority 0; policy drop;',
  rules: ['iifname "lo" accept', 'ct state established,related accept'],
};

/** The router never speaks by itself: a packet without a route is silence. */
const output: Chain = {
  name: 'output',
  hook: 'type filter hook output priority 0; policy accept;',
  rules: ['meta l4proto ipv6-icmp drop'],
};

interface Edges {
  readonly chains: Chain[];
  readonly egress: string[];
  readonly ingress: string[];
  /** What comes over a peering is judged on every packet, answers too. */
  readonly peers: string[];
  readonly links: string[];
}

function compileEdges(network: NetworkIndex, vpc: Vpc): Edges {
  const peerings = network.peeringsOf(vpc.id);
  const gateways = [
    ...(network.internetGatewayOf(vpc.id) ? [routerLink.internetGateway] : []),
    ...(hasEgressOnlyGateway(network, vpc.id) ? [routerLink.egressOnlyGateway] : []),
  ].map((name) => `"${name}"`);
  return {
    links: [...gateways, ...peerings.map((each) => `"${routerLink.peering(each.id)}"`)],
    chains: [
      ...(gateways.length > 0 ? [fromInternet, toInternet] : []),
      ...peerings.map((each) => peerChain(network, vpc, each)),
    ],
    egress: gateways.map((link) => `${link} : jump ${fromInternet.name}`),
    ingress: gateways.map((link) => `${link} : jump ${toInternet.name}`),
    peers: peerings.map((each) => `"${routerLink.peering(each.id)}" : jump ${peerChainName(each)}`),
  };
}

/** Global unicast addresses are the internet's; unique local ones never leave a VPC. https://www.rfc-editor.org/rfc/rfc4193 */
const fromInternet: Chain = { name: 'from_internet', rules: ['ip6 saddr != 2000::/3 drop', 'oifname @closed drop'] };
const toInternet: Chain = { name: 'to_internet', rules: ['ip6 daddr != 2000::/3 drop', 'ip6 saddr != 2000::/3 drop'] };

/** https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations */
function peerChain(network: NetworkIndex, vpc: Vpc, peering: Peering): Chain {
  const ranges = network.ipv6.ranges[peering.requester === vpc.id ? peering.accepter : peering.requester] ?? [];
  const own = ranges.length > 0 ? [`ip6 saddr { ${ranges.map(formatPrefix6).join(', ')} } return`] : [];
  return { name: peerChainName(peering), rules: [...own, 'drop'] };
}

function peerChainName(peering: Peering): string {
  return `from_peer_${digest(peering.id, 10)}`;
}

function uncheckedLinks(interfaces: readonly NetworkInterface[]): string[] {
  return interfaces.filter((each) => !each.sourceDestinationCheck).map(quoted);
}

function closedLinks(network: NetworkIndex, interfaces: readonly NetworkInterface[]): string[] {
  return interfaces.filter(({ id }) => network.ipv6.closed.includes(id)).map(quoted);
}

function quoted(each: NetworkInterface): string {
  return `"${routerLink.interface(each.id)}"`;
}
