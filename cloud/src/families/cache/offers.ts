import { readFileSync } from 'node:fs';

/** What ElastiCache offers, in any region, on a day. */
interface Offers {
  readonly source: string;
  readonly date: string;
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly nodeTypes: readonly string[];
}

let offers: Offers | undefined;

export function cacheOffers(): Offers {
  offers ??= JSON.parse(readFileSync(new URL('../../../data/offers/cache.json', import.meta.url), 'utf8')) as Offers;
  return offers;
}
