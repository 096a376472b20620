import { type Address, parseAddress } from '@terrace/cloud/address';
import type { NetworkInterface, Vpc } from '@terrace/cloud/views/network';
import { unite } from '../traffic/intervals.ts';
import { type TrafficSet, tcpPorts, udpPorts } from '../traffic/traffic-set.ts';
import type { Passage } from './journey.ts';
import type { Surroundings } from './surroundings.ts';

type Service = Extract<Passage, { kind: 'local-service' }>['service'];

/**
 * Resolver, instance metadata and time: answered on the host itself, by no route, and filtered by neither groups nor ACLs.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-basics
 *
 * @returns whether the address is one of them
 */
export function localService({ network, recorder }: Surroundings, from: NetworkInterface, to: Address): boolean {
  const vpc = network.vpc(from.vpc);
  const service = serviceAt(vpc, to);
  if (!service) return false;
  if (service === 'resolver' && !vpc.dnsSupport) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'DNS_SUPPORT_DISABLED', vpc: vpc.id } });
  }
  recorder.add({ kind: 'pass', way: 'forward', by: { kind: 'local-service', service }, allowed: traffic[service] });
  return true;
}

function serviceAt(vpc: Vpc, address: Address): Service | undefined {
  if (address === metadataAddress) return 'metadata';
  if (address === timeAddress) return 'time';
  return address === resolverAddress || address === vpc.ranges[0]!.base + 2 ? 'resolver' : undefined;
}

const metadataAddress = parseAddress('169.254.169.254')!;
const resolverAddress = parseAddress('169.254.169.253')!;
const timeAddress = parseAddress('169.254.169.123')!;

const traffic: Readonly<Record<Service, TrafficSet>> = {
  resolver: unite(tcpPorts({ from: 53, to: 53 }), udpPorts({ from: 53, to: 53 })),
  metadata: tcpPorts({ from: 80, to: 80 }),
  time: udpPorts({ from: 123, to: 123 }),
};
