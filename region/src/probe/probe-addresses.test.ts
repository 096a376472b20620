import { resolveEndpoint } from '@terrace/cloud/views/reference';
import { describe, expect, test } from 'vitest';
import { projectOf } from '../../test/connectivity-project.ts';
import {
  dualSubnet,
  elasticIp,
  gateway,
  instance,
  range6,
  subnet,
  template,
  vpc,
} from '../../test/connectivity-templates.ts';
import { addressesBetween } from './probe-addresses.ts';

const project = await projectOf(
  template(
    vpc('Vpc', '10.20.0.0/16'),
    range6('Range', 'Vpc', '2600:1f14:aaaa:bb00::/56'),
    gateway('Vpc'),
    dualSubnet('Dual', 'Vpc', '10.20.1.0/24', '2600:1f14:aaaa:bb01::/64'),
    subnet('Old', 'Vpc', '10.20.2.0/24'),
    instance('Both', 'Dual', [], { Ipv6Addresses: [{ Ipv6Address: '2600:1f14:aaaa:bb01::7' }] }),
    instance('Public', 'Dual', [], { Ipv6Addresses: [{ Ipv6Address: '2600:1f14:aaaa:bb01::8' }] }),
    elasticIp('Address', 'Public'),
    instance('Four', 'Old'),
  ),
);
const end = (reference: string) => {
  const found = resolveEndpoint(reference, project.inventory, project.network);
  if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
  return found.value;
};
const families = (from: string, to: string, family?: 4 | 6) =>
  addressesBetween(project.network, end(from), end(to), family).map((each) => each.family);

describe('a probe goes by', () => {
  test.each<[string, string, 4 | 6 | undefined, number[]]>([
    ['Both', 'Public', undefined, [4, 6]],
    ['Both', 'Public', 4, [4]],
    ['Both', 'Public', 6, [6]],
    ['Both', 'Four', undefined, [4]],
    ['Both', 'Four', 6, []],
    ['Four', 'Both', 6, []],
    ['Both', 'internet', undefined, [4, 6]],
    ['Four', 'internet', undefined, [4]],
    ['internet', 'Public', undefined, [4, 6]],
    ['internet', 'Both', undefined, [6]],
    ['internet', 'Four', undefined, [4]],
    ['internet', 'Both', 4, [4]],
    ['Both', '2600:1f14:aaaa:bb01::8', undefined, [6]],
    ['Four', '2600:1f14:aaaa:bb01::8', undefined, []],
    ['Both', '10.20.2.9', undefined, [4]],
  ])('from %s to %s with --family %s: %j', (from, to, family, expected) => {
    expect(families(from, to, family)).toEqual(expected);
  });

  test('an address of IPv6 means the interface that holds it', () => {
    expect(end('2600:1f14:aaaa:bb01:0::7').interfaces.map(({ name }) => name)).toEqual(['Both']);
  });
});
