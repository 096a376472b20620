import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import { isObject, type Json, type JsonObject } from '@terrace/cloud/json';

/** A project without one of its things, and what cannot be created then. */
export interface Without {
  readonly inventory: Inventory;
  /** Resources that name it in a property of their own, and those that name these; the thing itself is not among them. */
  readonly cannotBeCreated: readonly ResourceKey[];
}

/**
 * Takes a resource out. Where a list names it, its element goes; a resource that names it as the one value of a property cannot be created
 * without it, and goes with it. A text that holds its name among other words, as user data does, stays as it is.
 */
export function withoutResource(inventory: Inventory, key: ResourceKey): Without {
  const gone: ResourceKey[] = [];
  const waiting = inventory.resources.filter((each) => each.key === key);
  let resources = inventory.resources.filter((each) => each.key !== key);
  for (let lost = waiting.shift(); lost; lost = waiting.shift()) {
    const names = namesOf(lost, inventory);
    const { key: owner, stack } = lost;
    if (owner !== key) gone.push(owner);
    resources = resources.flatMap((each) => {
      const mayName = each.dependsOn.includes(owner) || each.stack !== stack;
      const left = mayName ? stripped(each.properties, names) : each.properties;
      if (left === undefined) waiting.push(each);
      if (left === undefined) return [];
      return left === each.properties ? [each] : [{ ...each, properties: left }];
    });
  }
  return { inventory: { ...inventory, resources }, cannotBeCreated: gone };
}

/** Takes one element of an inline list out, such as a rule of a security group. */
export function withoutElement(inventory: Inventory, key: ResourceKey, list: string, index: number): Without {
  const change = (each: Resource): Resource => {
    const stated = each.properties[list];
    return each.key !== key || !Array.isArray(stated)
      ? each
      : { ...each, properties: { ...each.properties, [list]: stated.filter((_, at) => at !== index) } };
  };
  return { inventory: { ...inventory, resources: inventory.resources.map(change) }, cannotBeCreated: [] };
}

/** What `Ref` gives, and the ids, ARNs and names that `Fn::GetAtt` gives, unless they are another resource's, as a subnet's VPC is. */
function namesOf({ key, physicalId, attributes }: Resource, { resources }: Inventory): ReadonlySet<Json> {
  const others = new Set<Json>(resources.filter((each) => each.key !== key).map((each) => each.physicalId));
  const own = Object.entries(attributes).filter(
    ([name, value]) => /(Arn|Id|Name|Address)$/.test(name) && !others.has(value),
  );
  return new Set<Json>([physicalId, ...own.map(([, value]) => value)]);
}

/** The properties without what names the lost resource; `undefined` where one value of a property does. */
function stripped(properties: JsonObject, names: ReadonlySet<Json>): JsonObject | undefined {
  let isChanged = false;
  const left: Record<string, Json> = {};
  for (const [name, value] of Object.entries(properties)) {
    const now = strippedValue(value, names);
    if (now === undefined) return undefined;
    isChanged ||= now !== value;
    left[name] = now;
  }
  return isChanged ? left : properties;
}

function strippedValue(value: Json, names: ReadonlySet<Json>): Json | undefined {
  if (Array.isArray(value)) {
    const kept = value.map((each: Json) => strippedValue(each, names)).filter((each) => each !== undefined);
    return kept.length === value.length && kept.every((each, at) => each === value[at]) ? value : kept;
  }
  if (isObject(value)) return stripped(value, names);
  return names.has(value) ? undefined : value;
}
