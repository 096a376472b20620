import { everywhere, formatPrefix, holdsPrefix, type Prefix } from '@terrace/cloud/address';
import type { PortRange, Traffic } from '@terrace/cloud/views/network';

/** What a rule matches besides addresses, as an nftables expression; empty where it matches all. It is the same in both families. */
export function trafficExpression(traffic: Traffic): string {
  switch (traffic.protocol) {
    case 'all':
      return '';
    case 'tcp':
    case 'udp':
      return coversAllPorts(traffic.ports)
        ? `meta l4proto ${traffic.protocol}`
        : `${traffic.protocol} dport ${portExpression(traffic.ports)}`;
    case 'icmp':
    case 'icmpv6':
      return [
        traffic.type === null
          ? `meta l4proto ${traffic.protocol === 'icmp' ? 'icmp' : 'ipv6-icmp'}`
          : `${traffic.protocol} type ${traffic.type}`,
        ...(traffic.type !== null && traffic.code !== null ? [`${traffic.protocol} code ${traffic.code}`] : []),
      ].join(' ');
    case 'other':
      return `meta l4proto ${traffic.number}`;
  }
}

/** `ip saddr …` for any of the prefixes; empty for everywhere, `undefined` where there is none to match. */
export function rangeExpression(field: 'saddr' | 'daddr', ranges: readonly Prefix[]): string | undefined {
  const widest = withoutContained(ranges);
  if (widest.length === 0) return undefined;
  if (widest.some((range) => range.length === everywhere.length)) return '';
  return `ip ${field} { ${widest.map(formatPrefix).join(', ')} }`;
}

/** nftables refuses intervals that overlap; prefixes only ever do so by containing one another. */
function withoutContained(ranges: readonly Prefix[]): Prefix[] {
  const widestFirst = [...ranges].sort((one, other) => one.length - other.length || one.base - other.base);
  const kept: Prefix[] = [];
  for (const range of widestFirst) {
    if (!kept.some((wider) => holdsPrefix(wider, range))) kept.push(range);
  }
  return kept;
}

function coversAllPorts(ports: PortRange): boolean {
  return ports.from === 0 && ports.to === 65535;
}

function portExpression(ports: PortRange): string {
  return ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
}
