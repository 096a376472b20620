import { type Address, formatAddress } from '@terrace/cloud/address';
import type { ResourceKey } from '@terrace/cloud/inventory';
import type { Named } from '@terrace/cloud/views/network';
import type { NetworkIndex } from './network-index.ts';

/** A part of the network as an answer names it. */
export interface Component {
  readonly kind:
    | 'interface'
    | 'security-group'
    | 'network-acl'
    | 'route-table'
    | 'internet-gateway'
    | 'nat-gateway'
    | 'peering'
    | 'gateway-endpoint'
    | 'transit-gateway'
    | 'vpn-gateway'
    | 'vpc'
    | 'internet'
    | 'service';
  readonly id: string;
  readonly name: string;
  /** The resource that stated it; `null` for what AWS supplies. */
  readonly statedBy: ResourceKey | null;
}

export function component(kind: Component['kind'], { id, name, statedBy }: Named): Component {
  return { kind, id, name, statedBy };
}

export function gatewayComponent(
  network: NetworkIndex,
  kind: 'internet-gateway' | 'nat-gateway' | 'peering' | 'gateway-endpoint' | 'transit-gateway' | 'vpn-gateway',
  id: string,
): Component {
  const { view, modelled } = network;
  const all: readonly Named[] = {
    'internet-gateway': view.internetGateways,
    'nat-gateway': view.natGateways,
    peering: view.peerings,
    'gateway-endpoint': view.gatewayEndpoints,
    'transit-gateway': modelled.transitGateways,
    'vpn-gateway': modelled.vpnGateways,
  }[kind];
  const found = all.find((each) => each.id === id);
  return component(kind, found ?? { id, name: id, statedBy: null });
}

/** An address, or `internet` where it stands for all of it. */
export function addressText(network: NetworkIndex, address: Address): string {
  return network.standsFor === address ? 'internet' : formatAddress(address);
}

/** The range that a rule for this address would name. */
export function rangeFor(network: NetworkIndex, address: Address): string {
  return network.standsFor === address ? '0.0.0.0/0' : `${formatAddress(address)}/32`;
}

/** An address with the name of whoever holds it: `10.10.3.7 (was/0)`. */
export function addressName(network: NetworkIndex, address: Address, vpc?: string): string {
  const holder =
    (vpc === undefined ? undefined : network.holder(vpc, address)) ??
    network.publicHolder(address) ??
    network.view.interfaces.find((each) => each.addresses.includes(address));
  return holder ? `${formatAddress(address)} (${holder.name})` : addressText(network, address);
}
