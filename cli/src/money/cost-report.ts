import { headings } from '@terrace/cloud/families/contract/headings';
import type { Rest } from '@terrace/cloud/families/contract/usage';
import { describeMistake, type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Language, words } from '@terrace/cloud/words';
import { losses, type Saving } from '@terrace/lenses/cost/alternatives/changes';
import type { DatabaseChoice } from '@terrace/lenses/cost/alternatives/database-choices';
import type { Sensitivity } from '@terrace/lenses/cost/alternatives/sensitivity';
import { type Bill, confirmedShare, hourlyAtRest, type Line, sumBy } from '@terrace/lenses/cost/bill/bill';

import { table } from '../terminal/table.ts';
import type { Money } from './open-money.ts';
import { assumptionLines, confidenceWords, frame, provenance, shower, signed, usageJson } from './show.ts';

export interface CostReport {
  readonly bill: Bill;
  readonly choices: readonly DatabaseChoice[];
  readonly savings: readonly Saving[];
  readonly warnings: readonly Mistake[];
  readonly assumptions: readonly Sensitivity[];
}

/** What a person can ask for by itself with `--part`, in the order shown. `lines` is shown only when asked for. */
export const parts = [
  'total',
  'services',
  'tiers',
  'resources',
  'lines',
  'rest',
  'choices',
  'savings',
  'usage',
] as const;
export type Part = (typeof parts)[number];

/** Reads `services,savings`; everything but the lines where nothing is asked for. */
export function readParts(text: unknown, lines: boolean): readonly Part[] | Mistake {
  if (text === undefined) return parts.filter((part) => part !== 'lines' || lines);
  const asked = String(text)
    .split(',')
    .map((each) => each.trim());
  const unknown = asked.filter((each) => !(parts as readonly string[]).includes(each));
  if (unknown.length === 0) return asked as Part[];
  return mistake(
    'UNKNOWN_PART',
    { path: '--part' },
    {
      cause: words(
        `The report has no part “${unknown.join(', ')}”.`,
        `“${unknown.join(', ')}”{이라/라}는 부분은 없습니다.`,
      ),
      next: words(`use some of ${parts.join(', ')}`, `${parts.join(', ')} 가운데 고르세요`),
    },
  );
}

const rests: readonly Rest[] = ['stopped', 'dismantled', 'deleted'];

/** The states of rest in words, as every report about money says them. */
export const restWords = {
  stopped: words('instances at zero, database stopped', '인스턴스 0대, 데이터베이스 중지'),
  dismantled: words('and NAT gateways, load balancers, addresses gone', 'NAT 게이트웨이·로드 밸런서·주소까지 제거'),
  deleted: words('stacks deleted', '스택 삭제'),
} as const;

const said = {
  en: {
    period: ['hour', 'day', 'month'],
    services: 'By service',
    tiers: 'By tier',
    resources: 'By resource',
    month: 'month',
    share: 'share',
    shared: '(shared)',
    traffic: '(traffic)',
    lines: 'Every line, with the record of its price (terrace prices show "…")',
    rest: 'What goes on costing when it is not used, each hour',
    choices: 'What each choice of the database costs a month',
    savings: 'The cheapest changes first: what each alone saves a month, and what it gives up',
    usage: 'Assumed; change any with --usage name=value',
    priced: 'priced',
    confirmed: 'of it at prices that two sources state alike',
    allowance: 'free of it',
    notKnown: 'not all, for the price is not known of',
    assumed: 'assumed',
    notPriced: 'Not in the sum',
    unknown: 'unknown',
    credits:
      'Credits are not deducted: an account created since 15 July 2025 starts with up to $200 of them (the free plan, six months at most).',
  },
  ko: {
    period: ['한 시간', '하루', '한 달'],
    services: '서비스별',
    tiers: '계층별',
    resources: '리소스별',
    month: '한 달',
    share: '비율',
    shared: '(공용)',
    traffic: '(전송)',
    lines: '모든 항목과 가격 출처 (terrace prices show "…")',
    rest: '쓰지 않을 때도 나가는 비용 (한 시간)',
    choices: '데이터베이스 선택마다 한 달에 드는 비용',
    savings: '잃는 것이 적은 변경부터: 하나만 바꿀 때 한 달에 줄어드는 비용과 잃는 것',
    usage: '가정한 사용량 (--usage 이름=값으로 변경)',
    priced: '가격을 확인한 비율',
    confirmed: '그 가운데 두 출처의 값이 일치하는 비율',
    allowance: '그 가운데 무료',
    notKnown: '일부만. 가격을 모르는 것:',
    assumed: '가정',
    notPriced: '합계에 없는 것',
    unknown: '모름',
    credits:
      '크레딧은 빼지 않았습니다. 2025년 7월 15일부터 만든 계정은 최대 $200의 크레딧으로 시작합니다(무료 플랜, 길어야 6개월).',
  },
} as const;

export interface Shown {
  readonly both: boolean;
  readonly language: Language;
}

export function billLines(money: Money, report: CostReport, shown: Shown, asked: readonly Part[]): string[] {
  const t = said[shown.language];
  const { bill } = report;
  const show = shower(money, shown.both);
  const text: Record<Part, () => readonly string[]> = {
    total: () => totalLines(bill, show, shown.language),
    services: () =>
      sums(
        bill,
        show,
        shown.language,
        (line) => line.heading,
        (key) => headings[key as keyof typeof headings][shown.language],
      ),
    tiers: () =>
      sums(bill, show, shown.language, (line) => (line.resource === null ? t.traffic : (line.tier ?? t.shared))),
    resources: () => sums(bill, show, shown.language, (line) => line.resource ?? t.traffic),
    lines: () => everyLine(bill.lines, show, shown.language),
    rest: () => restLines(bill, show, shown.language),
    choices: () =>
      report.choices.flatMap((choice) => [
        `  ${choice.name[shown.language]}: ${choice.now[shown.language]} → ${choice.other[shown.language]}: ${choice.usd === null ? t.unknown : signed(choice.usd, show)}`,
        `    ${choice.consequence[shown.language]}`,
      ]),
    savings: () =>
      report.savings.flatMap((saving) => [
        `  ${show(saving.usd)}  ${saving.change.title[shown.language]} [${losses[saving.change.loss].words[shown.language]}]`,
        `    ${saving.change.givesUp[shown.language]}`,
      ]),
    usage: () => [...assumptionLines(report.assumptions, shower(money, false), shown.language), t.credits],
  };
  return [
    ...provenance(money, shown.language),
    ...parts
      .filter((part) => asked.includes(part))
      .flatMap((part) => {
        const lines = text[part]();
        const title = part === 'total' ? [] : [t[part]];
        return lines.length === 0 ? [] : ['', ...title, ...lines];
      }),
    ...(report.warnings.length === 0
      ? []
      : ['', t.notPriced, ...report.warnings.map((each) => describeMistake(each, shown.language))]),
  ];
}

function totalLines(bill: Bill, show: (usd: number) => string, language: Language): string[] {
  const t = said[language];
  const periods = [bill.usdPerHour, bill.usdPerDay, bill.usd].map((usd, index) => [t.period[index]!, show(usd)]);
  const unknown = unknownNames(bill);
  const share = bill.pricedShare === null ? '' : `${shareShown(bill.pricedShare, unknown.length > 0)} %`;
  const names = unknown.length === 0 ? '' : `${t.notKnown} ${unknown.join(', ')}`;
  const assumed = [...new Set(bill.lines.flatMap((line) => line.assumes?.[language] ?? []))];
  const { hoursOn, hoursInMonth, rest } = bill.usage;
  const on = {
    en: `on for ${hoursOn.toFixed(1)} of ${hoursInMonth} hours; otherwise:`,
    ko: `${hoursInMonth}시간 가운데 ${hoursOn.toFixed(1)}시간 켬. 나머지:`,
  };
  const hours = hoursOn < hoursInMonth ? [`${on[language]} ${restWords[rest][language]}`] : [];
  return [
    ...table(['', '>'], periods),
    ...hours,
    `${t.priced}: ${[share, names].filter((each) => each !== '').join('; ')}; ${t.confirmed}: ${(100 * confirmedShare(bill)).toFixed(1)} %`,
    ...assumed.map((each) => `${t.assumed}: ${each}`),
  ];
}

/** Each thing without a price, with the resource that has it. */
function unknownNames(bill: Bill): string[] {
  return [
    ...bill.lines.flatMap((line) =>
      line.missing.map((item) => (line.resource === null ? item : `${item} (${line.resource})`)),
    ),
    ...bill.unread.map(({ type, resources }) => `${type} (${resources.join(', ')})`),
    ...bill.idle,
  ];
}

/** Where something is not known it is never all, however little that is. */
function shareShown(share: number, incomplete: boolean): string {
  return (incomplete ? Math.min(99.9, 100 * share) : 100 * share).toFixed(1);
}

function sums(
  bill: Bill,
  show: (usd: number) => string,
  language: Language,
  keyOf: (line: Line) => string,
  name: (key: string) => string = (key) => key,
): string[] {
  const rows = sumBy(bill.lines, keyOf)
    .filter((each) => each.usd > 0 || each.unknown > 0)
    .map((each) => [
      `  ${name(each.key)}`,
      `${show(each.usd)}${each.unknown > 0 ? ' + ?' : ''}`,
      bill.usd === 0 ? '' : `${((100 * each.usd) / bill.usd).toFixed(1)} %`,
    ]);
  return table(['', `>${said[language].month}`, `>${said[language].share}`], rows);
}

function restLines(bill: Bill, show: (usd: number) => string, language: Language): string[] {
  const rows = rests.map((rest) => {
    const usd = atRest(bill, rest);
    return [
      `  ${restWords[rest][language]}`,
      show(usd),
      bill.usdPerHour === 0 ? '' : `${((100 * usd) / bill.usdPerHour).toFixed(1)} %`,
    ];
  });
  return table(['', '>', '>'], rows);
}

function atRest(bill: Bill, rest: Rest): number {
  return bill.lines.reduce((sum, line) => sum + hourlyAtRest(line, bill.usage, rest), 0);
}

function everyLine(lines: readonly Line[], show: (usd: number | null) => string, language: Language): string[] {
  return lines.flatMap((line) => [
    `  ${show(line.usd)}  ${line.resource ?? said[language].traffic}: ${line.what[language]}`,
    ...line.records.map(
      (record) =>
        `    ${record.id} = ${record.usd} USD / ${record.unit}, ${record.asOf}, ${confidenceWords[record.confidence][language]}`,
    ),
    ...(line.allowed > 0 && line.tariff.allowance
      ? [
          `    ${said[language].allowance}: ${Number(line.allowed.toPrecision(6))} ${line.tariff.allowance.unit} (${line.tariff.allowance.source}, ${line.tariff.allowance.asOf})`,
        ]
      : []),
    ...line.missing.map((item) => `    ${item}: ${said[language].unknown}`),
  ]);
}

export function billJson(money: Money, { bill, choices, savings, warnings, assumptions }: CostReport) {
  return {
    ...frame(money),
    usage: usageJson(bill.usage),
    hour: bill.usdPerHour,
    day: bill.usdPerDay,
    month: bill.usd,
    pricedShare: bill.pricedShare,
    confirmedShare: confirmedShare(bill),
    services: sumBy(bill.lines, (line) => line.heading),
    tiers: sumBy(bill.lines, (line) => line.tier ?? 'shared'),
    resources: sumBy(bill.lines, (line) => line.resource ?? 'traffic'),
    atRest: Object.fromEntries(rests.map((rest) => [rest, atRest(bill, rest)])),
    lines: bill.lines.map(lineJson),
    unread: bill.unread,
    idle: bill.idle,
    sensitivities: assumptions,
    databaseChoices: choices,
    savings: savings.map(({ change: { id, title, loss, givesUp }, usd }) => ({ id, title, loss, givesUp, usd })),
    warnings,
  };
}

/** A line with all that its figure came from. */
export function lineJson(line: Line) {
  const { resource, tier, heading, what, assumes, monthQuantity, allowed, usd, missing, couldBe, ends, basis } = line;
  const records = line.records.map(({ id, unit, usd: each, source, asOf, confidence }) => ({
    id,
    unit,
    usd: each,
    source,
    asOf,
    confidence,
  }));
  return {
    resource,
    tier,
    service: heading,
    what,
    assumes: assumes ?? null,
    basis,
    ends,
    quantity: monthQuantity,
    allowed,
    allowance: line.tariff.allowance ?? null,
    usd,
    missing,
    couldBe,
    records,
  };
}
