import { words } from '@terrace/cloud/words';
import { expect, test } from 'vitest';
import { unboundedOf } from './unbounded.ts';

const instances = [
  { name: 'web/0', type: 't3.micro' },
  { name: 'one', type: 'x2gd.large' },
];
const place = { version: 2, folder: '/group', controllers: ['memory', 'pids'] } as const;

test('an instance of a type whose size is not known is unbounded', () => {
  expect(unboundedOf(instances, place)).toEqual([
    {
      instances: ['one'],
      reason: expect.objectContaining({ en: expect.stringContaining('"x2gd.large" is not known') }),
    },
  ]);
  expect(unboundedOf(instances.slice(0, 1), place)).toEqual([]);
});

test('where no groups may be made all are', () => {
  const reason = words('a reason', '이유');
  expect(unboundedOf(instances, { version: null, reason })).toEqual([{ instances: ['web/0', 'one'], reason }]);
  expect(unboundedOf([], { version: null, reason })).toEqual([]);
});
