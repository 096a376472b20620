import { assumptions, type Usage, type UsageName } from '@terrace/cloud/families/contract/usage';
import { newestMonth, price, useOf } from '../bill/bill.ts';
import type { Estate } from '../bill/estate.ts';
import { usageNames } from '../bill/usage.ts';
import type { PriceBook } from '../prices/prices.ts';

/** An assumption that a bill rests on, and what being wrong about it costs. */
export interface Sensitivity {
  readonly name: UsageName;
  readonly value: number;
  /** Dollars a month more if it were twice as much (or, for a share, all of it). */
  readonly doubled: number;
}

/** The assumptions that this estate's bill depends on at all, those that matter most first. */
export function sensitivities(estate: Estate, usage: Usage, book: PriceBook, region: string): Sensitivity[] {
  const month = newestMonth(book);
  const quantities = (of: Usage) => JSON.stringify(useOf(estate, of, month).charges.map((charge) => charge.quantity));
  const now = price(useOf(estate, usage, month), book, region).usd;
  const before = quantities(usage);
  return usageNames
    .filter((name) => !name.startsWith('hours'))
    .flatMap((name) => {
      const assumption: { most?: number } = assumptions[name];
      const value = assumption.most ?? (usage[name] === 0 ? 1 : usage[name] * 2);
      const other = { ...usage, [name]: value };
      if (quantities(other) === before) return [];
      return [{ name, value: usage[name], doubled: price(useOf(estate, other, month), book, region).usd - now }];
    })
    .sort((one, other) => Math.abs(other.doubled) - Math.abs(one.doubled));
}
