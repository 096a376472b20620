import type { Usage } from '@terrace/cloud/families/contract/usage';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { type Bill, newestMonth, price } from '../bill/bill.ts';
import type { Estate } from '../bill/estate.ts';

import type { PriceBook } from '../prices/prices.ts';

import { busiest, type Way, waysOf } from './ways.ts';

export interface Crossing {
  /** The first request count of a month at which the other way is no longer the cheaper one. */
  readonly requests: number;
  readonly usd: number;
  /** Which of the two is cheaper below, and which from here on. */
  readonly below: Way['id'];
  readonly above: Way['id'];
}

export interface Comparison {
  readonly ways: readonly { readonly way: Way; readonly bill: Bill; readonly crossings: readonly Crossing[] }[];
  readonly points: readonly { readonly requests: number; readonly usd: Readonly<Record<Way['id'], number>> }[];
}

/** From a thousand requests a month to ten thousand million. */
const decades = { from: 3, to: 10, steps: 8 };

/** As many servers as no group of AWS has; the curve goes as far as there are fewer. */
const mostServers = 100_000;

/** Whether the curve and the usage stay within what can be drawn: a server that takes next to nothing needs endless others. Mistake: `TOO_MANY_SERVERS`. */
export function checkServers(usage: Usage): Mistake | undefined {
  const requests = Math.max(usage.requests, 10 ** decades.to);
  const needs = busiest(requests, usage) / usage.serverRequestsPerSecond;
  if (needs <= mostServers) return undefined;
  return mistake(
    'TOO_MANY_SERVERS',
    { path: '--usage serverRequestsPerSecond' },
    {
      cause: words(
        `The busiest second of ${requests.toLocaleString('en-US')} requests a month would need more than ${mostServers.toLocaleString('en-US')} servers.`,
        `한 달 요청 ${requests.toLocaleString('en-US')}개의 가장 바쁜 1초에 서버가 ${mostServers.toLocaleString('en-US')}대 넘게 필요합니다.`,
      ),
      next: words(
        'give fewer requests, a smaller peakFactor or a larger serverRequestsPerSecond',
        '요청 수나 peakFactor를 줄이거나 serverRequestsPerSecond를 늘리세요',
      ),
    },
  );
}

/** The template against the three others: at the usage given, at every size, and where the cheaper one changes. */
export function compareServerless(estate: Estate, usage: Usage, book: PriceBook, region: string): Comparison {
  const ways = waysOf(estate, usage, newestMonth(book), region);
  const known = new Map<string, number>();
  const cost = (way: Way, requests: number) => {
    const key = `${way.id} ${requests}`;
    const usd = known.get(key) ?? price(way.use(requests), book, region).usd;
    known.set(key, usd);
    return usd;
  };
  const drawn = Array.from({ length: (decades.to - decades.from) * decades.steps + 1 }, (_, index) =>
    Math.round(10 ** (decades.from + index / decades.steps)),
  );
  const compared = [...new Set([...drawn, ...leaps(usage)])].sort((one, other) => one - other);
  const [template] = ways;
  return {
    points: drawn.map((requests) => ({
      requests,
      usd: Object.fromEntries(ways.map((way) => [way.id, cost(way, requests)])) as Record<Way['id'], number>,
    })),
    ways: ways.map((way) => ({
      way,
      bill: price(way.use(usage.requests), book, region),
      crossings: way === template ? [] : crossingsOf(template!, way, compared, cost),
    })),
  };
}

/**
 * The last request before each server that is added and the first after it: there the cost leaps, and the cheaper way may change
 * more than once. Between two of them both ways only rise, in straight lines.
 */
function leaps(usage: Usage): number[] {
  return [1, usage.applicationShare].flatMap((share) => {
    const each =
      busiest(share, usage) === 0 ? Number.POSITIVE_INFINITY : usage.serverRequestsPerSecond / busiest(share, usage);
    const count = Math.min(1000, Math.floor(10 ** decades.to / each));
    return Array.from({ length: count }, (_, index) => Math.floor((index + 1) * each)).flatMap((last) => [
      last,
      last + 1,
    ]);
  });
}

function crossingsOf(
  template: Way,
  other: Way,
  requests: readonly number[],
  cost: (way: Way, requests: number) => number,
) {
  const cheaper = (count: number) => cost(other, count) < cost(template, count);
  const crossings: Crossing[] = [];
  for (let index = 1; index < requests.length; index++) {
    let low = requests[index - 1]!;
    let high = requests[index]!;
    const before = cheaper(low);
    if (before === cheaper(high)) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (cheaper(middle) === before) low = middle;
      else high = middle;
    }
    const [below, above] = before ? [other.id, template.id] : [template.id, other.id];
    crossings.push({ requests: high, usd: cost(template, high), below, above });
  }
  return crossings;
}
