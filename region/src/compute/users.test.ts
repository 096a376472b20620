import { describe, expect, test } from 'vitest';
import { firstUser } from './users.ts';

describe('the range of users of a region', () => {
  test.each([
    ['mnt:[4026531840]', 'the first mount namespace of a machine'],
    ['mnt:[4026532999]', 'one of many'],
    ['mnt:[4294967295]', 'the last that a number can name'],
  ])('of %s, %s, lies where distributions leave ids to nobody', (namespace) => {
    const first = firstUser(namespace);
    expect(first % 65_536).toBe(0);
    expect(first).toBeGreaterThanOrEqual(0x7000_0000);
    expect(first + 65_535).toBeLessThan(0x7ffe_0000);
  });

  test('is another one for another region of the machine', () => {
    expect(firstUser('mnt:[4026532185]')).not.toBe(firstUser('mnt:[4026532186]'));
  });

  test('does not come of anything but a mount namespace', () => {
    expect(() => firstUser('net:[4026532185]')).toThrow('no mount namespace');
  });
});
