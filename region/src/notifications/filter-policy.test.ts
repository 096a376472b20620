import type { JsonObject } from '@terrace/cloud/json';
import { describe, expect, test } from 'vitest';
import { accepts } from './filter-policy.ts';

/** https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html */
describe('a filter policy', () => {
  test.each<[JsonObject, JsonObject, boolean]>([
    [{ store: ['shop'] }, { store: 'shop' }, true],
    [{ store: ['shop'] }, { store: 'other' }, false],
    [{ store: ['shop'] }, {}, false],
    [{ store: ['a', 'b'] }, { store: 'b' }, true],
    [{ store: ['a'], event: ['b'] }, { store: 'a' }, false],
    [{ store: ['a'], event: ['b'] }, { store: 'a', event: 'b' }, true],
    [{ interests: ['rugby'] }, { interests: ['soccer', 'rugby'] }, true],
    [{ event: [{ prefix: 'order-' }] }, { event: 'order-cancelled' }, true],
    [{ event: [{ prefix: 'order-' }] }, { event: 'cancelled' }, false],
    [{ file: [{ suffix: '.png' }] }, { file: 'a.png' }, true],
    [{ event: [{ 'equals-ignore-case': 'Tennis' }] }, { event: 'TENNIS' }, true],
    [{ event: [{ 'anything-but': 'rugby' }] }, { event: 'tennis' }, true],
    [{ event: [{ 'anything-but': ['rugby', 'tennis'] }] }, { event: 'tennis' }, false],
    [{ event: [{ 'anything-but': { prefix: 'order-' } }] }, { event: 'order-1' }, false],
    [{ event: [{ 'anything-but': 'rugby' }] }, {}, false],
    [{ price: [{ numeric: ['=', 100] }] }, { price: 100 }, true],
    [{ price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: 150 }, true],
    [{ price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: 151 }, false],
    [{ price: [{ numeric: ['=', 100] }] }, { price: '100' }, false],
    [{ store: [{ exists: true }] }, { store: 'a' }, true],
    [{ store: [{ exists: true }] }, {}, false],
    [{ store: [{ exists: false }] }, {}, true],
    [{ encrypted: [true] }, { encrypted: true }, true],
    [{ a: { b: ['c'] } }, { a: { b: 'c' } }, true],
    [{ a: { b: ['c'] } }, { a: 'c' }, false],
    [{ $or: [{ a: ['1'] }, { b: ['2'] }] }, { b: '2' }, true],
    [{ $or: [{ a: ['1'] }, { b: ['2'] }] }, { c: '3' }, false],
    [{ a: [{ unheard: 'of' }] }, { a: 'of' }, false],
  ])('%j takes %j: %s', (policy, carried, taken) => {
    expect(accepts(policy, carried)).toBe(taken);
  });
});
