import type { Resource } from '../../inventory.ts';
import { type Keys, type KeysOf, notKnown, stated } from '../contract/request-keys.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAM.Conditions.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::RDS::DBInstance': (call) => {
    const { properties } = call.resource;
    const cluster = call.find(properties.DBClusterIdentifier);
    return {
      ...ofEither(call.resource, cluster),
      'rds:DatabaseClass': stated(properties.DBInstanceClass) ?? notKnown,
      'rds:MultiAz': stated(properties.MultiAZ) ?? 'false',
      'rds:PubliclyAccessible': stated(properties.PubliclyAccessible) ?? notKnown,
      'rds:Vpc': 'true',
    };
  },
  'AWS::RDS::DBCluster': ({ resource }) => ({
    ...ofEither(resource, undefined),
    'rds:DatabaseClass': stated(resource.properties.DBClusterInstanceClass),
    'rds:PubliclyAccessible': stated(resource.properties.PubliclyAccessible),
  }),
};

function ofEither({ properties }: Resource, cluster: Resource | undefined): Keys {
  const isCopy = [
    'DBSnapshotIdentifier',
    'SnapshotIdentifier',
    'SourceDBInstanceIdentifier',
    'SourceDBClusterIdentifier',
    'SourceDbiResourceId',
  ].some((name) => properties[name] !== undefined);
  /** A copy has what its source has, which the template does not say. */
  const orSource = (value: string | undefined, otherwise: string | undefined) =>
    value ?? (isCopy ? notKnown : otherwise);
  const encrypted = stated(properties.StorageEncrypted) ?? stated(cluster?.properties.StorageEncrypted);
  return {
    // The engine's name is taken in any case and kept in lower case.
    'rds:DatabaseEngine': orSource(stated(properties.Engine)?.toLowerCase(), undefined),
    'rds:DatabaseName': orSource(stated(properties.DBName ?? properties.DatabaseName), undefined),
    'rds:StorageEncrypted': orSource(encrypted, properties.KmsKeyId === undefined ? 'false' : 'true'),
    'rds:StorageSize': orSource(stated(properties.AllocatedStorage), undefined),
    'rds:Piops': stated(properties.Iops) ?? '0',
    'rds:ManageMasterUserPassword': stated(properties.ManageMasterUserPassword) ?? 'false',
    'rds:BackupTarget': 'region',
  };
}
