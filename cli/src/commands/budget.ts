import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Language, type Words, words } from '@terrace/cloud/words';
import {
  checkBudget,
  type Plan,
  planBudget,
  type Schedule,
  type Variant,
} from '@terrace/lenses/cost/alternatives/budget';
import { losses } from '@terrace/lenses/cost/alternatives/changes';
import { parseMoney, toUsd } from '@terrace/lenses/cost/prices/currency';
import type { CommandDefinition } from '../command.ts';
import { restWords } from '../money/cost-report.ts';
import { type Money, moneyOptions, openMoney, readNumber } from '../money/open-money.ts';
import { frame, provenance, shower, usageJson } from '../money/show.ts';
import { table } from '../terminal/table.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'budget',
  summary: words(
    'how long the money lasts, and what would make it last',
    '예산으로 버틸 수 있는 기간과 더 오래 버티는 방법',
  ),
  options: [
    {
      flags: '--money <amount>',
      description: words('what there is to spend (default 30000KRW)', '쓸 수 있는 돈 (기본값 30000KRW)'),
    },
    {
      flags: '--days <number>',
      description: words('days that it shall last (default 7)', '버텨야 하는 날수 (기본값 7)'),
    },
    ...moneyOptions,
  ],
  examples: [
    'terrace budget',
    'terrace budget --money 30000KRW --days 7 --tax 10',
    'terrace budget --money 20USD --days 30 --profile classroom',
  ],
  async run({ options, terminal }) {
    const money = await openMoney(options);
    const mistakes: Mistake[] = money.ok ? [] : [...money.mistakes];
    const amount = parseMoney(String(options.money ?? '30000KRW'));
    if ('code' in amount) mistakes.push(amount);
    const days = readNumber(options.days, '--days', 7, mistakes);
    if (days === 0) mistakes.push(noDays());
    if (!money.ok || 'code' in amount || mistakes.length > 0) {
      terminal.mistakes(mistakes);
      return exitCode.mistake;
    }
    const { estate, usage, book, region, rate, tax } = money.value;
    const usd = toUsd(amount, rate) / (1 + tax / 100);
    const plan = planBudget(estate, usage, book, region, { usd, days });
    const show = shower(money.value, options.currency === undefined);
    const tooSmall = checkBudget(plan, shower(money.value, false));
    if (tooSmall) {
      terminal.mistakes([tooSmall]);
      return exitCode.mistake;
    }
    terminal.result(planJson(money.value, plan), () => planLines(money.value, plan, show, terminal.language));
    return plan.lasts ? exitCode.answered : exitCode.no;
  },
};

function noDays(): Mistake {
  return mistake(
    'NO_DAYS',
    { path: '--days' },
    {
      cause: words('Money that shall last no days always does.', '0일을 버티는 예산은 계산할 것이 없습니다.'),
      next: words('for example --days 7', '예: --days 7'),
    },
  );
}

/** https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html and …/AmazonRDS/latest/UserGuide/USER_StopInstance.html */
const said = {
  en: {
    lasts: (hours: string, days: string) => `lasts ${hours} hours of being always on (${days} days)`,
    forEver: 'lasts for ever',
    perHour: 'an hour',
    rest: 'What an hour costs when it is not used',
    wanted: (days: number) => `For ${days} days`,
    asIs: 'always on, as it is',
    enough: 'enough',
    short: 'not enough',
    gentlest: 'always on, giving up least',
    cheapest: 'always on, the cheapest there is',
    none: 'no variant lasts that long when always on',
    schedule: 'on for a part of each day, as it is',
    onFor: (schedule: Schedule) => `${schedule.hoursPerDay} h a day, ${schedule.from}–${schedule.to}`,
    never: 'not even resting fits',
    crons: 'scheduled actions',
    redeploy:
      'scheduled scaling does not do this: what costs by the hour has to be deleted and deployed again each day',
    lag: [
      'What AWS Budgets cannot promise: its figures are updated up to three times a day, 8 to 12 hours apart, so an alert and its action come hours after the money is spent.',
      'A stopped database starts again by itself after 7 days.',
    ],
  },
  ko: {
    lasts: (hours: string, days: string) => `계속 켜 두면 ${hours}시간(${days}일) 사용할 수 있습니다`,
    forEver: '예산을 다 쓰지 않습니다',
    perHour: '시간당',
    rest: '쓰지 않는 동안 한 시간에 나가는 비용',
    wanted: (days: number) => `${days}일 동안`,
    asIs: '현재 구성 그대로 계속 켜 둠',
    enough: '충분함',
    short: '모자람',
    gentlest: '가장 적게 잃고 계속 켜 둠',
    cheapest: '가장 싸게 계속 켜 둠',
    none: '계속 켜 두고 그만큼 버티는 변형은 없음',
    schedule: '현재 구성 그대로 매일 일부 시간만 켬',
    onFor: (schedule: Schedule) => `하루 ${schedule.hoursPerDay}시간, ${schedule.from}~${schedule.to}`,
    never: '꺼 둔 시간의 비용만으로도 예산 초과',
    crons: '예약된 작업',
    redeploy: '예약된 조정만으로는 안 됩니다. 시간당 요금이 붙는 것을 매일 지우고 다시 배포해야 합니다',
    lag: [
      'AWS Budgets가 약속하지 못하는 것: 금액은 하루에 많아야 세 번, 8~12시간 간격으로 갱신되므로 알림과 예산 작업은 돈을 쓴 지 몇 시간 뒤에 옵니다.',
      '중지한 데이터베이스는 7일 뒤 저절로 다시 켜집니다.',
    ],
  },
} as const;

function planLines(money: Money, plan: Plan, show: (usd: number) => string, language: Language): string[] {
  const t = said[language];
  const enough = (usd: number) => (usd <= plan.usd ? t.enough : t.short);
  const hours = plan.hours === null ? t.forEver : t.lasts(String(plan.hours), (plan.hours / 24).toFixed(1));
  return [
    ...provenance(money, language),
    '',
    `${show(plan.usd)} ${hours}; ${t.perHour} ${show(plan.perHour)}`,
    '',
    t.rest,
    ...table(
      ['', '>', '>'],
      plan.atRest.map(({ rest, usd, share }) => [
        `  ${restWords[rest][language]}`,
        show(usd),
        `${(100 * share).toFixed(1)} %`,
      ]),
    ),
    '',
    t.wanted(plan.days),
    `  ${t.asIs}: ${show(plan.costOfDays)}, ${enough(plan.costOfDays)}`,
    ...(plan.lasts ? [] : plan.leastLoss ? variantLines(t.gentlest, plan.leastLoss, show, language) : [`  ${t.none}`]),
    ...(plan.lasts || same(plan.leastLoss, plan.cheapest)
      ? []
      : variantLines(t.cheapest, plan.cheapest, show, language)),
    ...(plan.lasts ? [] : plan.schedules.flatMap((schedule) => scheduleLines(schedule, show, language))),
    '',
    ...t.lag,
  ];
}

function same(one: Variant | null, other: Variant): boolean {
  return one !== null && one.changes.map((each) => each.id).join() === other.changes.map((each) => each.id).join();
}

function variantLines(title: string, variant: Variant, show: (usd: number) => string, language: Language): string[] {
  const t = said[language];
  const hours = variant.hours === null ? t.forEver : t.lasts(String(variant.hours), (variant.hours / 24).toFixed(1));
  return [
    `  ${title}: ${show(variant.usd)}; ${hours}`,
    ...variant.changes.map((change) => `    - ${change.title[language]} [${losses[change.loss].words[language]}]`),
  ];
}

function scheduleLines(schedule: Schedule, show: (usd: number) => string, language: Language): string[] {
  const t = said[language];
  if (!schedule.fits)
    return [`  ${t.schedule} (${restWords[schedule.rest][language]}): ${t.never} (${show(schedule.usd)})`];
  return [
    `  ${t.schedule} (${restWords[schedule.rest][language]}): ${t.onFor(schedule)}: ${show(schedule.usd)}`,
    schedule.rest === 'stopped'
      ? `    ${t.crons}: Recurrence "${schedule.start}" / "${schedule.stop}", TimeZone "Asia/Seoul"`
      : `    ${t.redeploy}`,
  ];
}

function planJson(money: Money, plan: Plan) {
  const variant = (each: Variant | null) =>
    each && { ...each, changes: each.changes.map(({ id, title, loss, givesUp }) => ({ id, title, loss, givesUp })) };
  const lag: Words[] = said.en.lag.map((en, index) => words(en, said.ko.lag[index]!));
  return {
    ...frame(money),
    usage: usageJson(money.usage),
    ...plan,
    leastLoss: variant(plan.leastLoss),
    cheapest: variant(plan.cheapest),
    cannotPromise: lag,
  };
}
