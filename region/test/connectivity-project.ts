import { formatAddress } from '@terrace/cloud/address';
import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import type { NetworkView } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { type Endpoints, resolveReference } from '@terrace/cloud/views/reference';

export interface Project {
  readonly inventory: Inventory;
  readonly network: NetworkView;
}

/** A case's template as a network. */
export async function projectOf(template: string): Promise<Project> {
  const loaded = await loadTexts({ 'case.json': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 2));
  const inventory = loaded.value;
  return { inventory, network: networkView(inventory, initialFleet(inventory)) };
}

/** What a case's name means; `public:Server` is the public address of `Server`. */
export function endpointsOf({ inventory, network }: Project, name: string): Endpoints {
  const found = resolveReference(name.replace(/^public:/, ''), inventory, network);
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes, null, 2));
  const address = found.value.interfaces[0]?.publicAddress;
  if (!name.startsWith('public:') || address === null || address === undefined) return found.value;
  return endpointsOf({ inventory, network }, formatAddress(address));
}
