import type { Reading } from '@terrace/cloud/families/contract/charge';
import type { Usage } from '@terrace/cloud/families/contract/usage';
import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';

/** What is paid for: an inventory and the instances that run of it. */
export interface Estate {
  readonly inventory: Inventory;
  readonly fleet: Fleet;
}

/** What a reader of resources sees, with the instances that run. */
export type EstateReading = Reading & Estate;

export function openReading(estate: Estate, usage: Usage, month: string): EstateReading {
  const { resources, outside = [] } = estate.inventory;
  const byReference = new Map<unknown, Resource>();
  const byType = new Map<string, Resource[]>();
  for (const resource of resources) {
    byReference.set(resource.physicalId, resource);
    byReference.set(resource.key, resource);
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  }
  for (const each of outside) byReference.set(each.physicalId, each);
  const counts = new Map<ResourceKey, number>();
  for (const { statedBy } of estate.fleet.instances) counts.set(statedBy, (counts.get(statedBy) ?? 0) + 1);
  return {
    ...estate,
    usage,
    month,
    find: (reference) => byReference.get(reference),
    ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    running: (key) => counts.get(key) ?? 0,
  };
}
