import type { Inventory, Resource } from '../inventory.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Standing } from '../outside/standing.ts';
import { text } from '../property.ts';
import type { Words } from '../words.ts';

/** What lookups are answered from. */
export interface Known {
  /** What stands in the region, and the templates of the app itself: the first that has it answers. */
  readonly inventories: readonly Inventory[];
  /** What the project knows to stand in accounts: it answers before the inventories. */
  readonly standing?: readonly Standing[];
  /** Values of Systems Manager parameters and others, as `LoadOptions.parameters` has them. */
  readonly parameters: Readonly<Record<string, string>>;
}

export type Answer =
  /** The region's own answer, or that of a template. */
  | { readonly kind: 'known'; readonly value: Json }
  /** Nothing here knows the thing: a value of the usual shape stands in for AWS's. `thing` names it for people. */
  | { readonly kind: 'stand-in'; readonly value: Json; readonly thing: Words }
  | { readonly kind: 'none'; readonly why: Words };

export function known(value: Json): Answer {
  return { kind: 'known', value };
}

export function standIn(value: Json, thing: Words): Answer {
  return { kind: 'stand-in', value, thing };
}

/** The account and region that a query is about. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

export function homeOf(props: JsonObject): Home {
  return { account: text(props, 'account') ?? '', region: text(props, 'region') ?? '' };
}

export interface Found {
  readonly inventory: Inventory;
  readonly resource: Resource;
}

/** Resources of a type that stand in the account and region asked about, from the first inventory that has one that is meant. */
export function matching(
  { inventories }: Known,
  home: Home,
  types: readonly string[],
  isMeant: (resource: Resource, inventory: Inventory) => boolean,
): Found[] {
  for (const inventory of inventories) {
    const found = inventory.resources.filter(
      (each) => types.includes(each.type) && standsIn(inventory, each, home) && isMeant(each, inventory),
    );
    if (found.length > 0) return found.map((resource) => ({ inventory, resource }));
  }
  return [];
}

function standsIn(inventory: Inventory, { stack }: Resource, home: Home): boolean {
  const [, , , region, account] = inventory.stacks.find(({ name }) => name === stack)?.id.split(':') ?? [];
  return (region ?? inventory.region) === home.region && (account ?? inventory.account) === home.account;
}

/** As filters of EC2 match: `*` is any text, `?` any character. */
export function fits(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}
