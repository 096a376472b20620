import type { JsonObject } from '../../json.ts';
import { number, object, text } from '../../property.ts';
import type { Traffic } from '../network.ts';

/**
 * What a security group rule matches. `FromPort` and `ToPort` are ports for TCP and UDP, type and code for ICMP and ICMPv6, and
 * nothing for every other protocol, whatever is written there.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html
 */
export function securityRuleTraffic(rule: JsonObject): Traffic {
  const protocol = protocolNumber(text(rule, 'IpProtocol') ?? '-1');
  const from = number(rule, 'FromPort') ?? -1;
  const icmp = icmpOf(protocol);
  const to = number(rule, 'ToPort') ?? (icmp ? -1 : from);
  if (icmp) return { protocol: icmp, type: wild(from), code: wild(to) };
  return withPorts(protocol, from, to);
}

/**
 * What an entry of a network ACL matches: `PortRange` for TCP and UDP, `Icmp` for ICMP and ICMPv6.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkaclentry.html
 */
export function aclEntryTraffic(entry: JsonObject): Traffic {
  const protocol = protocolNumber(text(entry, 'Protocol') ?? '-1');
  const icmp = icmpOf(protocol);
  if (icmp) {
    const stated = object(entry, 'Icmp');
    return { protocol: icmp, type: wild(number(stated, 'Type') ?? -1), code: wild(number(stated, 'Code') ?? -1) };
  }
  const ports = object(entry, 'PortRange');
  const from = number(ports, 'From') ?? -1;
  return withPorts(protocol, from, number(ports, 'To') ?? from);
}

/** Each family has its own. */
function icmpOf(protocol: number): 'icmp' | 'icmpv6' | undefined {
  return protocol === 1 ? 'icmp' : protocol === 58 ? 'icmpv6' : undefined;
}

function withPorts(protocol: number, from: number, to: number): Traffic {
  if (protocol === -1) return { protocol: 'all' };
  if (protocol !== 6 && protocol !== 17) return { protocol: 'other', number: protocol };
  const ports = from < 0 ? { from: 0, to: 65535 } : { from, to: to < 0 ? 65535 : to };
  return { protocol: protocol === 6 ? 'tcp' : 'udp', ports };
}

function wild(value: number): number | null {
  return value < 0 ? null : value;
}

/** Whether a protocol is written as a name or a number, and not as a value that only a deployment gives. */
export function isKnownProtocol(protocol: string): boolean {
  return Number.isInteger(named[protocol.toLowerCase()] ?? Number(protocol));
}

const named: Readonly<Record<string, number>> = { all: -1, icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/** IANA's number for a protocol's name or number; -1 stands for every protocol. */
function protocolNumber(protocol: string): number {
  const value = named[protocol.toLowerCase()] ?? Number(protocol);
  if (!Number.isInteger(value)) throw new Error(`IpProtocol ${protocol} is neither a name nor a number`);
  return value;
}
