import { formatAddress, formatPrefix } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { hostPlan6 } from './ipv6/host6.ts';
import { macAddress, ownerNamespace, routerNamespace, tableNumber } from './names.ts';
import { type NetworkIndex, passesOn, routerLink } from './network-index.ts';
import type { LinkPlan, NamespacePlan } from './plan.ts';

/** Jumbo frames, as within a VPC. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html */
export const vpcMtu = 9001;

/** The namespace that holds an interface. */
export function namespaceOf(each: NetworkInterface): string {
  return ownerNamespace(each.owner, each.id);
}

/** One interface: its link to the router, and what its owner's namespace holds because of it. */
export function compileInterface(
  network: NetworkIndex,
  each: NetworkInterface,
): { link: LinkPlan; namespace: NamespacePlan } {
  const subnet = network.subnet(each.subnet);
  const index = each.owner.kind === 'instance' ? each.owner.index : 0;
  const device = `eth${index}`;
  const gateway = formatAddress(subnet.range.base + 1);
  const name = namespaceOf(each);
  const six = hostPlan6(network, each, device);
  const routing = index === 0 ? primaryRouting(gateway, device) : secondaryRouting(network, each, gateway, device);
  return {
    link: {
      mtu: vpcMtu,
      ends: [
        { namespace: routerNamespace(each.vpc), name: routerLink.interface(each.id), mac: macAddress(each.vpc) },
        { namespace: name, name: device, mac: macAddress(each.id) },
      ],
    },
    namespace: {
      name,
      settings: { ...hostSettings(each), ...six.settings },
      linkSettings: {},
      addresses: [
        ...each.addresses.map((address) => `${formatAddress(address)}/${subnet.range.length} dev ${device}`),
        ...six.addresses,
      ],
      neighbours: [`${gateway} lladdr ${macAddress(each.vpc)} dev ${device}`, ...six.neighbours],
      routes: [...routing.routes, ...six.routes],
      rules: routing.rules,
      rules6: six.rules6,
      ruleset: each.owner.kind === 'nat-gateway' ? natRuleset(network, each) : null,
    },
  };
}

function hostSettings(each: NetworkInterface): Record<string, string> {
  const forwards = each.owner.kind === 'nat-gateway' || !each.sourceDestinationCheck;
  return {
    'ipv4/conf/all/rp_filter': '0',
    'ipv4/conf/default/rp_filter': '0',
    // Taking a first address away must not take the others along.
    'ipv4/conf/all/promote_secondaries': '1',
    'ipv4/conf/all/send_redirects': '0',
    'ipv4/conf/default/send_redirects': '0',
    'ipv4/conf/all/accept_redirects': '0',
    'ipv4/ip_unprivileged_port_start': '0',
    // Who may ping in an instance depends on how its users are numbered: its launcher says it.
    ...(each.owner.kind === 'instance' ? {} : { 'ipv4/ping_group_range': '0 0' }),
    'ipv4/ip_forward': forwards ? '1' : '0',
    ...(passesOn(each) ? forgetting(350, 120) : {}),
    ...(each.owner.kind === 'nat-gateway' ? forgetting(350, 350) : {}),
  };
}

/**
 * Who forgets a connection after some seconds of silence, and takes up none in its middle: what comes later is answered with a reset.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
function forgetting(tcp: number, udp: number): Record<string, string> {
  return {
    'netfilter/nf_conntrack_tcp_timeout_established': String(tcp),
    'netfilter/nf_conntrack_udp_timeout': String(udp),
    'netfilter/nf_conntrack_udp_timeout_stream': String(udp),
    'netfilter/nf_conntrack_tcp_loose': '0',
  };
}

function primaryRouting(gateway: string, device: string): Pick<NamespacePlan, 'routes' | 'rules'> {
  return { routes: [`default via ${gateway} dev ${device}`], rules: [] };
}

/**
 * A second interface answers by itself, as Amazon Linux sets it up: a table of its own for what leaves from its addresses.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-net-utils.html
 */
function secondaryRouting(
  network: NetworkIndex,
  each: NetworkInterface,
  gateway: string,
  device: string,
): Pick<NamespacePlan, 'routes' | 'rules'> {
  const table = tableNumber(each.id);
  const range = formatPrefix(network.subnet(each.subnet).range);
  return {
    routes: [`default via ${gateway} dev ${device} table ${table}`, `${range} dev ${device} table ${table}`],
    rules: each.addresses.map((address) => `priority 1000 from ${formatAddress(address)} lookup ${table}`),
  };
}

/** What a NAT gateway counts. */
export const natCounters = [
  'from_source',
  'from_destination',
  'to_source',
  'to_destination',
  'attempted',
  'established',
  'refused',
] as const;

/** Of a NAT gateway at once, to one address, port and protocol. */
const mostConnections = 55_000;

/**
 * A NAT gateway passes what its own VPC starts, from the ports it may use, and nothing that is started towards it. Fragments pass of UDP
 * alone. What it passes is counted, as its metrics have it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
 */
function natRuleset(network: NetworkIndex, each: NetworkInterface): string {
  const ranges = network.vpc(each.vpc).ranges.map(formatPrefix).join(', ');
  const address = formatAddress(each.addresses[0]!);
  return `table ip terrace {
${natCounters.map((name) => `  counter ${name} { }`).join('\n')}
  set connections {
    type ipv4_addr . inet_proto . inet_service
    size ${1 << 16}
    flags dynamic
  }
  chain arriving {
    type filter hook prerouting priority -460; policy accept;
    ip saddr { ${ranges} } counter name from_source return
    counter name from_destination
  }
  chain leaving {
    type filter hook postrouting priority 90; policy accept;
    ip daddr { ${ranges} } counter name to_source return
    counter name to_destination
  }
  chain fragments {
    type filter hook prerouting priority -450; policy accept;
    ip frag-off & 0x3fff != 0 ip protocol { tcp, icmp } drop
  }
  chain input {
    type filter hook input priority 0; policy drop;
  }
  chain forward {
    type filter hook forward priority 0; policy drop;
    ip daddr { ${ranges} } tcp flags & (syn | ack) == syn | ack counter name established
    ct state established,related accept
    ct state invalid ip saddr { ${ranges} } meta l4proto tcp reject with tcp reset
    meta l4proto { tcp, udp } add @connections { ip daddr . ip protocol . th dport ct count over ${mostConnections} } counter name refused drop
    ct state new ip saddr { ${ranges} } meta l4proto tcp counter name attempted
    ct state new ip saddr { ${ranges} } meta l4proto { tcp, udp, icmp } accept
  }
  chain postrouting {
    type nat hook postrouting priority 100;
    meta l4proto { tcp, udp } snat to ${address}:1024-65535
    snat to ${address}
  }
}
`;
}
