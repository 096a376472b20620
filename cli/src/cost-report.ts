import { describeMistake, type Mistake } from '@terrace/cloud/mistake';
import type { Language } from '@terrace/cloud/words';
import { type Bill, hourlyAtRest, type Line, sumBy } from '@terrace/lenses/cost/bill';
import { losses, type Saving } from '@terrace/lenses/cost/changes';
import { count } from '@terrace/lenses/cost/curve';
import type { DatabaseChoice } from '@terrace/lenses/cost/database-choices';
import { headings } from '@terrace/lenses/cost/headings';
import type { RegionBill } from '@terrace/lenses/cost/regions';
import type { Sensitivity } from '@terrace/lenses/cost/sensitivity';
import { type Comparison, concurrency } from '@terrace/lenses/cost/serverless';
import type { Rest } from '@terrace/lenses/cost/usage';
import { assumptionLines, type Money, provenance, shower, usageJson } from './money.ts';
import { table } from './table.ts';

export interface CostReport {
  readonly bill: Bill;
  readonly choices: readonly DatabaseChoice[];
  readonly savings: readonly Saving[];
  readonly warnings: readonly Mistake[];
  readonly assumptions: readonly Sensitivity[];
}

interface Shown {
  readonly both: boolean;
  readonly language: Language;
}

const rests: readonly Rest[] = ['stopped', 'dismantled', 'deleted'];

const said = {
  en: {
    period: ['hour', 'day', 'month'],
    service: 'By service',
    tier: 'By tier',
    resource: 'By resource',
    month: 'month',
    share: 'share',
    shared: '(shared)',
    traffic: '(traffic)',
    lines: 'Every line, with the record of its price (terrace prices show "…")',
    rest: 'What goes on costing when it is not used',
    rests: {
      stopped: 'instances at zero, database stopped',
      dismantled: 'and NAT gateways, load balancers, addresses gone',
      deleted: 'stacks deleted',
    },
    choices: 'What each choice of the database costs a month',
    savings: 'The cheapest changes first: what each alone saves a month, and what it gives up',
    usage: 'Assumed; change any with --usage name=value',
    priced: 'priced',
    unpricedAnything: 'a part has no price and could be anything',
    notPriced: 'Not in the sum',
    regions: 'The same template and usage in every region that has prices',
    because: 'what makes the difference',
    ways: 'The same workload in other ways',
    crossing: 'Break-even',
    none: 'none between a thousand and ten thousand million requests a month',
    concurrent: 'functions at once in the busiest second of the assumed load',
    unknown: 'unknown',
  },
  ko: {
    period: ['시간', '하루', '한 달'],
    service: '서비스별',
    tier: '계층별',
    resource: '리소스별',
    month: '한 달',
    share: '비율',
    shared: '(공용)',
    traffic: '(전송)',
    lines: '모든 항목과 가격 출처 (terrace prices show "…")',
    rest: '쓰지 않을 때도 계속 나가는 비용',
    rests: {
      stopped: '인스턴스 0대, 데이터베이스 중지',
      dismantled: 'NAT 게이트웨이·로드 밸런서·주소까지 제거',
      deleted: '스택 삭제',
    },
    choices: '데이터베이스 선택마다 한 달에 드는 비용',
    savings: '잃는 것이 적은 변경부터: 하나만 바꿀 때 한 달에 줄어드는 비용과 잃는 것',
    usage: '가정한 사용량 (--usage 이름=값으로 변경)',
    priced: '가격이 확인된 비율',
    unpricedAnything: '가격을 모르는 부분이 있어 얼마인지 알 수 없음',
    notPriced: '합계에 없는 것',
    regions: '가격이 있는 모든 리전에서 같은 템플릿과 사용량',
    because: '차이의 원인',
    ways: '같은 일을 다른 방식으로',
    crossing: '손익분기',
    none: '한 달 1천–100억 요청 사이에는 없음',
    concurrent: '개의 함수가 가정한 부하의 가장 바쁜 순간에 동시에 실행',
    unknown: '모름',
  },
} as const;

export function billLines(money: Money, report: CostReport, shown: Shown & { every: boolean }): string[] {
  const { language } = shown;
  const t = said[language];
  const { bill } = report;
  const show = shower(money, shown.both);
  const share = (usd: number) => (bill.usd === 0 ? '' : `${((100 * usd) / bill.usd).toFixed(1)} %`);
  const sums = (entries: readonly { key: string; usd: number; unknown: number }[], name: (key: string) => string) =>
    entries
      .filter((each) => each.usd > 0 || each.unknown > 0)
      .map((each) => [`  ${name(each.key)}`, `${show(each.usd)}${each.unknown > 0 ? ' + ?' : ''}`, share(each.usd)]);
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
  return [
    ...provenance(money, language),
    '',
    ...table(
      ['', '>'],
      [bill.usdPerHour, bill.usdPerDay, bill.usd].map((usd, index) => [t.period[index]!, show(usd)]),
    ),
    `${t.priced}: ${bill.pricedShare === null ? t.unpricedAnything : `${(100 * bill.pricedShare).toFixed(1)} %`}`,
    ...section(
      t.service,
      table(
        ['', `>${t.month}`, `>${t.share}`],
        sums(
          sumBy(bill.lines, (line) => line.heading),
          (key) => headings[key as keyof typeof headings][language],
        ),
      ),
    ),
    ...section(
      t.tier,
      table(
        ['', `>${t.month}`, `>${t.share}`],
        sums(
          sumBy(bill.lines, (line) => (line.resource === null ? t.traffic : (line.tier ?? t.shared))),
          (key) => key,
        ),
      ),
    ),
    ...section(
      t.resource,
      table(
        ['', `>${t.month}`, `>${t.share}`],
        sums(
          sumBy(bill.lines, (line) => line.resource ?? t.traffic),
          (key) => key,
        ),
      ),
    ),
    ...(shown.every ? section(t.lines, everyLine(bill.lines, show, language)) : []),
    ...section(
      t.rest,
      table(
        ['', '>', '>'],
        rests.map((rest) => {
          const usd = bill.lines.reduce((sum, line) => sum + hourlyAtRest(line, bill.usage, rest), 0);
          return [
            `  ${t.rests[rest]}`,
            `${show(usd)}/h`,
            bill.usdPerHour === 0 ? '' : `${((100 * usd) / bill.usdPerHour).toFixed(1)} %`,
          ];
        }),
      ),
    ),
    ...section(
      t.choices,
      report.choices.flatMap((choice) => [
        `  ${choice.name[language]}: ${choice.now[language]} → ${choice.other[language]}: ${choice.usd === null ? t.unknown : signed(choice.usd, show)}`,
        `    ${choice.consequence[language]}`,
      ]),
    ),
    ...section(
      t.savings,
      report.savings.flatMap((saving) => [
        `  ${show(saving.usd)}  ${saving.change.title[language]} [${losses[saving.change.loss].words[language]}]`,
        `    ${saving.change.givesUp[language]}`,
      ]),
    ),
    ...section(
      t.notPriced,
      report.warnings.map((each) => describeMistake(each, language)),
    ),
    ...section(t.usage, assumptionLines(report.assumptions, shower(money, false), language)),
  ];
}

function everyLine(lines: readonly Line[], show: (usd: number | null) => string, language: Language): string[] {
  return lines.flatMap((line) => [
    `  ${show(line.usd)}  ${line.resource ?? said[language].traffic}: ${line.what[language]}`,
    ...line.records.map(
      (record) => `    ${record.id} = ${record.usd} USD / ${record.unit}, ${record.asOf}, ${record.confidence}`,
    ),
    ...line.missing.map((item) => `    ${item}: ${said[language].unknown}`),
  ]);
}

function signed(usd: number, show: (usd: number) => string): string {
  if (Math.abs(usd) < 0.005) return show(0);
  return `${usd > 0 ? '+' : '−'}${show(Math.abs(usd))}`;
}

export function billJson(money: Money, { bill, choices, savings, warnings, assumptions }: CostReport) {
  return {
    ...frame(money),
    usage: usageJson(bill.usage),
    hour: bill.usdPerHour,
    day: bill.usdPerDay,
    month: bill.usd,
    pricedShare: bill.pricedShare,
    services: sumBy(bill.lines, (line) => line.heading),
    tiers: sumBy(bill.lines, (line) => line.tier ?? 'shared'),
    resources: sumBy(bill.lines, (line) => line.resource ?? 'traffic'),
    atRest: Object.fromEntries(
      rests.map((rest) => [rest, bill.lines.reduce((sum, line) => sum + hourlyAtRest(line, bill.usage, rest), 0)]),
    ),
    lines: bill.lines.map(lineJson),
    unread: bill.unread,
    sensitivities: assumptions,
    databaseChoices: choices,
    savings: savings.map(({ change, usd }) => ({
      id: change.id,
      title: change.title,
      loss: change.loss,
      givesUp: change.givesUp,
      usd,
    })),
    warnings,
  };
}

function lineJson(line: Line) {
  const { resource, tier, heading, what, monthQuantity, allowed, usd, missing, couldBe, ends, basis } = line;
  const records = line.records.map(({ id, unit, usd, source, asOf, confidence }) => ({
    id,
    unit,
    usd,
    source,
    asOf,
    confidence,
  }));
  return {
    resource,
    tier,
    service: heading,
    what,
    basis,
    ends,
    quantity: monthQuantity,
    allowed,
    usd,
    missing,
    couldBe,
    records,
  };
}

/** Money in JSON is always in US dollars before tax; the rate stands beside it. */
export function frame({ region, rate, tax }: Money) {
  return { currency: 'USD', region, exchangeRate: rate, taxPercent: tax };
}

export function regionLines(money: Money, found: readonly RegionBill[], { both, language }: Shown): string[] {
  const t = said[language];
  const show = shower(money, both);
  const single = shower(money, false);
  const rows = found.map(({ bill, difference, because }) => [
    bill.region === money.region ? `* ${bill.region}` : `  ${bill.region}`,
    show(bill.usd),
    bill.region === money.region ? '' : signed(difference, single),
    bill.pricedShare === null ? '?' : `${(100 * bill.pricedShare).toFixed(1)} %`,
    because
      .slice(0, 3)
      .map((each) => `${each.item} ${signed(each.usd, single)}`)
      .join('; '),
  ]);
  return [
    ...provenance(money, language),
    '',
    t.regions,
    ...table(['', `>${t.month}`, '>±', `>${t.priced}`, t.because], rows),
  ];
}

export function regionJson(money: Money, found: readonly RegionBill[]) {
  return {
    ...frame(money),
    regions: found.map(({ bill, difference, because }) => ({
      region: bill.region,
      month: bill.usd,
      difference,
      pricedShare: bill.pricedShare,
      because,
    })),
  };
}

export function serverlessLines(money: Money, comparison: Comparison, { both, language }: Shown): string[] {
  const t = said[language];
  const show = shower(money, both);
  const title = (id: string) => comparison.ways.find(({ way }) => way.id === id)!.way.title[language];
  const { usage } = money;
  return [
    ...provenance(money, language),
    '',
    `${t.ways}: ${count(usage.requests, language)}`,
    ...table(
      ['', '>', '>'],
      comparison.ways.map(({ way, bill }) => [
        `  ${way.title[language]}`,
        show(bill.usd),
        bill.pricedShare === null ? '?' : `${(100 * bill.pricedShare).toFixed(0)} %`,
      ]),
    ),
    ...comparison.ways.flatMap(({ way, crossings }) =>
      way.id === 'template'
        ? []
        : [
            '',
            `${way.title[language]}`,
            ...(crossings.length === 0
              ? [`  ${t.crossing}: ${t.none}`]
              : crossings.map((each) =>
                  language === 'ko'
                    ? `  ${t.crossing}: ${each.requests.toLocaleString('en-US')} 요청/월, ${show(each.usd)} (아래에서는 ${title(each.below)}, 위에서는 ${title(each.above)} 쪽이 쌈)`
                    : `  ${t.crossing}: ${each.requests.toLocaleString('en-US')} requests a month, ${show(each.usd)} (below: ${title(each.below)}; above: ${title(each.above)})`,
                )),
            ...way.changes.map((each) => `  - ${each[language]}`),
            ...(way.id.startsWith('lambda')
              ? [`  - ${concurrency(usage.requests, usage).toFixed(2)} ${t.concurrent}`]
              : []),
          ],
    ),
  ];
}

export function serverlessJson(money: Money, comparison: Comparison) {
  return {
    ...frame(money),
    usage: usageJson(money.usage),
    ways: comparison.ways.map(({ way, bill, crossings }) => ({
      id: way.id,
      title: way.title,
      month: bill.usd,
      pricedShare: bill.pricedShare,
      breakEven: crossings,
      changes: way.changes,
      services: Object.fromEntries(
        [...new Set(bill.lines.map((line) => line.heading))].map((heading) => [
          heading,
          bill.lines.filter((line) => line.heading === heading).reduce((sum, line) => sum + (line.usd ?? 0), 0),
        ]),
      ),
    })),
    points: comparison.points,
  };
}
