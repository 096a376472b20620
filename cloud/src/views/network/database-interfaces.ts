import { nodeOwner, publicNodeOwner } from '../../allocate/addresses.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { flag, nameOf, text, texts } from '../../property.ts';
import type { InternetGateway, NetworkInterface, Subnet } from '../network.ts';
import { databaseSubnets, deciding } from './placement/subnet-group.ts';
import type { Site } from './site.ts';
import { suppliedId } from './supplied.ts';

/**
 * The interface of each database instance, and of its standby in another zone when it is Multi-AZ.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export function databaseInterfaces(site: Site, gateways: readonly InternetGateway[]): NetworkInterface[] {
  return ofType(site.inventory, 'AWS::RDS::DBInstance').flatMap((database) => {
    const subnets = databaseSubnets(site.inventory, database).flatMap((id) => site.subnet(id) ?? []);
    const placed = placement(site.inventory, database, subnets);
    return placed.map((subnet, position): NetworkInterface => {
      const standby = position === 1;
      const owner = nodeOwner(database.key);
      return {
        id: suppliedId('eni', database.physicalId, standby ? 'standby' : 'primary'),
        statedBy: database.key,
        name: standby ? `${nameOf(database)}/standby` : nameOf(database),
        vpc: subnet.vpc,
        subnet: subnet.id,
        addresses: site.privateAddresses(subnet, owner, []),
        publicAddress: publiclyAccessible(database, subnet, gateways)
          ? site.publicAddress(publicNodeOwner(database.key, subnet.statedBy!))
          : null,
        securityGroups: site.groupsOrDefault(databaseGroups(site.inventory, database), subnet),
        filtered: true,
        sourceDestinationCheck: true,
        owner: { kind: 'database', id: database.physicalId, role: standby ? 'standby' : 'primary' },
      };
    });
  });
}

/** The subnet of the primary, in the stated zone or the group's first subnet, and that of the standby. */
function placement(inventory: Inventory, database: Resource, subnets: readonly Subnet[]): Subnet[] {
  const zone = text(database.properties, 'AvailabilityZone');
  const earlier = siblingsBefore(inventory, database);
  const zones = [...new Set(subnets.map((subnet) => subnet.zone))];
  const chosen = zone ?? zones[earlier % Math.max(zones.length, 1)];
  const primary = subnets.find((subnet) => subnet.zone === chosen);
  if (!primary) return [];
  const multiZone = flag(database.properties, 'MultiAZ') ?? false;
  const standby = multiZone ? subnets.find((subnet) => subnet.zone !== primary.zone) : undefined;
  return standby ? [primary, standby] : [primary];
}

/** Members of a cluster spread over its zones; an instance on its own has no siblings. */
function siblingsBefore(inventory: Inventory, database: Resource): number {
  const cluster = text(database.properties, 'DBClusterIdentifier');
  if (cluster === undefined) return 0;
  const members = ofType(inventory, 'AWS::RDS::DBInstance').filter(
    (each) => text(each.properties, 'DBClusterIdentifier') === cluster,
  );
  return members.findIndex((each) => each.key === database.key);
}

function databaseGroups(inventory: Inventory, database: Resource): string[] {
  const properties = deciding(inventory, database);
  const own = texts(properties, 'VPCSecurityGroups');
  return own.length > 0 ? own : texts(properties, 'VpcSecurityGroupIds');
}

/**
 * Unless stated, a database in a subnet group is public if an internet gateway is attached to its VPC.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function publiclyAccessible(database: Resource, subnet: Subnet, gateways: readonly InternetGateway[]): boolean {
  return flag(database.properties, 'PubliclyAccessible') ?? gateways.some((gateway) => gateway.vpc === subnet.vpc);
}
