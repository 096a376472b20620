import { assumptions } from '@terrace/cloud/families/contract/usage';
import { describe, expect, test } from 'vitest';
import { formatMoney, loadExchangeRates, newestRate, parseCurrency, parseMoney } from '../prices/currency.ts';
import { loadPrices } from '../prices/prices.ts';
import { nearestItem, sizeRank } from './nearest.ts';
import { checkTogether, parseUsage, part, usageNames, usageOf } from './usage.ts';

describe('usage that a user says', () => {
  test('is put over what is assumed', () => {
    const { said, mistakes } = parseUsage(['requests=5_000_000', 'natInGigabytes=0']);
    expect(mistakes).toEqual([]);
    expect(usageOf(said)).toMatchObject({ requests: 5_000_000, natInGigabytes: 0, responseKilobytes: 20 });
  });

  test.each([
    ['requests=-1', 'NEGATIVE_USAGE'],
    ['requests=many', 'USAGE_NOT_A_NUMBER'],
    ['requests=', 'USAGE_NOT_A_NUMBER'],
    ['request=1', 'UNKNOWN_USAGE'],
    ['applicationShare=1.5', 'USAGE_TOO_LARGE'],
    ['requests=1e308', 'USAGE_TOO_LARGE'],
    ['natInGigabytes=1e13', 'USAGE_TOO_LARGE'],
  ])('%s is %s', (pair, code) => {
    const { said, mistakes } = parseUsage([pair]);
    expect(mistakes.map((each) => each.code)).toEqual([code]);
    expect(mistakes[0]!.next.ko).not.toBe('');
    expect(said).toEqual({});
  });

  test('cannot be on for longer than a month has hours', () => {
    expect(checkTogether(usageOf({ hoursOn: 800 })).map((each) => each.code)).toEqual(['TOO_MANY_HOURS']);
    expect(checkTogether(usageOf({ hoursOn: 730 }))).toEqual([]);
  });

  test('every figure has a unit and a meaning in both languages', () => {
    for (const name of usageNames) {
      const { unit, meaning } = assumptions[name];
      expect(unit).not.toBe('');
      expect(meaning.ko).toMatch(/[가-힣]/);
    }
  });

  test('in a part of a month is the same load', () => {
    const half = part(usageOf(), 365, 365);
    expect(half).toMatchObject({ requests: 500_000, natInGigabytes: 2, hoursOn: 365, responseKilobytes: 20 });
  });
});

describe('money that a user says', () => {
  test.each([
    ['30000', 30_000, 'KRW'],
    ['30,000 KRW', 30_000, 'KRW'],
    ['30000원', 30_000, 'KRW'],
    ['₩30,000', 30_000, 'KRW'],
    ['$20', 20, 'USD'],
    ['20.5 usd', 20.5, 'USD'],
  ])('%s', (text, amount, currency) => {
    expect(parseMoney(text)).toEqual({ amount, currency });
  });

  test.each([
    ['30 EUR', 'UNKNOWN_CURRENCY'],
    ['lots', 'NOT_AN_AMOUNT'],
    ['0', 'NOTHING_TO_SPEND'],
    ['-5 USD', 'NOTHING_TO_SPEND'],
    [`${'9'.repeat(30)}KRW`, 'NOT_AN_AMOUNT'],
  ])('%s is %s', (text, code) => {
    expect(parseMoney(text)).toMatchObject({ code });
  });

  test('a currency without a rate is said to have none', () => {
    expect(parseCurrency('eur')).toMatchObject({ code: 'UNKNOWN_CURRENCY' });
    expect(parseCurrency('krw')).toBe('KRW');
  });

  test('is shown as people write it, at a rate that has a date', () => {
    const rate = newestRate(loadExchangeRates());
    expect(rate).toMatchObject({ date: '2026-06', krwPerUsd: 1529.4619 });
    expect(formatMoney(100, 'KRW', rate)).toBe('₩152,946');
    expect(formatMoney(1234.5, 'USD', rate)).toBe('$1,234.50');
    expect(formatMoney(0.0123, 'USD', rate)).toBe('$0.0123');
  });
});

describe('the nearest that has a price', () => {
  const book = loadPrices();
  test.each([
    ['t3.4xlarge Linux on-demand', 'EC2', 't3.2xlarge'],
    ['t4g.4xlarge Linux on-demand', 'EC2', 't4g.2xlarge'],
    ['m8g.large Linux on-demand', 'EC2', 'm7g.large'],
    ['db.t4g.4xlarge Multi-AZ', 'RDS PostgreSQL', 'db.t4g.2xlarge'],
    ['db.m8g.large Single-AZ', 'RDS PostgreSQL', 'db.m7g.large'],
  ])('%s: %s', (item, service, nearest) => {
    expect(nearestItem(item, service, 'ap-northeast-2', book)).toBe(nearest);
  });

  test('what is no instance type has none', () => {
    expect(nearestItem('trust store', 'ELB', 'ap-northeast-2', book)).toBeUndefined();
  });

  test.each([
    ['nano', 0],
    ['large', 4],
    ['xlarge', 5],
    ['2xlarge', 6],
    ['8xlarge', 8],
  ])('%s is size %d', (size, rank) => {
    expect(sizeRank(size)).toBe(rank);
  });
});
