import type { Inventory, Resource, ResourceKey } from '../../inventory.ts';
import { type Words, words } from '../../words.ts';
import type { Heading } from './headings.ts';
import type { Rest, Usage } from './usage.ts';

/** What is used of something that has a price: the bill before prices are looked up, the same in every region. */
export interface Charge {
  /** `null` for what no single resource causes, such as traffic. */
  readonly resource: ResourceKey | null;
  readonly heading: Heading;
  /** What is used and why this much of it. */
  readonly what: Words;
  /** What is taken for granted because the template does not say it, and the price depends on it. */
  readonly assumes?: Words;
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

/** What readers of resources see. */
export interface Reading {
  readonly inventory: Inventory;
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

/** AWS asks nothing for the thing itself: what it causes elsewhere (instances of a group, mails of a subscription) is counted there. */
export const free = 'free';

/** What is paid for a type. A type of which nothing is stated is unpriced, and the bill says so. */
export type Charges = Readonly<Record<string, Reader | typeof free>>;

/** Whether what a resource stores is still paid for when its stack is gone. */
export function storageEnds(resource: Resource): 'deleted' | 'never' {
  return resource.deletionPolicy.startsWith('Retain') ? 'never' : 'deleted';
}

/** How many resources share a figure of usage that is given for the whole. */
export function alike(resource: Resource, reading: Reading): number {
  return reading.ofType(resource.type).length;
}

/** One thing for a month, as long as its stack is there. */
export function monthly(
  resource: Resource,
  heading: Charge['heading'],
  item: string,
  service: string,
  what: Charge['what'],
): Charge {
  const ends = storageEnds(resource);
  return { resource: resource.key, heading, what, tariff: tariff(service, item), quantity: 1, basis: 'monthly', ends };
}

/** An amount used in a month. */
export function used(
  resource: Resource,
  heading: Charge['heading'],
  item: string,
  service: string,
  quantity: number,
  allowance?: Allowance,
): Charge {
  return {
    resource: resource.key,
    heading,
    what: words(item, item),
    tariff: tariff(service, item, allowance ? { allowance } : {}),
    quantity,
    basis: 'used',
    ends: 'stopped',
  };
}

/** Public IPv4 addresses are paid for by the hour, in use or not. https://aws.amazon.com/vpc/pricing/ */
export function publicAddresses(
  resource: Resource,
  count: number,
  where: { en: string; ko: string },
  ends: Charge['ends'],
): Charge {
  return {
    resource: resource.key,
    heading: 'addresses',
    what: words(`${count} public IPv4 ${where.en}`, `퍼블릭 IPv4 ${count}개 (${where.ko})`),
    tariff: tariff('VPC', 'public IPv4 address, in use'),
    quantity: count,
    basis: 'hourly',
    ends,
  };
}

/** A connection of a VPC that costs by the hour merely by being there. https://aws.amazon.com/vpc/pricing/ */
export function hourly(resource: string, item: string): Charge {
  return {
    resource,
    heading: 'endpoints',
    what: words(item, item),
    tariff: tariff('VPC', item),
    quantity: 1,
    basis: 'hourly',
    ends: 'dismantled',
  };
}
