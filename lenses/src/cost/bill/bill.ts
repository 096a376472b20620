import { statedSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import { type Charge, free, type Tariff, tariff } from '@terrace/cloud/families/contract/charge';
import type { Rest, Usage } from '@terrace/cloud/families/contract/usage';
import type { ResourceKey } from '@terrace/cloud/inventory';
import { words } from '@terrace/cloud/words';
import { findPrice, type PriceBook, type PriceRecord, pricesElsewhere, unitSize } from '../prices/prices.ts';
import { chargesOf } from './charges-of.ts';
import { type Estate, openReading } from './estate.ts';
import { tierOf } from './tiers.ts';
import { trafficCharges } from './traffic.ts';

/** A charge with its price. `usd` is for a month; `null` is unknown, which is never zero. */
export interface Line extends Charge {
  readonly tier: string | null;
  /** Single things in the month, before allowances. */
  readonly monthQuantity: number;
  /** Of `monthQuantity`, what an allowance covered. */
  readonly allowed: number;
  readonly usd: number | null;
  /** The records that the figure came from. */
  readonly records: readonly PriceRecord[];
  /** Items that have no price here. */
  readonly missing: readonly string[];
  /** What an unknown month could cost, from what the same costs in other regions; `null` where that says nothing. */
  readonly couldBe: { readonly low: number; readonly high: number } | null;
}

export interface Bill {
  readonly region: string;
  readonly usage: Usage;
  readonly lines: readonly Line[];
  /** Resource types that nothing is known about, with what has them. */
  readonly unread: readonly { readonly type: string; readonly resources: readonly ResourceKey[] }[];
  /** Groups that ask for instances and get none, for a fault of the template: what they would cost is not in the sum. */
  readonly idle: readonly ResourceKey[];
  /** What is known of the month, in US dollars before tax. */
  readonly usd: number;
  /** While it is on. */
  readonly usdPerHour: number;
  readonly usdPerDay: number;
  /** Of what the month could cost, the part that is priced: 0 to 1; `null` where a part could be anything. */
  readonly pricedShare: number | null;
}

/** What an architecture uses, before any price; the same for every region. */
export interface Use {
  readonly charges: readonly Charge[];
  readonly tiers: ReadonlyMap<ResourceKey, string | null>;
  readonly unread: Bill['unread'];
  readonly idle: Bill['idle'];
  readonly usage: Usage;
}

/** `month` (`YYYY-MM`) says which rules hold, such as whether an engine's standard support has ended. */
export function useOf(estate: Estate, usage: Usage, month: string): Use {
  const reading = openReading(estate, usage, month);
  const unread = new Map<string, ResourceKey[]>();
  const charges: Charge[] = [];
  for (const resource of estate.inventory.resources) {
    const reader = chargesOf(resource.type);
    if (reader === undefined) {
      unread.set(resource.type, [...(unread.get(resource.type) ?? []), resource.key]);
    } else if (reader !== free) charges.push(...reader(resource, reading));
  }
  charges.push(...trafficCharges(reading), ...imageCharges(usage));
  return {
    charges,
    usage,
    tiers: new Map(estate.inventory.resources.map((resource) => [resource.key, tierOf(resource)])),
    unread: [...unread].map(([type, resources]) => ({ type, resources })),
    idle: reading
      .ofType('AWS::AutoScaling::AutoScalingGroup')
      .filter((group) => statedSizes(group).desired > 0 && reading.running(group.key) === 0)
      .map(({ key }) => key),
  };
}

/** Images and snapshots stand in no template, are kept on purpose, and cost by what they hold. */
function imageCharges({ imageGigabytes }: Usage): Charge[] {
  if (imageGigabytes === 0) return [];
  const what = words(`${imageGigabytes} GB of images and snapshots`, `이미지와 스냅샷 ${imageGigabytes}GB`);
  const snapshots = tariff('EBS', 'snapshot storage');
  return [
    {
      resource: null,
      heading: 'volumes',
      what,
      tariff: snapshots,
      quantity: imageGigabytes,
      basis: 'monthly',
      ends: 'never',
    },
  ];
}

/** Prices what is used at one region's prices. Charges of one tariff climb its steps, and use up its allowance, together. */
export function price(use: Use, book: PriceBook, region: string): Bill {
  const { usage } = use;
  const pools = new Map<string, { tariff: Tariff; charges: Charge[] }>();
  for (const charge of use.charges) {
    const key = poolKey(charge.tariff);
    const pool = pools.get(key) ?? { tariff: charge.tariff, charges: [] };
    pool.charges.push(charge);
    pools.set(key, pool);
  }
  const left = new Map<unknown, number>();
  const priced = new Map<Charge, Line>();
  for (const { tariff: shared, charges } of pools.values()) {
    const total = charges.reduce((sum, charge) => sum + monthQuantity(charge, usage), 0);
    const free = usage.allowances && shared.allowance ? shared.allowance : null;
    const allowed = free ? Math.min(total, left.get(free) ?? free.amount) : 0;
    if (free) left.set(free, (left.get(free) ?? free.amount) - allowed);
    const cost = climb(shared, total - allowed, book, shared.region ?? region);
    for (const charge of charges) {
      const quantity = monthQuantity(charge, usage);
      const share = total > 0 ? quantity / total : 0;
      priced.set(charge, {
        ...charge,
        tier: charge.resource === null ? null : (use.tiers.get(charge.resource) ?? null),
        monthQuantity: quantity,
        allowed: allowed * share,
        usd: cost.usd === null ? null : cost.usd * share,
        records: cost.records,
        missing: cost.missing,
        couldBe: cost.couldBe && { low: cost.couldBe.low * share, high: cost.couldBe.high * share },
      });
    }
  }
  return sum(
    region,
    use.charges.map((charge) => priced.get(charge)!),
    use,
  );
}

export function billOf(estate: Estate, usage: Usage, book: PriceBook, region = estate.inventory.region): Bill {
  return price(useOf(estate, usage, newestMonth(book)), book, region);
}

/** The month that the newest price was seen: what a bill is as of, so that the same data always gives the same bill. */
export function newestMonth(book: PriceBook): string {
  const known = newestMonths.get(book);
  if (known !== undefined) return known;
  let newest = '';
  for (const { asOf } of book.records.values()) if (/^\d{4}-\d\d/.test(asOf) && asOf > newest) newest = asOf;
  newestMonths.set(book, newest.slice(0, 7));
  return newest.slice(0, 7);
}

const newestMonths = new WeakMap<PriceBook, string>();

function sum(region: string, lines: readonly Line[], { usage, unread, idle }: Use): Bill {
  const usd = lines.reduce((total, line) => total + (line.usd ?? 0), 0);
  const unknown = lines.filter((line) => line.usd === null);
  const bounded = unknown.every((line) => line.couldBe !== null) && unread.length === 0 && idle.length === 0;
  const most = usd + unknown.reduce((total, line) => total + (line.couldBe?.high ?? 0), 0);
  const perHour = lines.reduce((total, line) => total + hourly(line, usage), 0);
  return {
    region,
    usage,
    lines,
    unread,
    idle,
    usd,
    usdPerHour: perHour,
    usdPerDay: perHour * 24,
    pricedShare: bounded ? (most === 0 ? 1 : usd / most) : null,
  };
}

/** Dollars for one hour of being on; what is used is spread over the hours that it is on. */
export function hourly(line: Line, usage: Usage): number {
  if (line.usd === null) return 0;
  const hours = line.basis === 'used' || stopsAtRest(line.ends, usage.rest) ? usage.hoursOn : usage.hoursExisting;
  return hours === 0 ? 0 : line.usd / hours;
}

/** Dollars for one hour of rest in the given state. */
export function hourlyAtRest(line: Line, usage: Usage, rest: Rest): number {
  return line.basis === 'used' || stopsAtRest(line.ends, rest) ? 0 : hourly(line, usage);
}

function stopsAtRest(ends: Charge['ends'], rest: Rest): boolean {
  return ends !== 'never' && order.indexOf(ends) <= order.indexOf(rest);
}

const order: readonly Rest[] = ['stopped', 'dismantled', 'deleted'];

function monthQuantity(charge: Charge, usage: Usage): number {
  const { quantity, basis, ends } = charge;
  if (basis === 'used') return quantity;
  if (basis === 'whole month') return usage.hoursExisting > 0 ? quantity : 0;
  const hours =
    ends === 'never' ? usage.hoursInMonth : stopsAtRest(ends, usage.rest) ? usage.hoursOn : usage.hoursExisting;
  return basis === 'hourly' ? quantity * hours : (quantity * hours) / usage.hoursInMonth;
}

function poolKey(tariff: Tariff): string {
  return `${tariff.service}\n${tariff.region ?? ''}\n${tariff.steps[0]!.item}`;
}

/** Walks an amount up the steps of a tariff; a step without a price makes the whole unknown. */
function climb(tariff: Tariff, amount: number, book: PriceBook, region: string) {
  const records: PriceRecord[] = [];
  const missing: string[] = [];
  let usd = 0;
  let low = 0;
  let high = 0;
  let bounded = true;
  let from = 0;
  for (const { upTo, item } of tariff.steps) {
    const within = Math.min(amount, upTo ?? Number.POSITIVE_INFINITY) - from;
    if (within <= 0 && from > 0) break;
    const record = findPrice(book, tariff.service, item, region);
    if (record) {
      records.push(record);
      const cost = (within / unitSize(record.unit)) * record.usd;
      usd += cost;
      low += cost;
      high += cost;
    } else {
      missing.push(item);
      const others = pricesElsewhere(book, tariff.service, item).map(
        (each) => (within / unitSize(each.unit)) * each.usd,
      );
      if (others.length === 0 && within > 0) bounded = false;
      low += Math.min(...others, Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY ? 0 : Math.min(...others);
      high += Math.max(0, ...others);
    }
    from = upTo ?? amount;
  }
  if (missing.length === 0 || amount === 0)
    return { usd: missing.length === 0 ? usd : 0, records, missing: [], couldBe: null };
  return { usd: null, records, missing, couldBe: bounded ? { low, high } : null };
}

/**
 * Which part of the sum rests on prices that two separately made sources state alike: 0 to 1. The rest rests on one source, or on
 * a figure derived from one.
 */
export function confirmedShare(bill: Bill): number {
  const confirmed = bill.lines
    .filter((line) => line.records.every((record) => ['two-sources', 'price-list'].includes(record.confidence)))
    .reduce((sum, line) => sum + (line.usd ?? 0), 0);
  return bill.usd === 0 ? 1 : confirmed / bill.usd;
}

/** Adds lines up by something of theirs, largest first; what is unknown is counted, not added. */
export function sumBy<Key extends string>(
  lines: readonly Line[],
  keyOf: (line: Line) => Key,
): { readonly key: Key; readonly usd: number; readonly unknown: number }[] {
  const sums = new Map<Key, { key: Key; usd: number; unknown: number }>();
  for (const line of lines) {
    const key = keyOf(line);
    const entry = sums.get(key) ?? { key, usd: 0, unknown: 0 };
    entry.usd += line.usd ?? 0;
    entry.unknown += line.usd === null ? 1 : 0;
    sums.set(key, entry);
  }
  return [...sums.values()].sort((one, other) => other.usd - one.usd);
}
