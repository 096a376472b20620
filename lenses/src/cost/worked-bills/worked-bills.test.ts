import { describe, expect, test } from 'vitest';
import { billOf } from '../bill/bill.ts';
import { usageOf } from '../bill/usage.ts';
import { estateOf, withPrices } from '../estate.fixture.ts';
import { loadPrices } from '../prices/prices.ts';
import { nothing } from './example.fixture.ts';
import { networkExamples } from './network.fixture.ts';
import { serviceExamples } from './services.fixture.ts';
import { furtherExamples } from './storage.fixture.ts';

const examples = [...networkExamples, ...serviceExamples, ...furtherExamples];

describe('worked bills', () => {
  const book = loadPrices();

  test.each(examples)('$title: $usd USD ($source)', ({ usd, resources, usage, prices, only }) => {
    const region = 'us-east-1';
    const bill = billOf(
      estateOf(region, resources),
      usageOf({ ...nothing, ...usage }),
      prices ? withPrices(book, region, prices) : book,
      region,
    );
    const lines = bill.lines.filter(
      (line) => !only || only.some((head) => line.tariff.steps[0]!.item.startsWith(head)),
    );
    expect(lines.filter((line) => line.usd === null)).toEqual([]);
    expect(bill.unread).toEqual([]);
    const total = lines.reduce((sum, line) => sum + line.usd!, 0);
    expect(Math.abs(total - usd)).toBeLessThanOrEqual(usd * 0.01);
  });

  test('are more than the twenty that were asked for', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20);
  });
});
