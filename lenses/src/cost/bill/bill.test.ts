import { allowances } from '@terrace/cloud/families/contract/allowances';
import { describe, expect, test } from 'vitest';
import { estateOf, type Stated, threeTiers, withPrices } from '../estate.fixture.ts';
import { bookOf, loadPrices, unitSize } from '../prices/prices.ts';
import { billOf, confirmedShare, hourlyAtRest, newestMonth, sumBy } from './bill.ts';
import { unknownPrices } from './nearest.ts';
import { usageOf } from './usage.ts';

const book = loadPrices();
const seoul = 'ap-northeast-2';

describe('a bill of three tiers', () => {
  const bill = billOf(threeTiers(), usageOf(), book);

  test('has a price for everything, and every figure has the record that it came from', () => {
    expect(bill.pricedShare).toBe(1);
    for (const line of bill.lines) {
      expect(line.usd).not.toBeNull();
      expect(line.records.length).toBeGreaterThan(0);
      for (const record of line.records) {
        expect(book.records.get(record.id)).toBe(record);
        expect(record.source).not.toBe('');
        expect(record.asOf).toMatch(/^\d{4}/);
      }
    }
  });

  test('says how much of it two sources agree on: all of it in Seoul, little of it in São Paulo', () => {
    const saoPaulo = billOf(threeTiers(), usageOf(), book, 'sa-east-1');
    const byHand = saoPaulo.lines
      .filter((line) => line.records.every((record) => record.confidence === 'two-sources'))
      .reduce((sum, line) => sum + line.usd!, 0);
    expect(confirmedShare(bill)).toBe(1);
    expect(confirmedShare(saoPaulo)).toBeCloseTo(byHand / saoPaulo.usd, 9);
    expect(confirmedShare(saoPaulo)).toBeLessThan(0.9);
  });

  test('is the sum of its lines, its services, its tiers and its resources', () => {
    const total = (sums: readonly { usd: number }[]) => sums.reduce((sum, each) => sum + each.usd, 0);
    expect(total(sumBy(bill.lines, (line) => line.heading))).toBeCloseTo(bill.usd, 9);
    expect(total(sumBy(bill.lines, (line) => line.tier ?? 'shared'))).toBeCloseTo(bill.usd, 9);
    expect(total(sumBy(bill.lines, (line) => line.resource ?? 'traffic'))).toBeCloseTo(bill.usd, 9);
    expect(bill.usdPerHour * 730).toBeCloseTo(bill.usd, 9);
    expect(bill.usdPerDay).toBeCloseTo(bill.usdPerHour * 24, 9);
  });

  test('goes on for more than half when only instances and database are stopped, and hardly when all that costs by the hour is gone', () => {
    const rest = (state: 'stopped' | 'dismantled' | 'deleted') =>
      bill.lines.reduce((sum, line) => sum + hourlyAtRest(line, bill.usage, state), 0) / bill.usdPerHour;
    expect(rest('stopped')).toBeGreaterThan(0.5);
    expect(rest('dismantled')).toBeLessThan(0.05);
    expect(rest('deleted')).toBe(0);
  });
});

describe('what is unknown', () => {
  const server = (type: string): Stated[] => [
    { id: 'server', type: 'AWS::EC2::Instance', properties: { InstanceType: type } },
  ];

  test('is never zero: an instance type without a price is left out of the sum and named, with the nearest that has one', () => {
    const bill = billOf(estateOf(seoul, server('m8g.large')), usageOf(), book);
    const line = bill.lines.find((each) => each.heading === 'instances')!;
    expect(line.usd).toBeNull();
    expect(line.missing).toEqual(['m8g.large Linux on-demand']);
    expect(bill.pricedShare).toBeNull();
    const [warning] = unknownPrices(bill, book);
    expect(warning).toMatchObject({ code: 'PRICE_UNKNOWN', place: { logicalId: 'server' } });
    expect(warning!.next.en).toContain('m7g.large');
  });

  test('is bounded by what the same costs elsewhere, where it does', () => {
    const records = [...book.records.values()].filter((record) => record.id !== `VPC / NAT gateway / ${seoul}`);
    const bill = billOf(threeTiers(), usageOf(), bookOf(records, 'test'));
    const line = bill.lines.find((each) => each.missing.includes('NAT gateway'))!;
    expect(line.usd).toBeNull();
    expect(line.couldBe!.low).toBeCloseTo(0.045 * 730, 6);
    expect(line.couldBe!.high).toBeCloseTo(0.093 * 730, 6);
    expect(unknownPrices(bill, bookOf(records, 'test'))[0]!.cause.en).toContain('$32.85 to $67.89 a month');
    expect(bill.pricedShare).toBeGreaterThan(0.6);
    expect(bill.pricedShare).toBeLessThan(0.7);
  });

  test('is a resource type that nothing is known about', () => {
    const bill = billOf(estateOf(seoul, [{ id: 'wall', type: 'AWS::OpenSearchService::Domain' }]), usageOf(), book);
    expect(bill.unread).toEqual([{ type: 'AWS::OpenSearchService::Domain', resources: ['wall'] }]);
    expect(bill.pricedShare).toBeNull();
    expect(unknownPrices(bill, book).map((each) => each.code)).toEqual(['TYPE_WITHOUT_PRICE']);
  });

  test('is a step of a tariff that the amount reaches, and no step that it does not reach', () => {
    const api: Stated[] = [{ id: 'api', type: 'AWS::ApiGateway::RestApi' }];
    const at = (requests: number) =>
      billOf(estateOf('us-east-1', api), usageOf({ requests, responseKilobytes: 0 }), book).lines[0]!.usd;
    expect(at(900_000_000)).toBeCloseTo(333 * 3.5 + 567 * 2.8, 6);
    expect(at(1_100_000_000)).toBeNull();
  });

  test('is Extended Support of an engine whose standard support has ended, unless the template forbids it', () => {
    const database = (more: object): Stated[] => [
      {
        id: 'database',
        type: 'AWS::RDS::DBInstance',
        properties: { Engine: 'mysql', EngineVersion: '8.0.40', DBInstanceClass: 'db.t3.micro', ...more },
      },
    ];
    const missing = (more: object) =>
      billOf(estateOf(seoul, database(more)), usageOf(), book).lines.flatMap((line) => line.missing);
    expect(missing({})).toEqual(['Extended Support, years 1 and 2']);
    expect(missing({ EngineLifecycleSupport: 'open-source-rds-extended-support-disabled' })).toEqual([]);
    expect(missing({ EngineVersion: '8.4.3' })).toEqual([]);
  });
});

describe('allowances', () => {
  test('are the account’s: eleven alarms share ten free ones', () => {
    const alarms = Array.from(
      { length: 11 },
      (_, index): Stated => ({ id: `a${index}`, type: 'AWS::CloudWatch::Alarm' }),
    );
    const bill = billOf(estateOf(seoul, alarms), usageOf(), book);
    expect(bill.usd).toBeCloseTo(0.1, 9);
    expect(bill.lines.reduce((sum, line) => sum + line.allowed, 0)).toBeCloseTo(allowances.alarms.amount, 9);
  });

  test('are not deducted where the user says so', () => {
    const alarms: Stated[] = [{ id: 'a', type: 'AWS::CloudWatch::Alarm' }];
    expect(billOf(estateOf(seoul, alarms), usageOf({ allowances: false }), book).usd).toBeCloseTo(0.1, 9);
  });
});

describe('hours', () => {
  const pieces: Stated[] = [
    { id: 'nat', type: 'AWS::EC2::NatGateway' },
    { id: 'key', type: 'AWS::KMS::Key' },
    { id: 'zone', type: 'AWS::Route53::HostedZone' },
    { id: 'server', type: 'AWS::EC2::Instance', properties: { InstanceType: 't3.micro' } },
  ];
  const none = { natInGigabytes: 0, natOutGigabytes: 0, keyRequests: 0, dnsQueries: 0, requests: 0 };
  const usd = (usage: Parameters<typeof usageOf>[0]) => {
    const bill = billOf(estateOf(seoul, pieces), usageOf({ ...none, ...usage }), book);
    return Object.fromEntries(sumBy(bill.lines, (line) => line.heading).map(({ key, usd }) => [key, usd]));
  };

  test('stopped: servers cost for the hours that they are on, everything else all the time', () => {
    expect(usd({ hoursOn: 73 })).toMatchObject({
      nat: expect.closeTo(0.059 * 730, 6),
      keys: expect.closeTo(1, 6),
      instances: expect.closeTo(0.013 * 73, 6),
      volumes: expect.closeTo(8 * 0.0912, 6),
    });
  });

  test('dismantled: gateways stop as well, disks of stopped instances too, keys do not', () => {
    expect(usd({ hoursOn: 73, rest: 'dismantled' })).toMatchObject({
      nat: expect.closeTo(0.059 * 73, 6),
      keys: expect.closeTo(1, 6),
      volumes: expect.closeTo(0.8 * 0.0912, 6),
    });
  });

  test('existing for a week: a hosted zone is paid for whole, a key by its part', () => {
    expect(usd({ hoursExisting: 168 })).toMatchObject({
      keys: expect.closeTo(168 / 730, 6),
      names: expect.closeTo(0.5, 6),
    });
  });
});

test.each([
  ['10k requests', 10_000],
  ['million units', 1_000_000],
  ['1,000 requests', 1_000],
  ['100k notifications', 100_000],
  ['GB-month', 1],
  ['hour', 1],
])('a unit of %s holds %d', (unit, size) => {
  expect(unitSize(unit)).toBe(size);
});

test('every unit of the data is one of those that are understood', () => {
  const units = new Set([...book.records.values()].map((record) => record.unit));
  for (const unit of units) {
    if (/\d|million/.test(unit)) expect(unitSize(unit)).toBeGreaterThan(1);
  }
  expect(newestMonth(book)).toMatch(/^20\d\d-\d\d$/);
});

test('a price that a file replaces changes the bill', () => {
  const dearer = withPrices(book, seoul, [['VPC', 'NAT gateway', 'hour', 1]]);
  expect(billOf(threeTiers(), usageOf(), dearer).usd - billOf(threeTiers(), usageOf(), book).usd).toBeCloseTo(
    730 * (1 - 0.059),
    6,
  );
});
