import { formatAddress } from '@terrace/cloud/address';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { type NamesView, namesView } from '@terrace/cloud/views/names';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { namespaceOf } from './fabric/compile-interface.ts';

/** What a region has to be, as every part of it reads it: one inventory, one fleet, and the views of both. */
export interface Outline {
  readonly inventory: Inventory;
  readonly fleet: Fleet;
  readonly network: NetworkView;
  readonly names: NamesView;
}

export function outline(inventory: Inventory, fleet: Fleet = initialFleet(inventory)): Outline {
  const network = networkView(inventory, fleet);
  return { inventory, fleet, network, names: namesView(inventory, network) };
}

/** How a member of the fleet is called: the name its interface has, as `web/0`. */
export function instanceName({ network }: Outline, id: string): string {
  return primaryInterface(network, id)?.name ?? id;
}

export function primaryInterface(network: NetworkView, instance: string): NetworkInterface | undefined {
  return network.interfaces.find(
    ({ owner }) => owner.kind === 'instance' && owner.id === instance && owner.index === 0,
  );
}

/** Namespace and address of an interface. */
export function standing(each: NetworkInterface): { namespace: string; address: string } {
  return { namespace: namespaceOf(each), address: formatAddress(each.addresses[0]!) };
}
