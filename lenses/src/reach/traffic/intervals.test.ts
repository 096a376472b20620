import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  covers,
  type Intervals,
  includes,
  intersect,
  interval,
  isEmpty,
  pairsOf,
  subtract,
  unite,
} from './intervals.ts';

const limit = 40;
const anySet = fc
  .array(fc.tuple(fc.nat(limit), fc.nat(limit)), { maxLength: 5 })
  .map((pairs) => unite(...pairs.map(([one, other]) => interval(Math.min(one, other), Math.max(one, other)))));

function numbers(set: Intervals): number[] {
  return Array.from({ length: limit + 1 }, (_, value) => value).filter((value) => includes(set, value));
}

describe('sets of intervals', () => {
  test('are united, intersected and subtracted as sets of their numbers', () => {
    fc.assert(
      fc.property(anySet, anySet, (one, other) => {
        const [left, right] = [numbers(one), numbers(other)];
        expect(numbers(unite(one, other))).toEqual([...new Set([...left, ...right])].sort((a, b) => a - b));
        expect(numbers(intersect(one, other))).toEqual(left.filter((value) => right.includes(value)));
        expect(numbers(subtract(one, other))).toEqual(left.filter((value) => !right.includes(value)));
        expect(covers(one, other)).toBe(right.every((value) => left.includes(value)));
        expect(isEmpty(one)).toBe(left.length === 0);
      }),
    );
  });

  test('are sorted, apart from one another and never empty inside', () => {
    fc.assert(
      fc.property(anySet, anySet, (one, other) => {
        for (const set of [unite(one, other), intersect(one, other), subtract(one, other)]) {
          const pairs = pairsOf(set);
          for (const [from, to] of pairs) expect(from).toBeLessThanOrEqual(to);
          for (let index = 1; index < pairs.length; index++)
            expect(pairs[index]![0]).toBeGreaterThan(pairs[index - 1]![1]);
        }
      }),
    );
  });
});
