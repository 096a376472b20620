import { formatAddress, holdsAddress } from '@terrace/cloud/address';
import { formatAddress6, holdsAddress6 } from '@terrace/cloud/address6';
import { internetClient, internetClient6 } from '@terrace/cloud/allocate/public-addresses';
import { balancingView, type LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { NamesView } from '@terrace/cloud/views/names';
import { address6Of, type NetworkInterface, type NetworkView, type Traffic } from '@terrace/cloud/views/network';
import type { Door } from '../ingress/door.ts';
import type { Outline } from '../outline.ts';

/** All that a region of this outline opens; those of load balancers first. */
export function doorsIn({ inventory, fleet, network, names }: Outline): Door[] {
  const { balancers } = balancingView(inventory, network, fleet);
  return [...doorsOf(balancers, names), ...instanceDoors(network, names)];
}

/** A door for each listener of an internet-facing load balancer. */
export function doorsOf(balancers: readonly LoadBalancer[], names: NamesView): Door[] {
  return balancers
    .filter((each) => each.internetFacing)
    .flatMap((each) =>
      each.listeners.map((listener) => ({
        name: `${each.name}-${listener.port}`,
        addresses: each.nodes.flatMap(({ publicAddress, address6 }) => {
          if (publicAddress !== null) return [formatAddress(publicAddress)];
          return address6 === null ? [] : [`[${formatAddress6(address6)}]`];
        }),
        port: listener.port,
        protocol: protocolOf(listener),
        hosts: [...namesOf(names), ...hostHeaders(listener)],
        idleSeconds: Number(each.attributes['idle_timeout.timeout_seconds'] ?? 60),
      })),
    )
    .sort((one, other) => Number(other.port === 80) - Number(one.port === 80));
}

function protocolOf({ protocol }: Listener): Door['protocol'] {
  if (protocol === 'HTTPS' || protocol === 'TLS') return 'tls';
  return protocol === 'HTTP' ? 'http' : 'tcp';
}

/** Names of load balancers and of records in Route 53, in which `*` is a wildcard as in a listener's rules. */
function namesOf({ balancers, zones }: NamesView): string[] {
  const records = zones.flatMap(({ records }) => records.filter(({ type }) => ['A', 'AAAA', 'CNAME'].includes(type)));
  return [...balancers, ...records].map(({ name }) => name);
}

function hostHeaders({ rules }: Listener): string[] {
  return rules.flatMap(({ conditions }) =>
    conditions.flatMap((each) => (each.field === 'host-header' ? each.values : [])),
  );
}

/** Instances that get doors: more of them are reached by their address in the region. */
const mostInstances = 20;

/**
 * A door for each port that an instance's groups open to the internet by name, and that a browser can open: of instances that the internet
 * reaches, by IPv6 where not by IPv4. Whether anything listens there is the instance's affair.
 */
export function instanceDoors(network: NetworkView, names: NamesView): Door[] {
  const open = network.interfaces.flatMap((each) => {
    if (each.owner.kind !== 'instance' || each.owner.index !== 0) return [];
    const four = each.publicAddress === null ? [] : portsOpen4(network, each.securityGroups);
    const six = byIpv6(network, each);
    const ports = [
      ...four.map((port) => ({ port, address: formatAddress(each.publicAddress!) })),
      ...six.ports.filter((port) => !four.includes(port)).map((port) => ({ port, address: six.address })),
    ].sort((one, other) => one.port - other.port);
    return ports.length > 0 ? [{ interface: each, ports }] : [];
  });
  return open.slice(0, mostInstances).flatMap(({ interface: { name, owner }, ports }) =>
    ports.map(({ port, address }): Door => {
      const own = names.instances.find(({ id }) => owner.kind === 'instance' && id === owner.id)?.publicName;
      return {
        name: `${name}-${port}`,
        addresses: [address],
        port,
        protocol: [443, 8443].includes(port) ? 'tls' : 'http',
        hosts: [...namesOf(names), ...(own ? [own] : [])],
        idleSeconds: 60,
      };
    }),
  );
}

function portsOpen4({ securityGroups }: NetworkView, groups: readonly string[]): number[] {
  const rules = securityGroups.filter(({ id }) => groups.includes(id)).flatMap(({ ingress }) => ingress);
  return pagePorts(rules.filter(({ peer }) => peer.kind === 'range' && holdsAddress(peer.range, internetClient)));
}

/** An interface that the internet reaches by IPv6: its subnet leads there by an internet gateway, and answers nothing by another. */
function byIpv6(network: NetworkView, each: NetworkInterface): { address: string; ports: number[] } {
  const address = address6Of(network, each.id);
  const table = network.subnets.find(({ id }) => id === each.subnet)?.routeTable ?? '';
  const ipv6 = network.modelled?.ipv6;
  const out = ipv6?.routes[table]?.find(({ destination }) => holdsAddress6(destination, internetClient6));
  if (!ipv6 || address === null || out?.target.kind !== 'internet-gateway') return { address: '', ports: [] };
  const rules = each.securityGroups.flatMap((id) => ipv6.rules[id]?.ingress ?? []);
  return {
    address: `[${formatAddress6(address)}]`,
    ports: pagePorts(rules.filter(({ range }) => holdsAddress6(range, internetClient6))),
  };
}

/** Single ports, as a template states for a page: a range is for something else. */
function pagePorts(rules: readonly { readonly traffic: Traffic }[]): number[] {
  const ports = rules.flatMap(({ traffic }) =>
    traffic.protocol === 'tcp' && traffic.ports.from === traffic.ports.to ? [traffic.ports.from] : [],
  );
  return [...new Set(ports)].filter((port) => !withoutPages.has(port)).sort((one, other) => one - other);
}

/** Ports of services that no browser speaks to: FTP, SSH, SMTP, DNS, mail, RDP, databases, caches. */
const withoutPages = new Set([
  ...[20, 21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 2049, 3306, 3389, 5432, 5439],
  ...[5900, 6379, 9042, 11211, 27017],
]);
