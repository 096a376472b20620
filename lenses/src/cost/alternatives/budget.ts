import type { Rest, Usage } from '@terrace/cloud/families/contract/usage';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import { type Bill, billOf, hourlyAtRest, newestMonth, price, useOf } from '../bill/bill.ts';
import type { Estate } from '../bill/estate.ts';
import { part } from '../bill/usage.ts';

import type { PriceBook } from '../prices/prices.ts';
import { type Change, changes, losses } from './changes.ts';

/** How far an amount of money goes. Dollars, before tax. */
export interface Plan {
  readonly usd: number;
  /** Always on, from the first deployment until the money is gone. `null`: the month that can be paid for again and again never ends it. */
  readonly hours: number | null;
  readonly perHour: number;
  /** What an hour costs in each state of rest, and what part of the full price that is. */
  readonly atRest: readonly { readonly rest: Rest; readonly usd: number; readonly share: number }[];
  /** For the days asked for. */
  readonly days: number;
  readonly costOfDays: number;
  readonly lasts: boolean;
  /** The variant that gives up least of those that last, and of those the cheapest; `null` where none lasts. */
  readonly leastLoss: Variant | null;
  /** The variant that costs least of all. */
  readonly cheapest: Variant;
  /** For each state of rest: how long it can be on each day so that the money lasts the days. */
  readonly schedules: readonly Schedule[];
}

export interface Variant {
  readonly changes: readonly Change[];
  /** For the days asked for. */
  readonly usd: number;
  readonly perHour: number;
  /** Always on, until the money is gone; `null` for ever. */
  readonly hours: number | null;
}

export interface Schedule {
  readonly rest: Rest;
  /** In steps of half an hour; 0 where even never being on is too dear. */
  readonly hoursPerDay: number;
  readonly usd: number;
  readonly fits: boolean;
  /** Local times, so that what is on is on in the evening, when people play. */
  readonly from: string;
  readonly to: string;
  /** For `AWS::AutoScaling::ScheduledAction.Recurrence`, with `TimeZone`. */
  readonly start: string;
  readonly stop: string;
}

export interface Question {
  readonly usd: number;
  readonly days: number;
}

export function planBudget(estate: Estate, usage: Usage, book: PriceBook, region: string, question: Question): Plan {
  const spending = spendingOf(estate, usage, book, region);
  const { usd, days } = question;
  const bill = billOf(estate, usage, book, region);
  const costOfDays = spending(days * 24, days * 24, 'stopped');
  const variants = variantsOf(estate, usage, book, region, days);
  const lasting = variants.filter((variant) => variant.usd <= usd);
  const finish = ({ estate: changed, ...variant }: Candidate): Variant => ({
    ...variant,
    perHour: billOf(changed, usage, book, region).usdPerHour,
    hours: lastingHours(spendingOf(changed, usage, book, region), usd),
  });
  const loss = ({ changes }: Candidate) => changes.reduce((sum, change) => sum + losses[change.loss].weight, 0);
  const gentlest = [...lasting].sort((one, other) => loss(one) - loss(other) || one.usd - other.usd)[0];
  return {
    usd,
    days,
    perHour: bill.usdPerHour,
    costOfDays,
    lasts: costOfDays <= usd,
    hours: lastingHours(spending, usd),
    atRest: (['stopped', 'dismantled', 'deleted'] as const).map((rest) => {
      const resting = bill.lines.reduce((sum, line) => sum + hourlyAtRest(line, usage, rest), 0);
      return { rest, usd: resting, share: bill.usdPerHour === 0 ? 0 : resting / bill.usdPerHour };
    }),
    leastLoss: gentlest ? finish(gentlest) : null,
    cheapest: finish(variants.reduce((least, variant) => (variant.usd < least.usd ? variant : least))),
    schedules: (['stopped', 'dismantled'] as const).map((rest) => schedule(spending, question, rest)),
  };
}

/** Dollars for `existing` hours of which it is on for `on`, month by month, so that allowances count once in each. */
export type Spending = (on: number, existing: number, rest: Rest) => number;

export function spendingOf(estate: Estate, usage: Usage, book: PriceBook, region: string): Spending {
  const month = newestMonth(book);
  const bill = (sized: Usage): Bill => price(useOf(estate, sized, month), book, region);
  return (on, existing, rest) => {
    let left = existing;
    let usd = 0;
    const whole = Math.floor(existing / usage.hoursInMonth);
    const share = existing === 0 ? 0 : on / existing;
    if (whole > 0) {
      const hours = usage.hoursInMonth;
      usd += whole * bill({ ...part(usage, hours * share, hours), rest }).usd;
      left -= whole * hours;
    }
    return left > 0 ? usd + bill({ ...part(usage, left * share, left), rest }).usd : usd;
  };
}

/** To a tenth of an hour; `null` where ten years are not enough to spend it. */
function lastingHours(spending: Spending, usd: number): number | null {
  const most = 10 * 8760;
  if (spending(most, most, 'stopped') <= usd) return null;
  let low = 0;
  let high = most;
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (spending(middle, middle, 'stopped') <= usd) low = middle;
    else high = middle;
  }
  return Math.floor(low * 10) / 10;
}

interface Candidate extends Pick<Variant, 'changes' | 'usd'> {
  readonly estate: Estate;
}

/** Every combination of the changes that apply, each with its own bill for the days; the template itself is the first. */
function variantsOf(estate: Estate, usage: Usage, book: PriceBook, region: string, days: number): Candidate[] {
  const applicable = changes.filter((change) => change.apply(estate) !== undefined);
  const unknown = (of: Estate) => billOf(of, usage, book, region).lines.filter((line) => line.usd === null).length;
  const unknownNow = unknown(estate);
  return Array.from({ length: 2 ** applicable.length }, (_, choice) => {
    const chosen = applicable.filter((_, index) => (choice >> index) & 1);
    const changed = chosen.reduce<Estate>((current, change) => change.apply(current) ?? current, estate);
    return { changes: chosen, estate: changed };
  })
    .filter(({ estate: changed }, index) => index === 0 || unknown(changed) <= unknownNow)
    .map((each) => ({ ...each, usd: spendingOf(each.estate, usage, book, region)(days * 24, days * 24, 'stopped') }));
}

function schedule(spending: Spending, { usd, days }: Question, rest: Rest): Schedule {
  const cost = (hours: number) => spending(hours * days, 24 * days, rest);
  let halves = 48;
  while (halves > 0 && cost(halves / 2) > usd) halves--;
  const hoursPerDay = halves / 2;
  const to = 22;
  const from = to - hoursPerDay;
  return {
    rest,
    hoursPerDay,
    usd: cost(hoursPerDay),
    fits: cost(hoursPerDay) <= usd,
    from: clock(from),
    to: clock(to),
    start: cron(from),
    stop: cron(to),
  };
}

function clock(hour: number): string {
  const minutes = (((hour * 60) % 1440) + 1440) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function cron(hour: number): string {
  const [hours, minutes] = clock(hour).split(':').map(Number);
  return `${minutes} ${hours} * * *`;
}

/** `undefined` where the money is enough for an hour of the template as it is. */
export function checkBudget(plan: Plan, show: (usd: number) => string): Mistake | undefined {
  if (plan.usd >= plan.perHour) return undefined;
  const { cheapest } = plan;
  const said = (language: keyof Words) => cheapest.changes.map((change) => change.title[language]).join('; ');
  return mistake(
    'BUDGET_BELOW_ONE_HOUR',
    { path: '--money' },
    {
      cause: words(
        `${show(plan.usd)} does not pay for one hour of this template, which is ${show(plan.perHour)}.`,
        `${show(plan.usd)}{으로/로}는 이 템플릿을 한 시간도 켤 수 없습니다. 한 시간에 ${show(plan.perHour)}입니다.`,
      ),
      next: words(
        `the cheapest variant is ${show(cheapest.perHour)} an hour (${said('en')}); a region on this machine costs nothing: terrace up`,
        `가장 싼 변형은 한 시간에 ${show(cheapest.perHour)}입니다 (${said('ko')}). 이 컴퓨터에서 실행하면 무료입니다: terrace up`,
      ),
    },
  );
}
