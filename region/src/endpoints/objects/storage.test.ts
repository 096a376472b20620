import { expect, test } from 'vitest';
import { bucketFolder } from './storage.ts';

test.each([
  ['terrace-logs.example', '/state/objects/terrace-logs.example'],
  ['../../etc', '/state/objects/..%2F..%2Fetc'],
  ['..', '/state/objects/unnamed'],
])('what is called %s is kept within the folder of buckets', (name, folder) => {
  expect(bucketFolder('/state/objects', name)).toBe(folder);
});
