import type { Inventory } from '@terrace/cloud/inventory';
import { type Result, success } from '@terrace/cloud/mistake';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import type { NetworkView } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import type { ProjectOptions } from '../project/project.ts';
import { loadAsked } from './load-asked.ts';

/** A project with its network, as it is when it has just been deployed. */
export async function loadNetwork(
  options: Readonly<Record<string, unknown>>,
): Promise<Result<{ inventory: Inventory; network: NetworkView }>> {
  const loaded = await loadAsked(options as ProjectOptions);
  if (!loaded.ok) return loaded;
  const inventory = loaded.value;
  return success({ inventory, network: networkView(inventory, initialFleet(inventory)) }, loaded.warnings);
}
