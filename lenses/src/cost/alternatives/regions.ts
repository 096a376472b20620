import { readFileSync } from 'node:fs';
import type { Heading } from '@terrace/cloud/families/contract/headings';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { type Bill, type Line, price, type Use } from '../bill/bill.ts';
import type { PriceBook } from '../prices/prices.ts';

/** One region's bill beside the bill of the region that the template is for. */
export interface RegionBill {
  readonly bill: Bill;
  /** A month here less a month at home, in dollars. */
  readonly difference: number;
  /** What makes the difference, largest first. */
  readonly because: readonly Difference[];
}

export interface Difference {
  readonly heading: Heading;
  readonly item: string;
  readonly usd: number;
  /** Unit prices there and at home; `null` where one of them is unknown. */
  readonly there: number | null;
  readonly here: number | null;
  readonly records: readonly string[];
}

/** The same use at every region's prices, cheapest first; a region with unknown parts stands by what is known, and says so. */
export function compareRegions(use: Use, book: PriceBook, home: string): RegionBill[] {
  const here = price(use, book, home);
  return book.regions
    .map((region) => {
      const bill = region === home ? here : price(use, book, region);
      return { bill, difference: bill.usd - here.usd, because: explain(bill, here) };
    })
    .sort((one, other) => one.bill.usd - other.bill.usd);
}

/** Both bills come from the same use, so that their lines stand in the same order. */
function explain(there: Bill, here: Bill): Difference[] {
  const byItem = new Map<string, Difference>();
  there.lines.forEach((line, index) => {
    const home = here.lines[index]!;
    if (line.usd === home.usd) return;
    const item = line.tariff.steps[0]!.item;
    const before = byItem.get(item);
    byItem.set(item, {
      heading: line.heading,
      item,
      usd: (before?.usd ?? 0) + (line.usd ?? 0) - (home.usd ?? 0),
      there: unitPrice(line),
      here: unitPrice(home),
      records: [...home.records, ...line.records].map((record) => record.id),
    });
  });
  return [...byItem.values()].sort((one, other) => Math.abs(other.usd) - Math.abs(one.usd));
}

function unitPrice(line: Line): number | null {
  return line.usd === null ? null : (line.records[0]?.usd ?? null);
}

/** `undefined` where the region has prices. */
export function checkRegion(book: PriceBook, region: string): Mistake | undefined {
  if (book.regions.includes(region)) return undefined;
  const nearest = nearestRegion(book, region);
  return mistake(
    'REGION_WITHOUT_PRICES',
    { path: `--in ${region}` },
    {
      cause: words(`There are no prices for ${region}.`, `${region}의 가격이 없습니다.`),
      next: words(
        `use ${nearest}, the nearest that has prices (all: ${book.regions.join(', ')}), or get them: terrace prices refresh --region ${region}`,
        `가격이 있는 가장 가까운 리전인 ${nearest}{을/를} 쓰거나 (전체: ${book.regions.join(', ')}), 가격을 받아 오세요: terrace prices refresh --region ${region}`,
      ),
    },
  );
}

/** By measured round trips where there are any, or else by how far the names agree. */
function nearestRegion(book: PriceBook, region: string): string {
  const trips = roundTrips().filter((each) => each.from === region && book.regions.includes(each.to));
  if (trips.length > 0) return trips.reduce((best, each) => (each.milliseconds < best.milliseconds ? each : best)).to;
  const agreement = (other: string) => [...other].findIndex((letter, index) => letter !== region[index]);
  return book.regions.reduce((best, other) => (agreement(other) > agreement(best) ? other : best));
}

export interface RoundTrip {
  readonly from: string;
  readonly to: string;
  /** Median over a year. */
  readonly milliseconds: number;
  readonly source: string;
}

let trips: readonly RoundTrip[] | undefined;

export function roundTrips(): readonly RoundTrip[] {
  if (trips) return trips;
  const file = JSON.parse(readFileSync(new URL('../../../data/latency.json', import.meta.url), 'utf8')) as {
    sources: string[];
    regions: [string, string, number, number][];
  };
  trips = file.regions.map(([from, to, milliseconds, source]) => ({
    from,
    to,
    milliseconds,
    source: file.sources[source] ?? '',
  }));
  return trips;
}
