import { publicAddressOnLaunch } from '../../families/subnet/subnet.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { attribute, nameOf, text } from '../../property.ts';
import type { Subnet, Vpc } from '../network.ts';
import { rangeOf } from './vpcs.ts';

/**
 * Subnets with the table and the ACL in force: the associated one, or else the VPC's main table and default ACL.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function subnetsOf(inventory: Inventory, vpcs: readonly Vpc[]): Subnet[] {
  const tables = associations(inventory, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId');
  const acls = associations(inventory, 'AWS::EC2::SubnetNetworkAclAssociation', 'NetworkAclId');
  return ofType(inventory, 'AWS::EC2::Subnet').flatMap((resource) => {
    const vpc = vpcs.find((each) => each.id === text(resource.properties, 'VpcId'));
    const [range] = rangeOf(resource);
    if (!vpc || !range) return [];
    return {
      id: resource.physicalId,
      statedBy: resource.key,
      name: nameOf(resource),
      vpc: vpc.id,
      range,
      zone: zoneOf(resource, inventory.region),
      routeTable: tables.get(resource.physicalId) ?? vpc.mainRouteTable,
      networkAcl: acls.get(resource.physicalId) ?? vpc.defaultNetworkAcl,
      publicAddressOnLaunch: publicAddressOnLaunch(resource.properties),
    };
  });
}

/** A subnet without a stated zone is put into one by AWS; here always into the first. */
function zoneOf(subnet: Resource, region: string): string {
  return text(subnet.properties, 'AvailabilityZone') ?? attribute(subnet, 'AvailabilityZone') ?? `${region}a`;
}

function associations(inventory: Inventory, type: string, property: string): ReadonlyMap<string, string> {
  return new Map(
    ofType(inventory, type).flatMap(({ properties }) => {
      const subnet = text(properties, 'SubnetId');
      const associated = text(properties, property);
      return subnet && associated ? [[subnet, associated] as const] : [];
    }),
  );
}
