import { formatAddress6 } from '@terrace/cloud/address6';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { macAddress, tableNumber } from '../names.ts';
import type { NetworkIndex } from '../network-index.ts';
import type { NamespacePlan } from '../plan.ts';

/** The router as its VPC's interfaces know it: the same link-local address on every link. */
export const router6 = 'fe80::1';

/** No IPv6 at all, where an owner or a VPC has no address of it. */
export const silent6: Readonly<Record<string, string>> = { 'ipv6/conf/all/disable_ipv6': '1' };

/** IPv6 with the addresses and neighbours of the plan alone: nothing is announced, asked for or made up. */
export const speaking6: Readonly<Record<string, string>> = {
  'ipv6/conf/all/disable_ipv6': '0',
  'ipv6/conf/default/addr_gen_mode': '1',
  'ipv6/conf/default/accept_ra': '0',
  'ipv6/conf/default/accept_dad': '0',
};

/**
 * What an owner's namespace holds because of an interface's IPv6 addresses. Each stands alone (`/128`) and everything goes to the router, as
 * with the addresses that AWS gives by DHCPv6.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html
 */
export function hostPlan6(
  network: NetworkIndex,
  each: NetworkInterface,
  device: string,
): Pick<NamespacePlan, 'settings' | 'addresses' | 'neighbours' | 'routes' | 'rules6'> {
  const addresses = network.addresses6(each.id).map(formatAddress6);
  const speaks = network.speaks6(each);
  const settings = speaks
    ? { ...speaking6, 'ipv6/conf/all/forwarding': each.sourceDestinationCheck ? '0' : '1' }
    : silent6;
  if (addresses.length === 0) return { settings, addresses: [], neighbours: [], routes: [], rules6: [] };
  const isPrimary = device === 'eth0';
  const table = tableNumber(each.id);
  return {
    settings,
    addresses: addresses.map((address) => `${address}/128 dev ${device} nodad`),
    neighbours: [`${router6} lladdr ${macAddress(each.vpc)} dev ${device}`],
    routes: [`::/0 via ${router6} dev ${device}${isPrimary ? '' : ` table ${table}`}`],
    rules6: isPrimary ? [] : addresses.map((address) => `priority 1000 from ${address} lookup ${table}`),
  };
}
