import { type Inventory, unknownProperties } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';

const possible = new WeakMap<Inventory, readonly Inventory[]>();

/** The inventory with the unknown values left out, and with values of each form in their place: a text, a truth value, alone and within objects and lists. */
export function possibleInventories(inventory: Inventory): readonly Inventory[] {
  let known = possible.get(inventory);
  if (known === undefined) {
    const isOpen = inventory.resources.some((resource) => unknownProperties(inventory, resource).length > 0);
    known = isOpen ? [inventory, ...forms.map((form) => withForm(inventory, form))] : [inventory];
    possible.set(inventory, known);
  }
  return known;
}

function withForm(inventory: Inventory, form: Json): Inventory {
  const resources = inventory.resources.map((resource) => {
    const open = unknownProperties(inventory, resource);
    if (open.length === 0) return resource;
    return {
      ...resource,
      properties: { ...resource.properties, ...Object.fromEntries(open.map((property) => [property, form])) },
    };
  });
  return { ...inventory, resources };
}

const forms: readonly Json[] = ['not-known', 'true', 'false'].flatMap((leaf) => [
  leaf,
  [leaf],
  holding(leaf),
  [holding(leaf)],
  holding(holding(leaf)),
  [holding(holding(leaf))],
]);

/** An object that has the value under every name. */
function holding(value: Json): Json {
  return new Proxy<Record<string, Json>>({}, { get: (_, name) => (typeof name === 'string' ? value : undefined) });
}
