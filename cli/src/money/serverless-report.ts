import type { Language } from '@terrace/cloud/words';
import { count } from '@terrace/lenses/cost/alternatives/curve';
import type { Comparison, Crossing } from '@terrace/lenses/cost/alternatives/serverless';
import { concurrency } from '@terrace/lenses/cost/alternatives/ways';
import { sumBy } from '@terrace/lenses/cost/bill/bill';
import { table } from '../terminal/table.ts';
import { lineJson, type Shown } from './cost-report.ts';
import type { Money } from './open-money.ts';
import { frame, provenance, shower, usageJson } from './show.ts';

const said = {
  en: {
    title: (requests: string) => `The same workload in other ways, at ${requests} requests a month`,
    month: 'month',
    priced: 'priced',
    none: 'break-even: none between a thousand and ten thousand million requests a month',
    concurrent: (functions: string) => `${functions} functions run at once in the busiest second of this load`,
  },
  ko: {
    title: (requests: string) => `한 달 요청 ${requests}건을 다른 방식으로 처리할 때`,
    month: '한 달',
    priced: '가격 확인',
    none: '손익분기: 한 달 1천~100억 요청 사이에는 없음',
    concurrent: (functions: string) => `이 부하의 가장 바쁜 순간에 함수 ${functions}개가 동시에 실행됩니다`,
  },
} as const;

export function serverlessLines(money: Money, comparison: Comparison, { both, language }: Shown): string[] {
  const t = said[language];
  const show = shower(money, both);
  const { usage } = money;
  const rows = comparison.ways.map(({ way, bill }) => [
    `  ${way.title[language]}`,
    show(bill.usd),
    bill.pricedShare === null ? '?' : `${(100 * bill.pricedShare).toFixed(0)} %`,
  ]);
  return [
    ...provenance(money, language),
    '',
    t.title(count(usage.requests, language)),
    ...table(['', `>${t.month}`, `>${t.priced}`], rows),
    ...comparison.ways
      .filter(({ way }) => way.id !== 'template')
      .flatMap(({ way, crossings }) => [
        '',
        way.title[language],
        ...crossingLines(crossings, comparison, show, language).map((line) => `  ${line}`),
        ...way.changes.map((each) => `  - ${each[language]}`),
        ...(way.id.startsWith('lambda') ? [`  - ${t.concurrent(concurrency(usage.requests, usage).toFixed(2))}`] : []),
      ]),
  ];
}

function crossingLines(
  crossings: readonly Crossing[],
  comparison: Comparison,
  show: (usd: number) => string,
  language: Language,
): string[] {
  const first = crossings[0];
  const last = crossings.at(-1);
  if (!first || !last) return [said[language].none];
  const title = (id: string) => comparison.ways.find(({ way }) => way.id === id)!.way.title[language];
  const at = ({ requests, usd }: Crossing) =>
    ({
      en: `${requests.toLocaleString('en-US')} requests a month (${show(usd)})`,
      ko: `한 달 ${requests.toLocaleString('en-US')}건 (${show(usd)})`,
    })[language];
  const between = {
    en: `break-even: from ${at(first)} to ${at(last)} it changes ${crossings.length} times, with each server that is added`,
    ko: `손익분기: ${at(first)}부터 ${at(last)}까지 서버가 늘 때마다 ${crossings.length}번 바뀜`,
  }[language];
  return [
    crossings.length === 1 ? { en: `break-even: ${at(first)}`, ko: `손익분기: ${at(first)}` }[language] : between,
    {
      en: `cheaper below: ${title(first.below)}; cheaper above: ${title(last.above)}`,
      ko: `그보다 적으면 싼 쪽: ${title(first.below)} / 그보다 많으면 싼 쪽: ${title(last.above)}`,
    }[language],
  ];
}

export function serverlessJson(money: Money, comparison: Comparison) {
  const ways = comparison.ways.map(({ way, bill, crossings }) => ({
    id: way.id,
    title: way.title,
    month: bill.usd,
    pricedShare: bill.pricedShare,
    breakEven: crossings,
    changes: way.changes,
    services: sumBy(bill.lines, (line) => line.heading),
    lines: bill.lines.map(lineJson),
  }));
  return { ...frame(money), usage: usageJson(money.usage), ways, points: comparison.points };
}
