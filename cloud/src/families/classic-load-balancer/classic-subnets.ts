import type { Inventory, Resource } from '../../inventory.ts';
import { texts } from '../../property.ts';
import { isUnknown } from '../instance/launch-subnet.ts';
import { defaultSubnetsIn, homeOf } from '../vpc/default-vpc.ts';

/** The subnets of a Classic Load Balancer: those it names, or the default ones of its zones. */
export function classicSubnets(inventory: Inventory, balancer: Resource): string[] {
  const stated = texts(balancer.properties, 'Subnets');
  if (stated.length > 0 || isUnknown(inventory, balancer, ['Subnets'])) return stated;
  return defaultSubnetsIn(homeOf(inventory, balancer), balancer.properties);
}
