import { findResource, type Inventory } from '../../../inventory.ts';
import { objects, text } from '../../../property.ts';
import type { NetworkInterface } from '../../network.ts';

/**
 * Interfaces that no internet gateway passes IPv6 to, whatever their groups say: of databases, which are private in dual-stack mode, of interface
 * endpoints, and of load balancers as `ipv6.deny_all_igw_traffic` says, which is true of internal ones unless stated.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function closedToInternet6(inventory: Inventory, interfaces: readonly NetworkInterface[]): string[] {
  return interfaces.filter((each) => isClosed(inventory, each)).map(({ id }) => id);
}

function isClosed(inventory: Inventory, { owner, statedBy }: NetworkInterface): boolean {
  if (owner.kind === 'database' || owner.kind === 'endpoint') return true;
  const balancer = owner.kind === 'load-balancer' && statedBy !== null ? findResource(inventory, statedBy) : undefined;
  if (!balancer) return false;
  const stated = objects(balancer.properties, 'LoadBalancerAttributes').find(
    (each) => text(each, 'Key') === 'ipv6.deny_all_igw_traffic',
  );
  const value = stated && text(stated, 'Value');
  return value === undefined ? text(balancer.properties, 'Scheme') === 'internal' : value === 'true';
}
