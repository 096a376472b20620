import type { Inventory, Resource, ResourceKey } from '../inventory.ts';
import type { Json } from '../json.ts';
import { changeOf } from './resource-change.ts';
import type { UpdateBehavior } from './update-behavior.ts';

/** What becomes of one resource when one inventory takes the place of another. */
export interface ChangedResource {
  readonly key: ResourceKey;
  readonly type: string;
  readonly change: 'add' | 'remove' | UpdateBehavior;
  readonly properties: readonly ChangedProperty[];
}

interface ChangedProperty {
  /** Path below `Properties`. */
  readonly path: string;
  readonly before: Json | null;
  readonly after: Json | null;
  readonly behavior: UpdateBehavior;
}

/**
 * The difference of two inventories, by AWS's update behaviour of each property: what is removed last, what is added and changed in the order of
 * creation.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export function inventoryChange(before: Inventory, after: Inventory): ChangedResource[] {
  const former = new Map(before.resources.map((each) => [each.key, each]));
  const latter = new Set(after.resources.map((each) => each.key));
  const changed = after.resources.flatMap((resource): ChangedResource[] => {
    const own = former.get(resource.key);
    if (!own) return [{ key: resource.key, type: resource.type, change: 'add', properties: [] }];
    const { behavior, properties } = changeOf(own, resource);
    if (behavior === undefined) return [];
    return [
      {
        key: resource.key,
        type: resource.type,
        change: behavior,
        properties: properties.map((each) => ({ ...each, ...values(own, resource, each.path) })),
      },
    ];
  });
  const removed = before.resources
    .filter(({ key }) => !latter.has(key))
    .reverse()
    .map(({ key, type }): ChangedResource => ({ key, type, change: 'remove', properties: [] }));
  return [...changed, ...removed];
}

function values(before: Resource, after: Resource, path: string): { before: Json | null; after: Json | null } {
  return { before: at(before, path), after: at(after, path) };
}

function at(resource: Resource, path: string): Json | null {
  let value: Json | undefined = resource.properties;
  for (const step of path.split('.')) {
    value = (value as Record<string, Json> | undefined)?.[step];
  }
  return value ?? null;
}
