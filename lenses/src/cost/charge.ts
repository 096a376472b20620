import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';
import type { Words } from '@terrace/cloud/words';
import type { Heading } from './headings.ts';
import type { Rest, Usage } from './usage.ts';

/** What is used of something that has a price: the bill before prices are looked up, the same in every region. */
export interface Charge {
  /** `null` for what no single resource causes, such as traffic. */
  readonly resource: ResourceKey | null;
  readonly heading: Heading;
  /** What is used and why this much of it. */
  readonly what: Words;
  readonly tariff: Tariff;
  /** In single things (requests, not millions of them). */
  readonly quantity: number;
  readonly basis: Basis;
  /** The state of rest in which it is not paid for any more; `never` for what survives its stack. */
  readonly ends: Rest | 'never';
}

export type Basis =
  /** `quantity` unit-hours for each hour. */
  | 'hourly'
  /** `quantity` unit-months, billed by the part of the month. */
  | 'monthly'
  /** `quantity` unit-months, billed whole however short. */
  | 'whole month'
  /** `quantity` in a month, however many hours it is on. */
  | 'used';

/** Where a price is found: one item, or several that follow one another with the amount used. */
export interface Tariff {
  readonly service: string;
  readonly steps: readonly Step[];
  /** Where it is not the template's region: a CloudFront price group. */
  readonly region?: string;
  /** Charges of one tariff share it. */
  readonly allowance?: Allowance;
}

export interface Step {
  /** The end of the step in single things a month; `null` for no end. */
  readonly upTo: number | null;
  readonly item: string;
}

/** An always-free amount a month, the account's, not the resource's. */
export interface Allowance {
  readonly amount: number;
  readonly unit: string;
  readonly source: string;
  readonly asOf: string;
}

export function tariff(service: string, item: string, more: { region?: string; allowance?: Allowance } = {}): Tariff {
  return { service, steps: [{ upTo: null, item }], ...more };
}

/** What is paid for: an inventory and the instances that run of it. */
export interface Estate {
  readonly inventory: Inventory;
  readonly fleet: Fleet;
}

/** What readers of resources see. */
export interface Reading extends Estate {
  readonly usage: Usage;
  /** `YYYY-MM`: the month whose rules hold (standard support of a database engine ends, for example). */
  readonly month: string;
  /** By key, physical id or name. */
  find(reference: unknown): Resource | undefined;
  ofType(...types: readonly string[]): readonly Resource[];
  /** How many instances a group has. */
  running(key: ResourceKey): number;
}

/** Turns one resource into what is paid for it. */
export type Reader = (resource: Resource, reading: Reading) => readonly Charge[];

export function openReading(estate: Estate, usage: Usage, month: string): Reading {
  const { resources } = estate.inventory;
  const byReference = new Map<unknown, Resource>();
  const byType = new Map<string, Resource[]>();
  for (const resource of resources) {
    byReference.set(resource.physicalId, resource);
    byReference.set(resource.key, resource);
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  }
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
