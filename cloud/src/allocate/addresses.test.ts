import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, parsePrefix } from '../address.ts';
import {
  addressOf,
  allocateAddress,
  allocateAddresses,
  isAssignable,
  memberOwner,
  publicAddressRequest,
} from './addresses.ts';

const range = parsePrefix('10.0.1.0/24')!;
const request = (owner: string) => ({ owner, subnet: 'stack/Net', range });

describe('addresses', () => {
  test('the first four and the last of a subnet are given to nobody', () => {
    const small = parsePrefix('10.0.0.0/28')!;
    const requests = Array.from({ length: 12 }, (_, index) => ({ owner: `s/O${index}`, subnet: 's/N', range: small }));
    const { addresses } = allocateAddresses({}, requests);
    const given = addresses.flatMap((each) => (each === undefined ? [] : [formatAddress(each)])).sort();
    expect(given).toHaveLength(11);
    expect(given).not.toContain('10.0.0.3');
    expect(given).not.toContain('10.0.0.15');
    expect(addresses.at(-1)).toBeUndefined();
  });

  test('the same owner keeps its address, whoever comes and goes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 500 }), { maxLength: 80 }), fc.nat({ max: 500 }), (others, mine) => {
        const owner = memberOwner('stack/Group', mine);
        const first = allocateAddress({}, request(owner));
        const crowd = others.filter((each) => each !== mine).map((each) => request(memberOwner('stack/Group', each)));
        const later = allocateAddresses(first.allocations, [...crowd, request(owner)]);
        expect(later.addresses.at(-1)).toBe(first.address);
        expect(new Set(later.addresses).size).toBe(later.addresses.length);
        expect(later.addresses.every((each) => each !== undefined && isAssignable(range, each))).toBe(true);
      }),
    );
  });

  test('a stated address is given, and to nobody else', () => {
    const wanted = parseAddress('10.0.1.9')!;
    const holder = allocateAddresses({}, [request('a'), { ...request('b'), wanted }]);
    expect(holder.addresses[1]).toBe(wanted);
    expect(holder.addresses[0]).not.toBe(wanted);
  });

  test('one after the other is the same as all at once, and what was given stays as it was', () => {
    const owners = Array.from({ length: 100 }, (_, index) => memberOwner('stack/Group', index));
    const batch = allocateAddresses({}, owners.map(request));
    let allocations = {};
    const seen = owners.map((owner) => {
      const given = allocateAddress(allocations, request(owner));
      const again = allocateAddress(allocations, request(owner));
      expect(again).toEqual(given);
      allocations = given.allocations;
      return given.address;
    });
    expect(seen).toEqual(batch.addresses);
    expect(allocations).toEqual(batch.allocations);
  });

  test('who moves to another range gets another address', () => {
    const before = allocateAddress({}, request('a'));
    const after = allocateAddress(before.allocations, { ...request('a'), range: parsePrefix('10.9.0.0/24')! });
    expect(formatAddress(after.address!)).toMatch(/^10\.9\.0\./);
    expect(addressOf(after.allocations, 'stack/Net', 'a')).toBe(after.address);
  });

  test('public addresses are from a range that names nothing real', () => {
    const { address } = allocateAddress({}, publicAddressRequest('stack/Eip'));
    expect(formatAddress(address!)).toMatch(/^198\.18\./);
  });
});
