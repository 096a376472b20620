import { fidelities } from '@terrace/cloud/families/registry';
import { describe, expect, test } from 'vitest';
import { chargesOf } from './charges-of.ts';

describe('what is said to be priced', () => {
  const priced = Object.entries(fidelities).filter(([, { how }]) => /\bpriced\b/i.test(how.en));
  test.each(priced.map(([type]) => type))('%s has charges', (type) => {
    expect(typeof chargesOf(type)).toBe('function');
  });
});

test('a type is free or has a reader, and of what nothing is stated nothing is known', () => {
  expect(chargesOf('AWS::EC2::Subnet')).toBe('free');
  expect(chargesOf('AWS::OpenSearchService::Domain')).toBeUndefined();
});
