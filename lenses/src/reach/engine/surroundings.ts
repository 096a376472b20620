import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, PortRange } from '@terrace/cloud/views/network';
import { answered } from '../traffic/traffic-set.ts';
import type { Filters, OtherEnd } from './filters.ts';
import type { Recorder, Way } from './journey.ts';
import type { NetworkIndex } from './network-index.ts';

/** What a packet is walked through, and where that is written down. */
export interface Surroundings {
  readonly network: NetworkIndex;
  readonly filters: Filters;
  readonly recorder: Pick<Recorder, 'add' | 'addBranches'>;
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
export function refuseSpoofed(
  { network, recorder }: Surroundings,
  way: Way,
  from: NetworkInterface,
  source: Address,
): void {
  if (!isForeign(network, from, source)) return;
  recorder.add({ kind: 'stop', way, stop: { code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC', interface: from, source } });
}

function isForeign(network: NetworkIndex, from: NetworkInterface, source: Address): boolean {
  return !from.addresses.includes(source) && !isMiddlebox(network, from, source);
}

/**
 * An instance without a source/destination check may translate what it forwards to its own address, as a NAT instance does. Rules of its own
 * decide, which no template states.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html
 */
export function mayTranslate({ network }: Surroundings, from: NetworkInterface, source: Address): boolean {
  return (
    from.owner.kind === 'instance' &&
    !from.sourceDestinationCheck &&
    from.publicAddress !== null &&
    isForeign(network, from, source)
  );
}

/**
 * The gateway's own table sends what comes in for this address to the interface, so that it takes what comes out of there as well.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/middlebox-routing-examples.html
 */
function isMiddlebox(network: NetworkIndex, from: NetworkInterface, source: Address): boolean {
  const gateway = network.internetGatewayOf(from.vpc);
  const table = gateway && network.edgeTable(gateway.id);
  const target = table && network.route(table, source)?.target;
  return target?.kind === 'interface' && target.id === from.id;
}

/** One crossing of the edge of an interface's subnet. */
export function addEdgeAcl(
  surroundings: Surroundings,
  way: Way,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
  address: Address,
  clientPorts: PortRange | null = null,
): void {
  addSubnetAcl(surroundings, way, each.subnet, direction, address, clientPorts);
}

export function addSubnetAcl(
  { network, filters, recorder }: Surroundings,
  way: Way,
  crossed: string,
  direction: 'ingress' | 'egress',
  address: Address,
  clientPorts: PortRange | null = null,
): void {
  const subnet = network.subnet(crossed);
  const acl = network.networkAcl(subnet.networkAcl);
  const raw = filters.acl(acl, direction, address);
  const passed = clientPorts === null ? { always: raw, sometimes: raw } : answered(raw, clientPorts);
  const unsure = filters.perhapsAcl(acl, direction, address);
  const perhaps =
    unsure && clientPorts !== null
      ? {
          ...unsure,
          most: answered(unsure.most, clientPorts).always,
          least: answered(unsure.least, clientPorts).always,
        }
      : unsure;
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
    perhaps,
  });
}

/** What an interface's groups make of the other end. */
export function addGroup(
  { filters, recorder }: Surroundings,
  way: Way,
  each: NetworkInterface,
  direction: 'ingress' | 'egress',
  other: OtherEnd,
  membershipLost: NetworkInterface | null,
): void {
  if (!each.filtered) return;
  recorder.add({
    kind: 'group',
    way,
    interface: each,
    direction,
    other,
    membershipLost,
    allowed: filters.groups(each, direction, other),
    perhaps: filters.perhapsGroups(each, direction, other),
  });
}
