import { describe, expect, test } from 'vitest';
import { chooseFront, evenly, homesFor, network, parseUsers } from './edge-choice.ts';
import { findPrice, loadPrices } from './prices.ts';
import { geographyOf, priceGroupOf } from './resources/edge.ts';
import { usageOf } from './usage.ts';

const book = loadPrices();
const seoul = 'ap-northeast-2';
const usage = usageOf();
const world = { users: evenly(book), protocol: 'http', fixedAddresses: false } as const;

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
      { users: { [seoul]: 1 }, protocol: 'tcp', fixedAddresses: false },
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
