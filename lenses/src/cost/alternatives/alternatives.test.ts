import { describe, expect, test } from 'vitest';
import { billOf, newestMonth, price, useOf } from '../bill/bill.ts';
import { usageOf } from '../bill/usage.ts';
import { estateOf, threeTiers } from '../estate.fixture.ts';
import { loadExchangeRates, newestRate } from '../prices/currency.ts';
import { loadPrices } from '../prices/prices.ts';
import { checkBudget, planBudget, spendingOf } from './budget.ts';
import { changes, savings } from './changes.ts';
import { curve } from './curve.ts';
import { databaseChoices } from './database-choices.ts';
import { checkRegion, compareRegions } from './regions.ts';
import { sensitivities } from './sensitivity.ts';
import { compareServerless } from './serverless.ts';
import { grown, waysOf } from './ways.ts';

const book = loadPrices();
const seoul = 'ap-northeast-2';
const estate = threeTiers();
const usage = usageOf();
const now = billOf(estate, usage, book);

describe('regions', () => {
  const regions = compareRegions(useOf(estate, usage, newestMonth(book)), book, seoul);

  test('are all that have prices, cheapest first, each at least 95 % priced', () => {
    expect(regions.map(({ bill }) => bill.region).sort()).toEqual([...book.regions].sort());
    expect(regions.map(({ bill }) => bill.usd)).toEqual(regions.map(({ bill }) => bill.usd).sort((a, b) => a - b));
    for (const { bill } of regions) expect(bill.pricedShare).toBeGreaterThanOrEqual(0.95);
  });

  test('differ by exactly what the lines say', () => {
    for (const { difference, because } of regions) {
      expect(because.reduce((sum, each) => sum + each.usd, 0)).toBeCloseTo(difference, 9);
    }
    expect(regions.find(({ bill }) => bill.region === seoul)).toMatchObject({ difference: 0, because: [] });
  });

  test.each([
    ['eu-north-1', 'eu-central-1'],
    ['ap-east-1', 'ap-southeast-1'],
    ['ca-central-1', 'us-east-1'],
    ['us-east-9', 'us-east-1'],
  ])('%s has none, and %s is the nearest that has', (region, nearest) => {
    const problem = checkRegion(book, region);
    expect(problem?.code).toBe('REGION_WITHOUT_PRICES');
    expect(problem?.next.en).toContain(`use ${nearest},`);
  });
});

describe('changes', () => {
  const found = savings(estate, usage, book, seoul);

  test('save what the bill of the changed template is less', () => {
    for (const { change, usd } of found) {
      expect(usd).toBeCloseTo(now.usd - billOf(change.apply(estate)!, usage, book).usd, 9);
      expect(usd).toBeGreaterThan(0);
    }
  });

  test('stand in the order of what they give up', () => {
    expect(found.map(({ change }) => change.loss)).toEqual([
      'nothing',
      'comfort',
      'comfort',
      'room',
      'resilience',
      'resilience',
      'resilience',
      'function',
    ]);
  });

  test('the NAT gateway takes its address with it, and what needs a secret gets an endpoint instead', () => {
    const without = changes.find(({ id }) => id === 'no-nat')!.apply(estate)!;
    expect(without.inventory.resources.filter(({ type }) => /NatGateway|EIP/.test(type))).toEqual([]);
    expect(without.inventory.resources.filter(({ type }) => type === 'AWS::EC2::VPCEndpoint')).toHaveLength(1);
  });

  test('leave the template alone that they were given', () => {
    const before = JSON.stringify(estate);
    for (const change of changes) change.apply(estate);
    expect(JSON.stringify(estate)).toBe(before);
  });
});

test('the choices of a database: backups, encryption, upgrades, window and protection cost nothing, a second zone doubles', () => {
  const choices = databaseChoices(estate, usage, book, seoul);
  const usd = (name: string) => choices.find((choice) => choice.name.en.startsWith(name))?.usd;
  for (const free of [
    'automated backups',
    'encryption at rest',
    'automatic minor',
    'maintenance window',
    'deletion protection',
  ]) {
    expect(usd(free)).toBeCloseTo(0, 9);
  }
  const single = choices.find((choice) => choice.name.en.startsWith('second zone'))!;
  const database = now.lines.filter((line) => line.resource === 'database').reduce((sum, line) => sum + line.usd!, 0);
  expect(single.usd! / database).toBeCloseTo(-0.509, 2);
  expect(usd('key of the encryption')).toBeCloseTo(-1, 6);
  expect(choices.find((choice) => choice.other.en === 'MySQL 8.0')?.usd).toBeNull();
});

test('the assumptions that matter are named with what being wrong costs, and those that do not are left out', () => {
  const found = sensitivities(estate, usage, book, seoul);
  expect(found[0]!.doubled).toBeGreaterThan(0);
  expect(found.map(({ name }) => name)).toContain('requests');
  expect(found.map(({ name }) => name)).not.toContain('functionRuns');
});

describe('without servers', () => {
  const comparison = compareServerless(estate, usage, book, seoul);
  const way = (id: string) => comparison.ways.find(({ way }) => way.id === id)!;

  test('the template is the same bill as ever', () => {
    expect(way('template').bill.usd).toBeCloseTo(now.usd, 9);
  });

  test('break-even is the very request at which the cheaper one changes', () => {
    const ways = waysOf(estate, usage, newestMonth(book), seoul);
    const cost = (id: string, requests: number) =>
      price(ways.find((each) => each.id === id)!.use(requests), book, seoul).usd;
    for (const id of ['lambda-dynamodb', 'lambda-aurora']) {
      const { crossings } = way(id);
      expect(crossings.length).toBeGreaterThan(0);
      for (const { requests, below } of crossings) {
        const otherIsCheaper = (count: number) => cost(id, count) < cost('template', count);
        expect(otherIsCheaper(requests - 1)).toBe(below === id);
        expect(otherIsCheaper(requests)).toBe(below !== id);
      }
    }
  });

  test('no other break-even hides between: a fine scan around them finds the same side everywhere', () => {
    const ways = waysOf(estate, usage, newestMonth(book), seoul);
    const other = ways.find(({ id }) => id === 'lambda-dynamodb')!;
    const { crossings } = way('lambda-dynamodb');
    const cheaper = (count: number) =>
      price(other.use(count), book, seoul).usd < price(ways[0]!.use(count), book, seoul).usd;
    for (let requests = 150_000_000; requests < 450_000_000; requests += 1_234_567) {
      const passed = crossings.filter((each) => each.requests <= requests).length;
      expect([requests, cheaper(requests)]).toEqual([requests, passed % 2 === 0]);
    }
  });

  test('nothing of it is unpriced', () => {
    for (const { bill } of comparison.ways) expect(bill.pricedShare).toBe(1);
  });

  test('groups grow with the load, and never shrink', () => {
    const count = (requests: number) => grown(estate, { ...usage, requests }).fleet.instances.length;
    expect(count(1000)).toBe(4);
    // Ten thousand million a month, five times as busy at the peak: 19,026 a second, 200 on a server, in both tiers.
    expect(count(10_000_000_000)).toBe(2 * 96);
  });

  test('the curve shows every way and every break-even, in both languages', () => {
    const rate = newestRate(loadExchangeRates());
    const english = curve(comparison, { language: 'en', currency: 'USD', rate, at: usage.requests });
    const korean = curve(comparison, { language: 'ko', currency: 'KRW', rate, at: usage.requests });
    for (const svg of [english, korean]) {
      expect(svg.match(/<polyline /g)).toHaveLength(4);
      expect(svg.match(/<circle /g)).toHaveLength(
        comparison.ways.reduce((sum, { crossings }) => sum + Math.min(2, crossings.length), 0),
      );
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    }
    expect(korean).toContain('한 달 요청 수');
  });
});

describe('a budget', () => {
  const plan = (usd: number, days: number) => planBudget(estate, usage, book, seoul, { usd, days });

  test('lasts as many hours as it pays for: one more tenth of an hour is too dear', () => {
    const { hours } = plan(20, 7);
    const spending = spendingOf(estate, usage, book, seoul);
    expect(spending(hours!, hours!, 'stopped')).toBeLessThanOrEqual(20);
    expect(spending(hours! + 0.2, hours! + 0.2, 'stopped')).toBeGreaterThan(20);
  });

  test('of a month is the bill of the month', () => {
    expect(spendingOf(estate, usage, book, seoul)(730, 730, 'stopped')).toBeCloseTo(now.usd, 9);
    expect(spendingOf(estate, usage, book, seoul)(1460, 1460, 'stopped')).toBeCloseTo(2 * now.usd, 9);
  });

  test('that is short is met by the variant that gives up least and lasts', () => {
    const { lasts, leastLoss, cheapest } = plan(20, 7);
    expect(lasts).toBe(false);
    expect(leastLoss!.usd).toBeLessThanOrEqual(20);
    expect(leastLoss!.hours!).toBeGreaterThanOrEqual(7 * 24);
    expect(cheapest.usd).toBeLessThanOrEqual(leastLoss!.usd);
  });

  test('that is large enough gives nothing up', () => {
    const { lasts, leastLoss } = plan(1000, 7);
    expect(lasts).toBe(true);
    expect(leastLoss!.changes.filter(({ loss }) => loss !== 'nothing')).toEqual([]);
  });

  test('has a schedule that fits, and half an hour more a day would not', () => {
    const spending = spendingOf(estate, usage, book, seoul);
    const schedule = plan(20, 7).schedules.find(({ rest }) => rest === 'dismantled')!;
    expect(schedule.fits).toBe(true);
    expect(schedule.usd).toBeLessThanOrEqual(20);
    expect(spending((schedule.hoursPerDay + 0.5) * 7, 168, 'dismantled')).toBeGreaterThan(20);
  });

  test('that does not pay for resting says so', () => {
    expect(plan(3, 30).schedules.find(({ rest }) => rest === 'stopped')).toMatchObject({ fits: false, hoursPerDay: 0 });
  });

  test('too small for an hour is a mistake that names what an hour costs', () => {
    const problem = checkBudget(plan(0.05, 7), (usd) => usd.toFixed(3));
    expect(problem).toMatchObject({ code: 'BUDGET_BELOW_ONE_HOUR' });
    expect(problem!.cause.en).toContain(now.usdPerHour.toFixed(3));
    expect(checkBudget(plan(1, 7), String)).toBeUndefined();
  });

  test('of something that costs nothing lasts for ever', () => {
    const free = estateOf(seoul, [{ id: 'vpc', type: 'AWS::EC2::VPC' }]);
    expect(planBudget(free, usage, book, seoul, { usd: 1, days: 1 }).hours).toBeNull();
  });
});
