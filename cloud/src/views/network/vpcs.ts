import { type Prefix, parsePrefix } from '../../address.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { attribute, flag, nameOf, text } from '../../property.ts';
import type { Vpc } from '../network.ts';
import { vpcGroup } from './security-groups.ts';
import { suppliedId } from './supplied.ts';

/** VPCs with their secondary ranges, and the ids of the table, ACL and group that AWS makes with each. */
export function vpcsOf(inventory: Inventory): Vpc[] {
  const secondary = ofType(inventory, 'AWS::EC2::VPCCidrBlock');
  return ofType(inventory, 'AWS::EC2::VPC').flatMap((resource) => {
    const id = resource.physicalId;
    const ranges = [resource, ...secondary.filter((block) => text(block.properties, 'VpcId') === id)].flatMap(rangeOf);
    if (ranges.length === 0) return [];
    return {
      id,
      statedBy: resource.key,
      name: nameOf(resource),
      ranges,
      mainRouteTable: attribute(resource, 'MainRouteTable') ?? suppliedId('rtb', id),
      defaultNetworkAcl: attribute(resource, 'DefaultNetworkAcl') ?? suppliedId('acl', id),
      defaultSecurityGroup: vpcGroup(resource),
      dnsSupport: flag(resource.properties, 'EnableDnsSupport') ?? true,
      dnsHostnames: flag(resource.properties, 'EnableDnsHostnames') ?? false,
    };
  });
}

/** The range that a resource states or, when a pool gave it, answers as attribute. */
export function rangeOf(resource: Resource): Prefix[] {
  const prefix = parsePrefix(text(resource.properties, 'CidrBlock') ?? attribute(resource, 'CidrBlock') ?? '');
  return prefix ? [prefix] : [];
}
