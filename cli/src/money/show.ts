import { assumptions, type Usage } from '@terrace/cloud/families/contract/usage';
import { type Language, type Words, words } from '@terrace/cloud/words';
import type { Sensitivity } from '@terrace/lenses/cost/alternatives/sensitivity';
import { newestMonth } from '@terrace/lenses/cost/bill/bill';
import { usageNames } from '@terrace/lenses/cost/bill/usage';
import { formatMoney } from '@terrace/lenses/cost/prices/currency';
import type { PriceRecord } from '@terrace/lenses/cost/prices/prices';
import { table } from '../terminal/table.ts';
import type { Money } from './open-money.ts';

/** Dollars as the user wants to see them: with tax, in the currency asked for, or in both. */
export function shower(money: Money, both: boolean): (usd: number | null) => string {
  return (usd) => {
    if (usd === null) return '?';
    const taxed = usd * (1 + money.tax / 100);
    const first = formatMoney(taxed, money.currency, money.rate);
    return both ? `${first} (${formatMoney(taxed, money.currency === 'USD' ? 'KRW' : 'USD', money.rate)})` : first;
  };
}

/** How well a price is known. */
export const confidenceWords: Readonly<Record<PriceRecord['confidence'], Words>> = {
  'two-sources': words('two-sources', '두 출처'),
  'one-source': words('one-source', '출처 하나'),
  derived: words('derived', '계산한 값'),
  'price-list': words('price-list', 'AWS 가격 목록'),
};

/** Where the figures come from, to stand above them. */
export function provenance(money: Money, language: Language): string[] {
  const { book, rate, tax, region } = money;
  const origin = book.origin === 'shipped' ? '' : ` (${book.origin})`;
  const shown = rate.krwPerUsd.toLocaleString('en-US', { maximumFractionDigits: 2 });
  const taxed = {
    en: tax === 0 ? 'before tax (--tax 10 adds Korean VAT)' : `with ${tax} % tax`,
    ko: tax === 0 ? '세금 별도 (부가세 10%는 --tax 10)' : `세금 ${tax}% 포함`,
  };
  return [
    {
      en: `${region}; list prices as of ${newestMonth(book)}${origin}; ₩${shown} for a dollar (${rate.date}); ${taxed.en}`,
      ko: `${region} · ${newestMonth(book)} 기준 정가${origin} · 1달러 ${shown}원 (${rate.date}) · ${taxed.ko}`,
    }[language],
  ];
}

/** The assumptions that a bill rests on, each with its name, so that it can be changed, and what being wrong costs. */
export function assumptionLines(
  found: readonly Sensitivity[],
  show: (usd: number) => string,
  language: Language,
): string[] {
  const twice = { en: 'if twice as much', ko: '두 배라면' }[language];
  const rows = found.map(({ name, value, doubled }) => [
    `  ${name}`,
    value.toLocaleString('en-US'),
    assumptions[name].unit,
    doubled >= 0 ? `+${show(doubled)}` : `−${show(-doubled)}`,
    assumptions[name].meaning[language],
  ]);
  return table(['', '>', '', `>${twice}`, ''], rows);
}

/** What each assumption means, for JSON. */
export function usageJson(usage: Usage) {
  const values = Object.fromEntries(usageNames.map((name) => [name, usage[name]]));
  return { ...values, rest: usage.rest, allowances: usage.allowances };
}

/** Money in JSON is always in US dollars before tax; the rate stands beside it. */
export function frame({ region, rate, tax }: Money) {
  return { currency: 'USD', region, exchangeRate: rate, taxPercent: tax };
}

/** A difference with its sign, nothing where it is less than half a cent. */
export function signed(usd: number, show: (usd: number) => string): string {
  if (Math.abs(usd) < 0.005) return show(0);
  return `${usd > 0 ? '+' : '−'}${show(Math.abs(usd))}`;
}
