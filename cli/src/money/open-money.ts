import type { Usage } from '@terrace/cloud/families/contract/usage';
import type { Inventory } from '@terrace/cloud/inventory';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { words } from '@terrace/cloud/words';
import { checkRegion } from '@terrace/lenses/cost/alternatives/regions';
import { newestMonth } from '@terrace/lenses/cost/bill/bill';
import type { Estate } from '@terrace/lenses/cost/bill/estate';
import { scheduledHours } from '@terrace/lenses/cost/bill/schedule';
import { checkTogether, parseUsage, usageOf } from '@terrace/lenses/cost/bill/usage';
import {
  type Currency,
  type ExchangeRate,
  loadExchangeRates,
  newestRate,
  parseCurrency,
} from '@terrace/lenses/cost/prices/currency';
import type { PriceBook } from '@terrace/lenses/cost/prices/prices';
import { mistakesOf, needs, oneOf } from '../arguments/option-values.ts';
import type { Option } from '../command.ts';
import { projectOptions } from '../project/project.ts';
import { loadAsked } from '../running/load-asked.ts';
import { openPrices } from './price-file.ts';

/** What every command about money works with. */
export interface Money {
  readonly estate: Estate;
  readonly book: PriceBook;
  readonly usage: Usage;
  /** The region whose prices hold. */
  readonly region: string;
  readonly currency: Currency;
  readonly rate: ExchangeRate;
  /** Percent, added to what is shown. */
  readonly tax: number;
}

export const moneyOptions: readonly Option[] = [
  ...projectOptions,
  {
    flags: '--in <region>',
    description: words('prices of this region instead of the template’s', '템플릿의 리전 대신 이 리전의 가격으로 계산'),
  },
  {
    flags: '--requests <number>',
    description: words(
      'requests a month (same as --usage requests=…; what is assumed says terrace cost)',
      '한 달 요청 수 (--usage requests=…과 같음. 기본 가정은 terrace cost에 나옴)',
    ),
  },
  {
    flags: '--hours <number>',
    description: words('hours a month that it is on (default always)', '한 달에 켜 두는 시간 (기본값: 항상)'),
  },
  {
    flags: '--rest <state>',
    description: words(
      'what is left in the other hours: stopped (default), dismantled or deleted',
      '나머지 시간의 상태: stopped(기본값), dismantled, deleted',
    ),
  },
  {
    flags: '--usage <name=value>',
    description: words(
      'any other figure of usage, by its name in terrace cost --part usage',
      '그 밖의 사용량. 이름은 terrace cost --part usage에 나옴',
    ),
    repeatable: true,
  },
  {
    flags: '--currency <code>',
    description: words('USD or KRW (default both)', 'USD 또는 KRW (기본값: 둘 다)'),
  },
  {
    flags: '--rate <won>',
    description: words(
      'won for one dollar (default the newest that is shipped)',
      '1달러의 원화 환율 (기본값: 들어 있는 최신 환율)',
    ),
  },
  { flags: '--rate-date <date>', description: words('the day that --rate is of', '--rate의 날짜') },
  {
    flags: '--tax <percent>',
    description: words('tax on top (default 0), for example 10 in Korea', '더할 세금(%) (기본값 0). 한국 부가세는 10'),
  },
  {
    flags: '--no-allowances',
    description: words('do not take off the always-free amounts', '상시 무료 사용량을 빼지 않음'),
  },
  {
    flags: '--prices <file>',
    description: words(
      'file that terrace prices refresh wrote (default the prices that are shipped)',
      'terrace prices refresh로 저장한 가격 파일 (기본값: 들어 있는 가격)',
    ),
  },
];

export async function openMoney(options: Readonly<Record<string, unknown>>): Promise<Result<Money>> {
  const mistakes: Mistake[] = [];
  const usage = readUsage(options, mistakes);
  const rate = readRate(options, mistakes);
  if (options.rateDate !== undefined && options.rate === undefined) mistakes.push(needs('--rate-date', '--rate'));
  const tax = readNumber(options.tax, '--tax', 0, mistakes);
  const currency = options.currency === undefined ? 'USD' : parseCurrency(String(options.currency));
  if (typeof currency !== 'string') mistakes.push(currency);
  const prices = openPrices(options.prices);
  mistakes.push(...mistakesOf([prices]));
  const book = prices.ok ? prices.value : undefined;
  const asked = options.in === undefined ? undefined : String(options.in);
  if (asked !== undefined && book) mistakes.push(...[checkRegion(book, asked)].flatMap((each) => each ?? []));
  const inventory = await loadAsked(options);
  if (!inventory.ok) mistakes.push(...inventory.mistakes);
  if (!inventory.ok || !book || mistakes.length > 0) return failure(mistakes);
  const region = asked ?? inventory.value.region;
  const unpriced = checkRegion(book, region);
  if (unpriced) return failure([unpriced]);
  const estate = estateOf(inventory.value);
  const scheduled = hoursSaid(options) ? null : scheduledHours(inventory.value, usage.hoursInMonth, newestMonth(book));
  const hours = scheduled === null ? {} : { hoursOn: Math.min(scheduled, usage.hoursExisting) };
  return success(
    { estate, book, usage: { ...usage, ...hours }, region, rate, tax, currency: currency as Currency },
    inventory.warnings,
  );
}

export function estateOf(inventory: Inventory): Estate {
  return { inventory, fleet: initialFleet(inventory) };
}

/** Whether the user says how long it is on; otherwise the template's own schedule says it, where it has one. */
function hoursSaid(options: Readonly<Record<string, unknown>>): boolean {
  const pairs = (options.usage as string[] | undefined) ?? [];
  return options.hours !== undefined || pairs.some((pair) => pair.startsWith('hoursOn='));
}

function readUsage(options: Readonly<Record<string, unknown>>, mistakes: Mistake[]): Usage {
  const pairs = [...((options.usage as string[] | undefined) ?? [])];
  if (options.requests !== undefined) pairs.push(`requests=${options.requests}`);
  if (options.hours !== undefined) pairs.push(`hoursOn=${options.hours}`);
  const { said, mistakes: found } = parseUsage(pairs);
  mistakes.push(...found);
  const rest = oneOf(
    '--rest',
    options.rest ?? 'stopped',
    ['stopped', 'dismantled', 'deleted'] as const,
    'UNKNOWN_REST',
  );
  mistakes.push(...mistakesOf([rest]));
  const usage = usageOf({ ...said, rest: rest.ok ? rest.value : 'stopped', allowances: options.allowances !== false });
  if (found.length === 0) mistakes.push(...checkTogether(usage));
  return usage;
}

function readRate(options: Readonly<Record<string, unknown>>, mistakes: Mistake[]): ExchangeRate {
  const newest = newestRate(loadExchangeRates());
  if (options.rate === undefined) return newest;
  const krwPerUsd = readNumber(options.rate, '--rate', newest.krwPerUsd, mistakes);
  if (krwPerUsd < 0.01) readNumber(`${options.rate} won`, '--rate', newest.krwPerUsd, mistakes);
  const date = options.rateDate === undefined ? 'as given' : String(options.rateDate);
  if (options.rateDate !== undefined && !/^\d{4}(-\d\d){0,2}$/.test(date)) mistakes.push(notADate(date));
  return { date, krwPerUsd, source: '--rate', note: '' };
}

function notADate(given: string): Mistake {
  return mistake(
    'NOT_A_DATE',
    { path: '--rate-date' },
    {
      cause: words(`“${given}” is no day, month or year.`, `“${given}”{은/는} 날짜나 연월이 아닙니다.`),
      next: words('for example --rate-date 2026-11-22', '예: --rate-date 2026-11-22'),
    },
  );
}

/** Of won for a dollar, of days, of percent. */
const mostNumber = 1e6;

export function readNumber(
  value: unknown,
  path: string,
  otherwise: number,
  mistakes: Mistake[],
  most = mostNumber,
): number {
  if (value === undefined) return otherwise;
  const text = String(value).replaceAll(/[,_]/g, '').trim();
  const number = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number) && number >= 0 && number <= most) return number;
  mistakes.push(
    mistake(
      'NOT_A_NUMBER',
      { path },
      {
        cause: words(
          `${path} takes a number from 0 to ${most.toLocaleString('en-US')}; it was given “${value}”.`,
          `${path}에는 0부터 ${most.toLocaleString('en-US')}까지의 숫자를 씁니다. “${value}”{을/를} 받았습니다.`,
        ),
        next: words(`for example ${path} ${otherwise}`, `예: ${path} ${otherwise}`),
      },
    ),
  );
  return otherwise;
}
