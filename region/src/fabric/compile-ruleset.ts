import { formatAddress, formatPrefix } from '@terrace/cloud/address';
import type { NetworkInterface, Peering, Vpc } from '@terrace/cloud/views/network';
import { endpointSource, hasGatewayEndpoint } from './compile-internet.ts';
import { compileNetworkAcls } from './compile-network-acls.ts';
import { compileSecurityGroups } from './compile-security-groups.ts';
import { digest, edgeTable, tableNumber, voidEnd } from './names.ts';
import { type NetworkIndex, passesOn, resolverAddresses, routerLink } from './network-index.ts';
import { type Chain, type Collection, tableText } from './nftables.ts';
import { alwaysTracked, untrackedFlows, untrackedMarks } from './untracked-flows.ts';

/**
 * The ruleset of a VPC's router, where no workload can touch it.
 *
 * A packet is classified by its incoming link (which sources it may carry, which route table it takes), routed, judged by the ACLs of
 * both subnets on every packet, and by the groups of both interfaces on the first packet of a flow.
 */
export function routerRuleset(network: NetworkIndex, vpc: Vpc): string {
  const interfaces = network.interfacesOf(vpc.id);
  const groups = compileSecurityGroups(network, vpc);
  const acls = compileNetworkAcls(network, vpc);
  const edges = compileEdges(network, vpc);
  const passing = interfaces.filter(passesOn);
  const maps: Collection[] = [
    { kind: 'map', name: 'route_table', type: 'ifname : mark', elements: routeTableElements(network, vpc, edges) },
    { kind: 'map', name: 'own_sources', type: 'ifname . ipv4_addr : mark', elements: ownSources(network, interfaces) },
    { kind: 'map', name: 'peers', type: 'ifname : verdict', elements: edges.peers },
    { kind: 'set', name: 'unchecked', type: 'ifname', elements: uncheckedLinks(interfaces) },
    { kind: 'map', name: 'acl_egress', type: 'ifname : verdict', elements: acls.egress },
    { kind: 'map', name: 'acl_ingress', type: 'ifname : verdict', elements: acls.ingress },
    { kind: 'map', name: 'egress', type: 'ifname : verdict', elements: [...groups.egress, ...edges.egress] },
    { kind: 'map', name: 'ingress', type: 'ifname : verdict', elements: [...groups.ingress, ...edges.ingress] },
    {
      kind: 'set',
      name: 'links',
      type: 'ifname',
      elements: [...interfaces.map((each) => quoted(each)), ...edges.links],
    },
    { kind: 'map', name: 'to_public', type: 'ipv4_addr : ipv4_addr', elements: publicPairs(interfaces, 'to-public') },
    { kind: 'map', name: 'to_private', type: 'ipv4_addr : ipv4_addr', elements: publicPairs(interfaces, 'to-private') },
    ...(passing.length > 0 ? [returnTables(passing), ownAddresses(passing)] : []),
    alwaysTracked(interfaces),
    ...groups.sets,
  ];
  return tableText('terrace', maps, [
    ...groups.chains,
    ...acls.chains,
    ...edges.chains,
    classify,
    ...(passing.length > 0 ? [passedOn] : []),
    untrackedFlows,
    forward(acls),
    input(vpc),
    output,
    ...translation(network, vpc),
  ]);
}

/** One look-up for what comes from an interface's own address, which is nearly everything: it names the route table. */
const classify: Chain = {
  name: 'classify',
  hook: 'type filter hook prerouting priority -300; policy accept;',
  rules: [
    'meta mark set iifname . ip saddr map @own_sources',
    'meta mark != 0 accept',
    'iifname "e*" iifname != @unchecked drop',
    `iifname "${voidEnd}" drop`,
    'iifname vmap @peers',
    'meta mark set iifname map @route_table',
  ],
};

/**
 * What a node of a Network Load Balancer hands on with its client's address is answered through the node, wherever the client is: the node
 * alone can put back the address that the client asked.
 */
const passedOn: Chain = {
  name: 'passed_on',
  hook: 'type filter hook prerouting priority -150; policy accept;',
  rules: [
    `ct direction reply ct mark 1-${untrackedMarks - 1} meta mark set ct mark`,
    'ct state new iifname . ip saddr != @own_addresses ct mark set iifname map @passes_on',
  ],
};

function ownAddresses(passing: readonly NetworkInterface[]): Collection {
  return {
    kind: 'set',
    name: 'own_addresses',
    type: 'ifname . ipv4_addr',
    elements: passing.flatMap((each) => each.addresses.map((address) => `${quoted(each)} . ${formatAddress(address)}`)),
  };
}

function returnTables(passing: readonly NetworkInterface[]): Collection {
  return {
    kind: 'map',
    name: 'passes_on',
    type: 'ifname : mark',
    elements: passing.map((each) => `${quoted(each)} : ${tableNumber(each.id)}`),
  };
}

/**
 * Looking a link up in a map costs every packet: where the ACLs of a direction allow everything there is no look-up, and what is left for a
 * packet of a tracked flow is one rule.
 */
function forward(acls: { readonly egress: readonly string[]; readonly ingress: readonly string[] }): Chain {
  return {
    name: 'forward',
    hook: 'type filter hook forward priority 0; policy drop;',
    rules: [
      ...(acls.egress.length > 0 ? ['iifname vmap @acl_egress'] : []),
      ...(acls.ingress.length > 0 ? ['oifname vmap @acl_ingress'] : []),
      `ct state established,related ct mark < ${untrackedMarks} accept`,
      `oifname "${routerLink.void}" drop`,
      `ct state established,related goto ${untrackedFlows.name}`,
      'iifname vmap @egress',
      'oifname vmap @ingress',
      'iifname @links oifname @links accept',
    ],
  };
}

/**
 * Resolver, instance metadata and time, which neither groups nor ACLs filter, and for the VPC's own interfaces only.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-basics
 */
function input(vpc: Vpc): Chain {
  return {
    name: 'input',
    hook: 'type filter hook input priority 0; policy drop;',
    rules: [
      'iifname "lo" accept',
      'ct state established,related accept',
      'iifname "e*" ip daddr 169.254.169.254 tcp dport 80 accept',
      'iifname "e*" ip daddr 169.254.169.123 udp dport 123 accept',
      ...(vpc.dnsSupport
        ? [
            `iifname "e*" ip daddr { ${resolverAddresses(vpc).join(', ')} } meta l4proto { tcp, udp } th dport 53 accept`,
          ]
        : []),
    ],
  };
}

/** The router itself never speaks: a packet without a route is silence, and it answers no ping. */
const output: Chain = {
  name: 'output',
  hook: 'type filter hook output priority 0; policy accept;',
  rules: ['meta l4proto icmp drop'],
};

/**
 * The internet gateway translates one to one; the service sees a gateway endpoint's requests from an address of the VPC's own.
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
function translation(network: NetworkIndex, vpc: Vpc): Chain[] {
  return [
    {
      name: 'from_internet_translation',
      hook: 'type nat hook prerouting priority -100; policy accept;',
      rules: [`iifname "${routerLink.internetGateway}" dnat to ip daddr map @to_private`],
    },
    {
      name: 'to_internet_translation',
      hook: 'type nat hook postrouting priority 100; policy accept;',
      rules: [
        `oifname "${routerLink.internetGateway}" snat to ip saddr map @to_public`,
        ...(hasGatewayEndpoint(network, vpc)
          ? [`oifname "${routerLink.services}" snat to ${formatAddress(endpointSource(vpc.id))}`]
          : []),
      ],
    },
  ];
}

interface Edges {
  readonly chains: Chain[];
  readonly egress: string[];
  readonly ingress: string[];
  /** What comes over a peering is judged on every packet, answers too. */
  readonly peers: string[];
  readonly links: string[];
}

/** What may come in and go out by the VPC's edges, judged on the first packet of a flow as groups are. */
function compileEdges(network: NetworkIndex, vpc: Vpc): Edges {
  const peerings = network.peeringsOf(vpc.id);
  const natLinks = network.interfacesOf(vpc.id).filter((each) => each.owner.kind === 'nat-gateway');
  const gateway = network.internetGatewayOf(vpc.id) !== undefined;
  const endpoint = hasGatewayEndpoint(network, vpc);
  const edgeLinks = [
    ...(gateway ? [routerLink.internetGateway] : []),
    ...(endpoint ? [routerLink.services] : []),
    ...peerings.map((each) => routerLink.peering(each.id)),
  ].map((name) => `"${name}"`);
  return {
    links: edgeLinks,
    chains: [
      ...(gateway ? [fromInternet, toInternet] : []),
      ...(endpoint ? [toServices] : []),
      ...peerings.map((each) => peerChain(network, vpc, each)),
      ...(natLinks.length > 0 && edgeLinks.length > 0 ? [toNat(edgeLinks)] : []),
    ],
    egress: [
      ...(gateway ? [`"${routerLink.internetGateway}" : jump ${fromInternet.name}`] : []),
      ...(endpoint ? [`"${routerLink.services}" : drop`] : []),
    ],
    peers: peerings.map((each) => `"${routerLink.peering(each.id)}" : jump ${peerChainName(each)}`),
    ingress: [
      ...(gateway ? [`"${routerLink.internetGateway}" : jump ${toInternet.name}`] : []),
      ...(endpoint ? [`"${routerLink.services}" : jump ${toServices.name}`] : []),
      ...(edgeLinks.length > 0 ? natLinks.map((each) => `${quoted(each)} : jump to_nat`) : []),
    ],
  };
}

const privateRanges = '{ 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, 169.254.0.0/16 }';

const fromInternet: Chain = { name: 'from_internet', rules: [`ip saddr ${privateRanges} drop`] };

/** Without a public address nothing passes the gateway. */
const toInternet: Chain = {
  name: 'to_internet',
  rules: [`ip daddr ${privateRanges} drop`, 'ip saddr @to_public return', 'drop'],
};

/** https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html VPCE_GATEWAY_PROTOCOL_RESTRICTION */
const toServices: Chain = {
  name: 'to_services',
  rules: ['meta l4proto tcp return', 'icmp type echo-request return', 'drop'],
};

/** Nothing can be started towards a NAT gateway, or through it, from outside its VPC. */
function toNat(edgeLinks: readonly string[]): Chain {
  return { name: 'to_nat', rules: [`iifname { ${edgeLinks.join(', ')} } drop`] };
}

/**
 * Only packets from one VPC's own range to the other's own range pass a peering. Where they arrive their source is judged here, and their
 * destination by the table of the VPC's edges.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
 */
function peerChain(network: NetworkIndex, vpc: Vpc, peering: Peering): Chain {
  const peer = network.vpc(peering.requester === vpc.id ? peering.accepter : peering.requester);
  return {
    name: peerChainName(peering),
    rules: [`ip saddr { ${peer.ranges.map(formatPrefix).join(', ')} } return`, 'drop'],
  };
}

function peerChainName(peering: Peering): string {
  return `from_peer_${digest(peering.id, 10)}`;
}

function routeTableElements(network: NetworkIndex, vpc: Vpc, edges: Edges): string[] {
  return [
    ...network.interfacesOf(vpc.id).map((each) => `${quoted(each)} : ${markOf(network, each)}`),
    ...edges.links.map((link) => `${link} : ${edgeTable}`),
  ];
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck */
function ownSources(network: NetworkIndex, interfaces: readonly NetworkInterface[]): string[] {
  return interfaces.flatMap((each) =>
    each.addresses.map((address) => `${quoted(each)} . ${formatAddress(address)} : ${markOf(network, each)}`),
  );
}

function markOf(network: NetworkIndex, each: NetworkInterface): number {
  return tableNumber(network.subnet(each.subnet).routeTable);
}

function uncheckedLinks(interfaces: readonly NetworkInterface[]): string[] {
  return interfaces
    .filter((each) => !each.sourceDestinationCheck || each.owner.kind === 'nat-gateway')
    .map((each) => quoted(each));
}

function publicPairs(interfaces: readonly NetworkInterface[], direction: 'to-public' | 'to-private'): string[] {
  return interfaces.flatMap((each) => {
    if (each.publicAddress === null) return [];
    const pair = [formatAddress(each.addresses[0]!), formatAddress(each.publicAddress)];
    return [(direction === 'to-public' ? pair : pair.reverse()).join(' : ')];
  });
}

function quoted(each: NetworkInterface): string {
  return `"${routerLink.interface(each.id)}"`;
}
