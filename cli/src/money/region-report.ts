import type { RegionBill } from '@terrace/lenses/cost/regions';
import { table } from '../table.ts';
import type { Shown } from './cost-report.ts';
import type { Money } from './project.ts';
import { frame, provenance, shower, signed } from './show.ts';

const said = {
  en: {
    title: 'The same template and usage in every region that has prices',
    month: 'month',
    priced: 'priced',
    because: 'what makes the difference',
  },
  ko: {
    title: '가격이 있는 모든 리전에서 같은 템플릿과 사용량',
    month: '한 달',
    priced: '가격 확인',
    because: '차이의 원인',
  },
} as const;

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
    t.title,
    ...table(['', `>${t.month}`, '>±', `>${t.priced}`, t.because], rows),
  ];
}

export function regionJson(money: Money, found: readonly RegionBill[]) {
  const regions = found.map(({ bill, difference, because }) => ({
    region: bill.region,
    month: bill.usd,
    difference,
    pricedShare: bill.pricedShare,
    because,
  }));
  return { ...frame(money), regions };
}
