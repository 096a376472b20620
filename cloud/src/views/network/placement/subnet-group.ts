import { isUnknown } from '../../../families/instance/launch-subnet.ts';
import { defaultSubnetGroup } from '../../../families/vpc/default-vpc.ts';
import { type Inventory, ofType, type Resource } from '../../../inventory.ts';
import type { JsonObject } from '../../../json.ts';
import { text, texts } from '../../../property.ts';

/**
 * The subnets of the database's subnet group: the one that it names, or that its cluster or the instance that it replicates names, or else the
 * default one.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function databaseSubnets(inventory: Inventory, database: Resource): string[] {
  const name = subnetGroupName(inventory, database);
  const groups = ofType(inventory, 'AWS::RDS::DBSubnetGroup').filter(
    (each) => name !== undefined && each.physicalId.toLowerCase() === name.toLowerCase(),
  );
  const own = groups.find((each) => each.stack === database.stack) ?? groups.at(-1);
  return own ? texts(own.properties, 'SubnetIds') : [];
}

export function subnetGroupName(inventory: Inventory, database: Resource): string | undefined {
  const stated = text(deciding(inventory, database), 'DBSubnetGroupName');
  if (stated !== undefined) return stated;
  const above = parentOf(inventory, database);
  const isElsewhere = reference(database) !== undefined && !above;
  const isOpen = [database, above].some(
    (each) =>
      each && isUnknown(inventory, each, ['DBSubnetGroupName', 'DBClusterIdentifier', 'SourceDBInstanceIdentifier']),
  );
  return isElsewhere || isOpen ? undefined : defaultSubnetGroup;
}

/** What decides for the instance: its own properties, or those of its cluster or of the instance that it replicates. */
export function deciding(inventory: Inventory, database: Resource): JsonObject {
  return { ...parentOf(inventory, database)?.properties, ...database.properties };
}

function parentOf(inventory: Inventory, database: Resource): Resource | undefined {
  const above = reference(database);
  return ofType(inventory, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').find(
    (each) => above !== undefined && each.physicalId === above,
  );
}

function reference({ properties }: Resource): string | undefined {
  return text(properties, 'DBClusterIdentifier') ?? text(properties, 'SourceDBInstanceIdentifier');
}
