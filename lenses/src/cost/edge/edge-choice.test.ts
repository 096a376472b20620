import { geographyOf } from '@terrace/cloud/families/accelerator/charges';
import type { Usage } from '@terrace/cloud/families/contract/usage';
import { priceGroupOf } from '@terrace/cloud/families/distribution/charges';
import { describe, expect, test } from 'vitest';
import { usageOf } from '../bill/usage.ts';
import { findPrice, loadPrices } from '../prices/prices.ts';
import {
  chooseFront,
  type EdgeDecision,
  evenly,
  type FrontChoice,
  homesFor,
  network,
  parseUsers,
  type World,
} from './edge-choice.ts';
import type { Front } from './edge-decision.ts';

const book = loadPrices();
const seoul = 'ap-northeast-2';
const usage = usageOf();
const world = { users: evenly(book), protocol: 'http', fixedAddresses: false, messages: 0 } as const;

describe('a game in Seoul for the whole world', () => {
  test('over HTTP is served by CloudFront: files from near the user, calls over warm connections', () => {
    const { choice, fronts } = chooseFront(world, usage, book, seoul);
    const [direct, cloudFront, accelerator] = fronts;
    expect(choice).toBe('cloudfront');
    expect(cloudFront!.firstAnswer).toBeLessThan(accelerator!.firstAnswer);
    expect(accelerator!.firstAnswer).toBeLessThan(direct!.firstAnswer);
    const tokyo = cloudFront!.places.find(({ place }) => place === 'ap-northeast-1')!;
    expect(tokyo.file).toBe(3 * network.lastMile);
    // 33.9 ms is AWS's median from Tokyo to Seoul or thereabouts: two rounds near, one round far.
    expect(tokyo.call - tokyo.file).toBeGreaterThan(25);
    expect(tokyo.call - tokyo.file).toBeLessThan(45);
  });

  test('over UDP, or where addresses must stay, only Global Accelerator can', () => {
    for (const asked of [
      { ...world, protocol: 'udp' as const },
      { ...world, fixedAddresses: true },
    ]) {
      const { choice, fronts } = chooseFront(asked, usage, book, seoul);
      expect(fronts.find(({ front }) => front === 'cloudfront')!.cannot).not.toBeNull();
      expect(choice === 'global-accelerator' || choice === 'direct').toBe(true);
    }
    expect(chooseFront({ ...world, fixedAddresses: true }, usage, book, seoul).choice).toBe('global-accelerator');
  });

  test('for users of Seoul alone neither gains enough on an open connection', () => {
    const { choice } = chooseFront(
      { users: { [seoul]: 1 }, protocol: 'tcp', fixedAddresses: false, messages: 1 },
      usage,
      book,
      seoul,
    );
    expect(choice).toBe('direct');
  });

  test('costs what the parts cost: an accelerator, two addresses, premium and ordinary transfer', () => {
    const one = { ...usage, requests: 1024 * 1000, responseKilobytes: 1024, allowances: false };
    const { fronts } = chooseFront({ ...world, users: { 'us-east-1': 1 } }, one, book, 'us-east-1');
    const [direct, cloudFront, accelerator] = fronts;
    expect(direct!.bill.usd).toBeCloseTo(1000 * 0.09, 6);
    expect(cloudFront!.places[0]!.usdPerGigabyte).toBeCloseTo(0.085, 9);
    expect(accelerator!.bill.usd).toBeCloseTo(730 * (0.025 + 0.01) + 1000 * (0.09 + 0.015), 6);
    for (const { bill } of fronts) expect(bill.pricedShare).toBe(1);
  });
});

describe('the decision', () => {
  const decided = (more: Partial<World>, said: Partial<Usage> = {}) =>
    chooseFront({ ...world, ...more }, usageOf(said), book, seoul);
  const front = (decision: EdgeDecision, name: Front) => decision.fronts.find((each) => each.front === name)!;

  test('of 10 million requests of 500 kB is CloudFront by its Pro plan: faster and cheaper than direct', () => {
    const decision = decided({ users: { [seoul]: 1 } }, { requests: 10_000_000, responseKilobytes: 500 });
    expect(decision.choice).toBe('cloudfront');
    expect(front(decision, 'cloudfront')).toMatchObject({ usd: 15, plan: { name: 'Pro' } });
    expect(front(decision, 'direct').usd).toBeGreaterThan(400);
  });

  test.each([
    [1_000_000, 20, 'Free', 0],
    [100_000_000, 30, 'Business', 200],
    [400_000_000, 100, 'Premium', 1000],
  ])('%d requests of %d kB are held by the plan %s', (requests, responseKilobytes, name, usd) => {
    expect(front(decided({}, { requests, responseKilobytes, allowances: false }), 'cloudfront')).toMatchObject({
      usd,
      plan: { name },
    });
  });

  test('takes no plan whose allowance is too small', () => {
    const huge = front(decided({}, { requests: 600_000_000 }), 'cloudfront');
    expect([huge.plan, huge.usd]).toEqual([null, huge.bill.usd]);
  });

  test('is never one that another beats in time and in money', () => {
    for (const requests of [1e5, 1e6, 1e7, 1e8])
      for (const responseKilobytes of [1, 20, 500])
        for (const messages of [0, 0.5, 1]) {
          const { fronts, choice } = decided({ users: { [seoul]: 1 }, messages }, { requests, responseKilobytes });
          const wait = (each: FrontChoice) => messages * each.message + (1 - messages) * each.firstAnswer;
          const chosen = fronts.find((each) => each.front === choice)!;
          const better = fronts.filter(
            (each) => each.cannot === null && wait(each) < wait(chosen) && each.usd < chosen.usd - 0.005,
          );
          const which = { requests, responseKilobytes, messages };
          expect({ ...which, better: better.map((each) => each.front) }).toEqual({ ...which, better: [] });
        }
  });

  test('of fixed addresses near home is a Network Load Balancer with Elastic IPs, not an accelerator', () => {
    const decision = decided({ users: { [seoul]: 1 }, fixedAddresses: true });
    expect(decision.choice).toBe('network-load-balancer');
    expect(front(decision, 'network-load-balancer').usd).toBeCloseTo(730 * (0.0225 + 2 * 0.005) + 21 * 0.006, 1);
  });

  test('weighs first answers and messages as it is told', () => {
    const saved = (messages: number) =>
      Number(/saves (\d+) ms/.exec(decided({ users: { 'eu-west-1': 1 }, messages }).because.en)![1]);
    expect(saved(0)).toBeGreaterThan(500);
    expect(saved(1)).toBeLessThan(50);
  });
});

test('the nearest home of users is where they are', () => {
  expect(homesFor({ 'eu-central-1': 1 }, book)[0]!.region).toBe('eu-central-1');
  const spread = homesFor(evenly(book), book);
  expect(spread).toHaveLength(10);
  expect(spread.map(({ message }) => message)).toEqual(spread.map(({ message }) => message).sort((a, b) => a - b));
});

describe('where users are', () => {
  test('is said by weights', () => {
    expect(parseUsers('ap-northeast-2=3,us-east-1=1')).toEqual({ 'ap-northeast-2': 0.75, 'us-east-1': 0.25 });
  });
  test.each(['mars=1', 'us-east-1=-1', 'us-east-1', 'us-east-1=0', ''])('%s is not understood', (text) => {
    expect(parseUsers(text)).toMatchObject({ code: 'USERS_NOT_UNDERSTOOD' });
  });
});

test.each([
  ['ap-northeast-2', 'Asia Pacific (', 'South Korea'],
  ['ap-southeast-1', 'Asia Pacific (', 'Asia Pacific'],
  ['ap-southeast-2', 'Australia', 'Australia'],
  ['ap-southeast-3', 'Asia Pacific (', 'India, Indonesia'],
  ['ap-south-1', 'India', 'India, Indonesia'],
  ['ap-northeast-1', 'Japan', 'Asia Pacific'],
  ['us-east-1', 'United States', 'US'],
  ['ca-central-1', 'United States', 'US'],
  ['eu-west-3', 'Europe', 'Europe'],
  ['sa-east-1', 'South America', 'South America'],
  ['me-central-1', 'South Africa, Kenya', 'Middle East'],
  ['af-south-1', 'South Africa, Kenya', 'South Africa, Kenya'],
])('users near %s are in the price group %s… and the geography %s…', (region, group, geography) => {
  expect(priceGroupOf(region).startsWith(group)).toBe(true);
  expect(geographyOf(region).startsWith(geography)).toBe(true);
  expect(findPrice(book, 'CloudFront', 'HTTPS requests', priceGroupOf(region))).toBeDefined();
  expect(
    findPrice(book, 'Global Accelerator', `DT-Premium, edge geography: ${geographyOf(region)}`, seoul),
  ).toBeDefined();
});
