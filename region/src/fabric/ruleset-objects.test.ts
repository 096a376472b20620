import { describe, expect, test } from 'vitest';
import { differing, readObjects } from './ruleset-objects.ts';

const listed = (...objects: object[]) => JSON.stringify({ nftables: [{ metainfo: { version: '1' } }, ...objects] });
const rule = (expression: unknown, handle = 1) => ({
  rule: { family: 'ip', table: 'terrace', chain: 'forward', handle, expr: [expression] },
});
const chain = { chain: { family: 'ip', table: 'terrace', name: 'forward', handle: 2, policy: 'drop' } };
const set = (elem: unknown[], more: object = {}) => ({
  set: { family: 'ip', table: 'terrace', name: 'links', handle: 3, type: 'ifname', elem, ...more },
});
const adding = { set: { op: 'add', elem: { payload: { protocol: 'ip', field: 'daddr' } }, set: '@links' } };
const table = { table: { family: 'ip', name: 'terrace', handle: 1 } };

describe.each<[string, object[], object[], string[]]>([
  ['the same with other handles', [table, chain, rule('accept', 4)], [table, chain, rule('accept', 9)], []],
  ['elements in another order', [table, set(['a', 'b'])], [table, set(['b', 'a'])], []],
  [
    'ports of a rule in another order',
    [table, rule({ right: { set: [80, 443] } })],
    [table, rule({ right: { set: [443, 80] } })],
    [],
  ],
  [
    'a set that a rule adds to, once packets have filled it',
    [table, set([]), chain, rule(adding)],
    [table, set(['a']), chain, rule(adding)],
    [],
  ],
  ['a rule that is gone', [table, chain, rule('accept')], [table, chain], ['chain forward']],
  ['a rule for another', [table, chain, rule('accept')], [table, chain, rule('drop')], ['chain forward']],
  [
    'rules in another order',
    [table, rule('accept'), rule('drop')],
    [table, rule('drop'), rule('accept')],
    ['chain forward'],
  ],
  ['a rule more', [table, chain], [table, chain, rule('drop')], ['chain forward']],
  ['another policy', [table, chain], [table, { chain: { ...chain.chain, policy: 'accept' } }], ['chain forward']],
  ['an element that is gone', [table, set(['a', 'b'])], [table, set(['a'])], ['set links']],
  ['a set more', [table], [table, set(['a'])], ['set links']],
  ['a table that is gone', [table, chain, set(['a'])], [], ['chain forward', 'set links']],
])('%s', (_what, wanted, present, names) => {
  test(names.length === 0 ? 'is no difference' : `is a difference of ${names.join(', ')}`, () => {
    const [one, other] = [wanted, present].map(
      (objects) => readObjects(listed(...objects)).get('terrace') ?? new Map(),
    );
    expect(differing(one!, other!)).toEqual(names);
  });
});
