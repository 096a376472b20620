import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';

/** The resource that stated something; `undefined` for what AWS supplies. */
export function resourceOf(inventory: Inventory, key: ResourceKey | null): Resource | undefined {
  return key === null ? undefined : inventory.resources.find((each) => each.key === key);
}
