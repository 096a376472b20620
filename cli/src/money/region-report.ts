import type { RegionBill } from '@terrace/lenses/cost/alternatives/regions';
import { confirmedShare } from '@terrace/lenses/cost/bill/bill';
import { table } from '../terminal/table.ts';
import type { Shown } from './cost-report.ts';
import type { Money } from './open-money.ts';
import { frame, provenance, shower, signed } from './show.ts';

const said = {
  en: {
    title: 'The same template and usage in every region that has prices',
    month: 'month',
    priced: 'priced',
    confirmed: 'two sources',
    because: 'what makes the difference',
  },
  ko: {
    title: '가격이 있는 모든 리전에서 같은 템플릿과 사용량',
    month: '한 달',
    priced: '가격 확인',
    confirmed: '두 출처',
    because: '차이의 원인',
  },
} as const;

/** `every`: all that makes a difference, with both unit prices, not only the three largest. */
export function regionLines(
  money: Money,
  found: readonly RegionBill[],
  { both, language, every }: Shown & { readonly every: boolean },
): string[] {
  const t = said[language];
  const show = shower(money, both);
  const single = shower(money, false);
  const rows = found.map(({ bill, difference, because }) => [
    bill.region === money.region ? `* ${bill.region}` : `  ${bill.region}`,
    show(bill.usd),
    bill.region === money.region ? '' : signed(difference, single),
    bill.pricedShare === null ? '?' : `${(100 * bill.pricedShare).toFixed(1)} %`,
    `${(100 * confirmedShare(bill)).toFixed(0)} %`,
    because
      .slice(0, 3)
      .map((each) => `${each.item} ${signed(each.usd, single)}`)
      .join('; '),
  ]);
  const differences = found
    .filter(({ because }) => every && because.length > 0)
    .flatMap(({ bill, because }) => [
      '',
      bill.region,
      ...table(
        ['', '>', '', '>', '>'],
        because.map((each) => [`  ${each.item}`, unit(each.here), '→', unit(each.there), signed(each.usd, single)]),
      ),
    ]);
  return [
    ...provenance(money, language),
    '',
    t.title,
    ...table(['', `>${t.month}`, '>±', `>${t.priced}`, `>${t.confirmed}`, t.because], rows),
    ...differences,
  ];
}

function unit(usd: number | null): string {
  return usd === null ? '?' : String(usd);
}

export function regionJson(money: Money, found: readonly RegionBill[]) {
  const regions = found.map(({ bill, difference, because }) => ({
    region: bill.region,
    month: bill.usd,
    difference,
    pricedShare: bill.pricedShare,
    confirmedShare: confirmedShare(bill),
    because,
  }));
  return { ...frame(money), regions };
}
