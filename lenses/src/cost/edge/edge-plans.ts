import { type Words, words } from '@terrace/cloud/words';
import { findPrice, type PriceBook } from '../prices/prices.ts';

/** A month of CloudFront at one price, whatever is sent within its allowance. */
export interface FlatPlan {
  readonly name: string;
  readonly usd: number;
  readonly what: Words;
}

/**
 * Allowances as of November 2025, when the plans began; the prices are records. Requests, and gigabytes to the internet.
 *
 * https://www.duckbillhq.com/?p=10291, https://bybowu.com/article/cloudfront-flatrate-pricing-real-savings-real-limits
 */
const plans = [
  { name: 'Free', item: 'flat-rate plan Free (1 million requests, 100 GB)', requests: 1e6, gigabytes: 100 },
  { name: 'Pro', item: 'flat-rate plan Pro (10 million requests, 50 TB)', requests: 10e6, gigabytes: 50 * 1024 },
  { name: 'Business', item: 'flat-rate plan Business', requests: 125e6, gigabytes: 50 * 1024 },
  {
    name: 'Premium',
    item: 'flat-rate plan Premium (500 million requests, 50 TB)',
    requests: 500e6,
    gigabytes: 50 * 1024,
  },
] as const;

/** The cheapest plan whose allowance holds so much; `null` where none does or its price is not known. */
export function flatPlanFor(requests: number, gigabytes: number, book: PriceBook): FlatPlan | null {
  const fitting = plans.filter((plan) => requests <= plan.requests && gigabytes <= plan.gigabytes);
  const priced = fitting.flatMap(({ name, item, requests: most, gigabytes: size }) => {
    const record = findPrice(book, 'CloudFront', item, 'global');
    if (!record) return [];
    const volume = size < 1024 ? `${size} GB` : `${size / 1024} TB`;
    const many = most.toLocaleString('en-US');
    return [
      {
        name,
        usd: record.usd,
        what: words(
          `flat-rate plan ${name}: ${many} requests, ${volume}`,
          `정액 플랜 ${name}: 요청 ${many}건, ${volume}`,
        ),
      },
    ];
  });
  return priced.sort((one, other) => one.usd - other.usd)[0] ?? null;
}
