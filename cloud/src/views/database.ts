import type { Address } from '../address.ts';
import { readDatabase } from '../families/database/database.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../inventory.ts';
import { isObject, type JsonObject } from '../json.ts';
import { attribute, flag, object, text } from '../property.ts';
import type { NetworkView } from './network.ts';

/** A database instance of RDS as it is to be, whatever runs it. */
export interface DatabaseInstance {
  /** `DBInstanceIdentifier`. */
  readonly id: string;
  readonly statedBy: ResourceKey;
  /** `postgres`, `mysql`, `mariadb`, `aurora-…`, … in small letters. */
  readonly engine: string;
  /** As stated, `17.4` or `17`; `null` where it is left to AWS. */
  readonly engineVersion: string | null;
  readonly instanceClass: string;
  /** GiB */
  readonly allocatedStorage: number | null;
  readonly endpoint: string;
  readonly port: number;
  readonly masterUser: string;
  /** The stated password, in which `{{resolve:…}}` may stand, unopened; `null` where RDS makes one and keeps it as a secret. */
  readonly masterPassword: string | null;
  /** The secret that RDS keeps the master password in, if `ManageMasterUserPassword`. */
  readonly masterSecret: string | null;
  /** The first database's name; `null` makes none beside the engine's own. */
  readonly databaseName: string | null;
  readonly multiAz: boolean;
  /** Of the stated parameter group; what the engine's default group has is not in it. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly publiclyAccessible: boolean;
  /** Days; 0 switches automated backups off. */
  readonly backupRetention: number;
  /** `hh:mm-hh:mm` in UTC; `null` where it is left to AWS. */
  readonly backupWindow: string | null;
  readonly deletionProtection: boolean;
  /** `NetworkType: DUAL`: it answers by IPv6 as well, where its subnet has such a range. */
  readonly dualStack: boolean;
  readonly iamAuthentication: boolean;
  readonly encrypted: boolean;
  readonly primary: DatabaseNode;
  readonly standby: DatabaseNode | null;
}

interface DatabaseNode {
  /** `eni-…` */
  readonly interface: string;
  readonly address: Address;
  readonly subnet: string;
  readonly zone: string;
}

/** Every DB instance whose interface the network view has. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html */
export function databaseView(inventory: Inventory, network: NetworkView): DatabaseInstance[] {
  return ofType(inventory, 'AWS::RDS::DBInstance').flatMap((resource) => {
    const primary = nodeOf(network, resource, 'primary');
    return primary ? [databaseInstance(inventory, network, resource, primary)] : [];
  });
}

function databaseInstance(
  inventory: Inventory,
  network: NetworkView,
  resource: Resource,
  primary: DatabaseNode,
): DatabaseInstance {
  const { properties } = resource;
  const stated = readDatabase(resource);
  const managed = flag(properties, 'ManageMasterUserPassword') ?? false;
  const secretArn =
    attribute(resource, 'MasterUserSecret.SecretArn') ??
    text(object(resource.attributes, 'MasterUserSecret'), 'SecretArn');
  return {
    id: resource.physicalId,
    statedBy: resource.key,
    engine: stated.engine,
    engineVersion: stated.engineVersion,
    instanceClass: stated.instanceClass,
    allocatedStorage: stated.allocatedStorage,
    endpoint: attribute(resource, 'Endpoint.Address') ?? resource.physicalId,
    port: stated.port,
    masterUser: text(properties, 'MasterUsername') ?? (stated.engine.includes('postgres') ? 'postgres' : 'admin'),
    masterPassword: managed ? null : (text(properties, 'MasterUserPassword') ?? null),
    masterSecret: managed ? (secretArn ?? null) : null,
    databaseName: text(properties, 'DBName') ?? null,
    multiAz: stated.multiAz,
    parameters: parametersOf(inventory, text(properties, 'DBParameterGroupName')),
    publiclyAccessible: stated.publiclyAccessible ?? false,
    backupRetention: stated.backupRetention,
    backupWindow: text(properties, 'PreferredBackupWindow') ?? null,
    deletionProtection: flag(properties, 'DeletionProtection') ?? false,
    dualStack: text(properties, 'NetworkType') === 'DUAL',
    iamAuthentication: flag(properties, 'EnableIAMDatabaseAuthentication') ?? false,
    encrypted: flag(properties, 'StorageEncrypted') ?? false,
    primary,
    standby: nodeOf(network, resource, 'standby') ?? null,
  };
}

function nodeOf(network: NetworkView, resource: Resource, role: 'primary' | 'standby'): DatabaseNode | undefined {
  const own = network.interfaces.find(
    ({ owner }) => owner.kind === 'database' && owner.id === resource.physicalId && owner.role === role,
  );
  const subnet = network.subnets.find((each) => each.id === own?.subnet);
  return own && subnet
    ? { interface: own.id, address: own.addresses[0]!, subnet: subnet.id, zone: subnet.zone }
    : undefined;
}

function parametersOf(inventory: Inventory, groupName: string | undefined): Record<string, string> {
  const group = ofType(inventory, 'AWS::RDS::DBParameterGroup').find((each) => each.physicalId === groupName);
  const parameters: JsonObject = isObject(group?.properties.Parameters) ? group.properties.Parameters : {};
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
}
