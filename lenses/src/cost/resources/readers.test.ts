import { fidelityTable } from '@terrace/cloud/validate/fidelity-table';
import { describe, expect, test } from 'vitest';
import { chargesOf } from './readers.ts';

describe('what is said to be priced', () => {
  const priced = Object.entries(fidelityTable).filter(([, { how }]) => /\bpriced\b/i.test(how.en));
  test.each(priced.map(([type]) => type))('%s has charges', (type) => {
    expect(typeof chargesOf(type)).toBe('function');
  });
});

test('a type is free or has a reader, and of what nothing is stated nothing is known', () => {
  expect(chargesOf('AWS::EC2::Subnet')).toBe('free');
  expect(chargesOf('AWS::OpenSearchService::Domain')).toBeUndefined();
});
