import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, PortRange } from '@terrace/cloud/views/network';
import type { Filters } from './filters.ts';
import type { Recorder, Way } from './journey.ts';
import type { NetworkIndex } from './network-index.ts';
import { answered } from './traffic-set.ts';

/** What a packet is walked through, and where that is written down. */
export interface Surroundings {
  readonly network: NetworkIndex;
  readonly filters: Filters;
  readonly recorder: Recorder;
}

/**
 * The ACLs between two interfaces: none within a subnet, otherwise that of the subnet left and that of the subnet entered.
 *
 * @param clientPorts On the way back, the ports that the answer goes to.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function addAclPair(
  surroundings: Surroundings,
  way: Way,
  from: NetworkInterface,
  to: NetworkInterface,
  addresses: { readonly source: Address; readonly destination: Address },
  clientPorts: PortRange | null = null,
): void {
  if (from.subnet === to.subnet) return;
  addEdgeAcl(surroundings, way, from, 'egress', addresses.destination, clientPorts);
  addEdgeAcl(surroundings, way, to, 'ingress', addresses.source, clientPorts);
}

/**
 * Gateways take only what an interface sends by an address of its own: not what an appliance forwards for another.
 *
 * https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html GATEWAY_REJECTS_SPOOFED_TRAFFIC
 */
export function refuseSpoofed({ recorder }: Surroundings, way: Way, from: NetworkInterface, source: Address): void {
  if (from.addresses.includes(source)) return;
  recorder.add({ kind: 'stop', way, stop: { code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC', interface: from, source } });
}

/** One crossing of the edge of an interface's subnet. */
export function addEdgeAcl(
  { network, filters, recorder }: Surroundings,
  way: Way,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
  address: Address,
  clientPorts: PortRange | null = null,
): void {
  const subnet = network.subnet(each.subnet);
  const acl = network.networkAcl(subnet.networkAcl);
  const raw = filters.acl(acl, direction, address);
  const passed = clientPorts === null ? { always: raw, sometimes: raw } : answered(raw, clientPorts);
  recorder.add({
    kind: 'acl',
    way,
    subnet,
    acl,
    direction,
    address,
    allowed: passed.always,
    sometimes: passed.sometimes,
    clientPorts,
  });
}
