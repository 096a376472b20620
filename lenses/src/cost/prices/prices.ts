import { readFileSync } from 'node:fs';

/** One published unit price, as seen on its source's date: before tax, discounts and allowances. */
export interface PriceRecord {
  /** `service / item / region`, which names this record everywhere a figure is shown. */
  readonly id: string;
  readonly service: string;
  readonly item: string;
  /** What `usd` is paid for, for example `instance-hour` or `10k requests`. */
  readonly unit: string;
  /** A region's code, `global`, or a price group of CloudFront. */
  readonly region: string;
  readonly usd: number;
  readonly source: string;
  /** Year and month of the newest source that states the figure. */
  readonly asOf: string;
  readonly confidence: 'two-sources' | 'one-source' | 'derived' | 'price-list';
}

export interface PriceBook {
  readonly records: ReadonlyMap<string, PriceRecord>;
  /** The regions of the world that have prices, in the data's order. */
  readonly regions: readonly string[];
  /** What a file replaced, for the word of caution; empty for the data that comes with Terrace. */
  readonly origin: string;
}

export function recordId(service: string, item: string, region: string): string {
  return `${service} / ${item} / ${region}`;
}

/** The region's own price, or else the one that holds everywhere. `undefined` is unknown, never free. */
export function findPrice(book: PriceBook, service: string, item: string, region: string): PriceRecord | undefined {
  return book.records.get(recordId(service, item, region)) ?? book.records.get(recordId(service, item, 'global'));
}

/** Every region's price of one item: what a price that is missing somewhere could be. */
export function pricesElsewhere(book: PriceBook, service: string, item: string): PriceRecord[] {
  return book.regions.flatMap((region) => book.records.get(recordId(service, item, region)) ?? []);
}

/**
 * How many single things a unit holds: 10,000 for `10k requests`, 1,000,000 for `million units`, 1 for `GB-month`.
 */
export function unitSize(unit: string): number {
  const head = unit.split(' ')[0] ?? '';
  if (unit.startsWith('million ')) return 1_000_000;
  const match = /^([\d,]+)(k?)$/.exec(head);
  if (!match || !unit.includes(' ')) return 1;
  return Number(match[1]!.replaceAll(',', '')) * (match[2] === 'k' ? 1000 : 1);
}

/**
 * The prices that come with Terrace, or those of a file that `terrace prices refresh` wrote. Of the two files that come with it, `prices.json`
 * was collected item by item; `feed-prices.json` is read from public captures of what AWS's pricing pages load, and has what the first has not.
 */
export function loadPrices(file?: string | URL): PriceBook {
  const files = file === undefined ? [shipped, shippedFeed] : [file];
  return bookOf(files.flatMap(recordsIn), file === undefined ? 'shipped' : String(file));
}

function recordsIn(file: string | URL): PriceRecord[] {
  const { sources, items } = JSON.parse(readFileSync(file, 'utf8')) as PriceFile;
  return items.flatMap(({ service, item, unit, prices }) =>
    Object.entries(prices).map(([region, [usd, source, asOf, confidence]]) => {
      const id = recordId(service, item, region);
      return { id, service, item, unit, region, usd, source: sources[source] ?? '', asOf, confidence };
    }),
  );
}

export function bookOf(records: readonly PriceRecord[], origin: string): PriceBook {
  const regions = new Set(
    records.map((record) => record.region).filter((region) => /^[a-z]+(-[a-z]+)+-\d$/.test(region)),
  );
  return { records: new Map(records.map((record) => [record.id, record])), regions: [...regions], origin };
}

/** The file format: one line an item, as `lenses/data/generate.mjs` describes it. */
export interface PriceFile {
  readonly sources: readonly string[];
  readonly items: readonly {
    readonly service: string;
    readonly item: string;
    readonly unit: string;
    readonly prices: Readonly<Record<string, readonly [number, number, string, PriceRecord['confidence']]>>;
  }[];
}

/** The text of a price file, which `loadPrices` reads back as the same records. */
export function formatPriceFile(records: Iterable<PriceRecord>): string {
  const sources: string[] = [];
  const items = new Map<string, { service: string; item: string; unit: string; prices: Record<string, unknown> }>();
  for (const { service, item, unit, region, usd, source, asOf, confidence } of records) {
    if (!sources.includes(source)) sources.push(source);
    const key = `${service} / ${item}`;
    const entry = items.get(key) ?? { service, item, unit, prices: {} };
    entry.prices[region] = [usd, sources.indexOf(source), asOf, confidence];
    items.set(key, entry);
  }
  const lines = (values: Iterable<unknown>) => `[\n${[...values].map((value) => JSON.stringify(value)).join(',\n')}\n]`;
  return `{"sources":${lines(sources)},\n"items":${lines(items.values())}}\n`;
}

const shipped = new URL('../../../data/prices.json', import.meta.url);
const shippedFeed = new URL('../../../data/feed-prices.json', import.meta.url);
