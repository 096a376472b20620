import { readFileSync } from 'node:fs';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

export type Currency = 'USD' | 'KRW';

/** What a dollar cost, as seen on its date. */
export interface ExchangeRate {
  /** A day, a month or a year, as the source gives it. */
  readonly date: string;
  readonly krwPerUsd: number;
  readonly source: string;
  readonly note: string;
}

export interface Money {
  readonly amount: number;
  readonly currency: Currency;
}

export function loadExchangeRates(): readonly ExchangeRate[] {
  return JSON.parse(readFileSync(new URL('../../../data/exchange-rates.json', import.meta.url), 'utf8'));
}

export function newestRate(rates: readonly ExchangeRate[]): ExchangeRate {
  return rates.reduce((newest, rate) => (rate.date > newest.date ? rate : newest));
}

export function toUsd({ amount, currency }: Money, rate: ExchangeRate): number {
  return currency === 'USD' ? amount : amount / rate.krwPerUsd;
}

export function fromUsd(usd: number, currency: Currency, rate: ExchangeRate): number {
  return currency === 'USD' ? usd : usd * rate.krwPerUsd;
}

/** Won without a fraction, dollars with cents, and small dollar figures with what they need to be seen. */
export function formatMoney(usd: number, currency: Currency, rate: ExchangeRate): string {
  const amount = fromUsd(usd, currency, rate);
  if (currency === 'KRW') return `₩${Math.round(amount).toLocaleString('en-US')}`;
  const digits = amount !== 0 && Math.abs(amount) < 1 ? 4 : 2;
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** In either currency. */
const mostMoney = 1e15;

/** Reads `30000`, `30,000 KRW`, `30000원`, `₩30,000`, `$20` or `20 USD`; won where no currency is named. */
export function parseMoney(text: string): Money | Mistake {
  const match = /^\s*([$₩])?\s*(-?[\d,_]*\.?\d+)\s*([A-Za-z$₩]+|원|달러)?\s*$/.exec(text);
  const place = { path: '--money' };
  if (!match) {
    return mistake('NOT_AN_AMOUNT', place, {
      cause: words(`“${text}” is not an amount of money.`, `“${text}”{은/는} 금액이 아닙니다.`),
      next: words('write for example 30000KRW or 20USD', '예: 30000KRW 또는 20USD'),
    });
  }
  const currency = currencies[(match[1] ?? match[3] ?? 'KRW').toUpperCase()];
  if (currency === undefined) return unknownCurrency(match[3] ?? '');
  const amount = Number(match[2]!.replaceAll(/[,_]/g, ''));
  if (amount > mostMoney) {
    return mistake('NOT_AN_AMOUNT', place, {
      cause: words(`${text} is more money than there is.`, `${text}{은/는} 있을 수 없는 금액입니다.`),
      next: words('write for example 30000KRW or 20USD', '예: 30000KRW 또는 20USD'),
    });
  }
  if (amount <= 0) {
    return mistake('NOTHING_TO_SPEND', place, {
      cause: words(`With ${text} there is nothing to spend.`, `${text}{으로/로}는 쓸 수 있는 돈이 없습니다.`),
      next: words('give an amount above zero, for example 30000KRW', '0보다 큰 금액을 쓰세요. 예: 30000KRW'),
    });
  }
  return { amount, currency };
}

export function parseCurrency(text: string): Currency | Mistake {
  return currencies[text.toUpperCase()] ?? unknownCurrency(text);
}

function unknownCurrency(text: string): Mistake {
  return mistake(
    'UNKNOWN_CURRENCY',
    { path: '--currency' },
    {
      cause: words(`There is no exchange rate for ${text}.`, `${text}의 환율이 없습니다.`),
      next: words('use USD or KRW', 'USD나 KRW를 쓰세요'),
    },
  );
}

const currencies: Readonly<Record<string, Currency>> = {
  USD: 'USD',
  $: 'USD',
  달러: 'USD',
  KRW: 'KRW',
  '₩': 'KRW',
  원: 'KRW',
};
