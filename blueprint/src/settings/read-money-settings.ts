import { words } from '../words.ts';
import type { SettingReader } from './setting.ts';
import type { MoneySettings } from './settings.ts';

export function readMoney(reader: SettingReader, usual: MoneySettings): MoneySettings {
  const hours = reader.optional(
    'hours',
    /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d( [A-Z]{3}(-[A-Z]{3})?(,[A-Z]{3})*)?$/,
    usual.hours && `${usual.hours.from}-${usual.hours.to} ${usual.hours.days}`,
    words(
      'Hours in Seoul at which servers are there; outside them none',
      '서버를 켜 두는 시간(서울 기준). 그 밖에는 모두 끔',
    ),
    words('hours such as “09:00-18:00 MON-FRI”', '“09:00-18:00 MON-FRI” 같은 시간'),
  );
  const [times, days] = hours?.split(' ') ?? [];
  const [from, to] = times?.split('-') ?? [];
  return {
    budget: reader.whole(
      'budget',
      [1_000, 1_000_000_000],
      usual.budget,
      words('A month’s limit in won', '한 달 예산(원)'),
    ),
    wonPerDollar: reader.number(
      'wonPerDollar',
      [500, 5_000],
      usual.wonPerDollar,
      words('Won for one dollar', '1달러의 원화 환율'),
    ),
    wonPerDollarOn: reader.text(
      'wonPerDollarOn',
      /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/,
      usual.wonPerDollarOn,
      words('Date of that rate', '환율 기준일'),
      words('a month or a day such as 2026-06 or 2026-06-30', '2026-06이나 2026-06-30 같은 달이나 날짜'),
    ),
    whenUsedUp: reader.choice(
      'whenUsedUp',
      ['stop', 'tell'],
      usual.whenUsedUp,
      words(
        'What a used-up budget does: stop the service, or tell',
        '예산을 다 썼을 때. 서비스를 멈추거나 알리기만 함',
      ),
    ),
    hours: from && to ? { from, to, days: days ?? 'MON-SUN' } : null,
  };
}
