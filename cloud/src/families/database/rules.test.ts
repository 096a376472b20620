import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { type Change, network, out, ref, refusals } from '../refusals.fixture.ts';

const stated = {
  Engine: 'postgres',
  EngineVersion: '17.4',
  DBInstanceClass: 'db.t3.medium',
  AllocatedStorage: '20',
  StorageType: 'gp3',
  MasterUsername: 'appuser',
  MasterUserPassword: 'correct-horse-1',
};
const database = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { ...stated, ...properties },
});
const cluster = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: { Engine: 'aurora-mysql', MasterUsername: 'admin', MasterUserPassword: 'correct-horse-1', ...properties },
});
const family = (name: string): JsonObject => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Description: 'one', Family: name },
});
const mysql = { Engine: 'mysql', EngineVersion: '8.0' };
const base = { ...network, Db: database({}) };

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, JsonObject, Record<string, Change>?])[] = [
    ['NAME_LENGTH Db DBInstanceIdentifier', { DBInstanceIdentifier: 'a'.repeat(64) }],
    ['NAME_CHARACTERS Db DBInstanceIdentifier', { DBInstanceIdentifier: 'my_db' }],
    ['NAME_CHARACTERS Db DBInstanceIdentifier', { DBInstanceIdentifier: '1db' }],
    ['NAME_CHARACTERS Db DBInstanceIdentifier', { DBInstanceIdentifier: 'my--db' }],
    ['NAME_CHARACTERS Db DBInstanceIdentifier', { DBInstanceIdentifier: 'my-db-' }],
    [
      'NAME_TAKEN Two DBInstanceIdentifier',
      { DBInstanceIdentifier: 'shop' },
      { Two: database({ DBInstanceIdentifier: 'Shop' }) },
    ],
    ['WRONG_FORM Db DBInstanceClass', { DBInstanceClass: 't3.medium' }],
    ['WRONG_VERSION Db EngineVersion', { EngineVersion: '9.6.1' }],
    ['WRONG_VERSION Db EngineVersion', { EngineVersion: '99' }],
    ['NUMBER_OUT_OF_RANGE Db Port', { Port: '1024' }],
    ['NUMBER_OUT_OF_RANGE Db BackupRetentionPeriod', { BackupRetentionPeriod: 36 }],
    [
      'WRONG_VALUE Db MonitoringInterval',
      { MonitoringInterval: 20, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/m' },
    ],
    ['MISSING_COMPANION Db MonitoringInterval', { MonitoringInterval: 60 }],
    [
      'WRONG_VALUE Db PerformanceInsightsRetentionPeriod',
      { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 30 },
    ],
    [
      'CLASS_NOT_SUPPORTED Db EnablePerformanceInsights',
      { ...mysql, DBInstanceClass: 'db.t3.micro', EnablePerformanceInsights: true },
    ],
    ['CLASS_NOT_SUPPORTED Db StorageEncrypted', { DBInstanceClass: 'db.t2.micro', StorageEncrypted: true }],
    ['EXCLUSIVE_PROPERTIES Db AvailabilityZone', { MultiAZ: true, AvailabilityZone: 'ap-northeast-2a' }],
    ['EXCLUSIVE_PROPERTIES Db KmsKeyId', { StorageEncrypted: false, KmsKeyId: 'alias/one' }],
    ['WRONG_VALUE Db EnableCloudwatchLogsExports.0', { EnableCloudwatchLogsExports: ['slowquery'] }],
    ['WRONG_VALUE Db LicenseModel', { LicenseModel: 'license-included' }],
    ['MISSING_COMPANION Db', { MasterUserPassword: out }],
    ['MISSING_COMPANION Db', { MasterUsername: out }],
    ['MISSING_COMPANION Db', { AllocatedStorage: out }],
    ['EXCLUSIVE_PROPERTIES Db MasterUserPassword', { ManageMasterUserPassword: true }],
    ['USER_NAME Db MasterUsername', { MasterUsername: 'admin' }],
    ['USER_NAME Db MasterUsername', { MasterUsername: 'user' }],
    ['USER_NAME Db MasterUsername', { MasterUsername: 'pg_one' }],
    ['USER_NAME Db MasterUsername', { MasterUsername: '1user' }],
    ['USER_NAME Db MasterUsername', { ...mysql, MasterUsername: 'a'.repeat(17) }],
    ['USER_NAME Db MasterUsername', { ...mysql, MasterUsername: 'rdsadmin' }],
    ['PASSWORD Db MasterUserPassword', { MasterUserPassword: 'short1' }],
    ['PASSWORD Db MasterUserPassword', { MasterUserPassword: 'has space12' }],
    ['PASSWORD Db MasterUserPassword', { MasterUserPassword: 'has@sign12' }],
    ['PASSWORD Db MasterUserPassword', { MasterUserPassword: '비밀번호입니다요오' }],
    ['PASSWORD Db MasterUserPassword', { ...mysql, MasterUserPassword: 'a'.repeat(42) }],
    ['DATABASE_NAME Db DBName', { DBName: 'my-db' }],
    ['DATABASE_NAME Db DBName', { DBName: '1db' }],
    ['STORAGE_SIZE Db AllocatedStorage', { AllocatedStorage: '10' }],
    ['STORAGE_SIZE Db AllocatedStorage', { StorageType: 'io1', Iops: 1000, AllocatedStorage: '50' }],
    ['STORAGE_SIZE Db MaxAllocatedStorage', { AllocatedStorage: '100', MaxAllocatedStorage: 50 }],
    ['STORAGE_PERFORMANCE Db Iops', { Iops: 5000 }],
    ['STORAGE_PERFORMANCE Db StorageThroughput', { StorageThroughput: 500 }],
    ['STORAGE_PERFORMANCE Db Iops', { StorageType: 'gp2', Iops: 3000 }],
    ['STORAGE_PERFORMANCE Db StorageType', { StorageType: 'io1', AllocatedStorage: '100' }],
    ['STORAGE_PERFORMANCE Db Iops', { StorageType: 'io1', AllocatedStorage: '100', Iops: 6000 }],
    ['STORAGE_PERFORMANCE Db Iops', { AllocatedStorage: '400', Iops: 3000 }],
    ['WRONG_FORM Db PreferredBackupWindow', { PreferredBackupWindow: '3:00-4:00' }],
    ['WRONG_FORM Db PreferredMaintenanceWindow', { PreferredMaintenanceWindow: 'sunday 04:00' }],
    ['WINDOW_TOO_SHORT Db PreferredBackupWindow', { PreferredBackupWindow: '03:00-03:15' }],
    ['WINDOW_TOO_SHORT Db PreferredMaintenanceWindow', { PreferredMaintenanceWindow: 'sun:04:00-sun:04:20' }],
    [
      'WINDOWS_OVERLAP Db PreferredMaintenanceWindow',
      { PreferredBackupWindow: '03:00-04:00', PreferredMaintenanceWindow: 'sun:03:30-sun:04:30' },
    ],
    [
      'WINDOWS_OVERLAP Db PreferredMaintenanceWindow',
      { PreferredBackupWindow: '23:30-00:30', PreferredMaintenanceWindow: 'mon:00:00-mon:01:00' },
    ],
    ['OTHER_FAMILY Db DBParameterGroupName', { DBParameterGroupName: ref('P') }, { P: family('postgres16') }],
  ];
  test.each(faults)('%s %j', async (found, changes, more) => {
    expect(await refusals(base, { ...(more as Record<string, Change> | undefined), Db: changes as Change })).toEqual([
      found,
    ]);
  });

  test.each([
    [
      'BACKUPS_OFF R SourceDBInstanceIdentifier',
      {
        Db: { BackupRetentionPeriod: 0 },
        R: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBInstanceClass: 'db.t3.medium', SourceDBInstanceIdentifier: ref('Db') },
        },
      },
    ],
    [
      'MISSING_COMPANION M Engine',
      { M: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'aurora-mysql', DBInstanceClass: 'db.r6g.large' } } },
    ],
    ['NUMBER_OUT_OF_RANGE C BackupRetentionPeriod', { C: cluster({ BackupRetentionPeriod: 0 }) }],
    ['PASSWORD C MasterUserPassword', { C: cluster({ MasterUserPassword: 'short' }) }],
    [
      'NAME_RESERVED S DBSubnetGroupName',
      {
        S: {
          Type: 'AWS::RDS::DBSubnetGroup',
          Properties: { DBSubnetGroupName: 'default', DBSubnetGroupDescription: 'd', SubnetIds: [ref('A'), ref('B')] },
        },
      },
    ],
  ] as [string, Record<string, Change>][])('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });

  test('no mistake shows the password', async () => {
    const { loadTexts } = await import('../../assembly/load.ts');
    const template = { Resources: { Db: database({ MasterUserPassword: 'sec ret-word' }) } };
    const result = await loadTexts({ 'a.json': JSON.stringify(template) });
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('sec ret-word');
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, JsonObject, Record<string, Change>?])[] = [
    ['the base', {}],
    ['63 characters', { DBInstanceIdentifier: `a${'-b'.repeat(31)}` }],
    ['a major version', { EngineVersion: '17' }],
    ['no version', { EngineVersion: out }],
    ['admin on MySQL', { ...mysql, MasterUsername: 'admin' }],
    ['root on MariaDB', { Engine: 'mariadb', EngineVersion: '10.11', MasterUsername: 'root' }],
    ['postgres on PostgreSQL', { MasterUsername: 'postgres' }],
    ['8 characters', { MasterUserPassword: "a!#$%^'&" }],
    ['41 characters on MySQL', { ...mysql, MasterUserPassword: 'a'.repeat(41) }],
    ['a password that is a reference', { MasterUserPassword: '{{resolve:secretsmanager:db:SecretString:password}}' }],
    ['a managed password', { MasterUserPassword: out, ManageMasterUserPassword: true }],
    ['an underscore', { DBName: 'my_db' }],
    ['IOPS from 400 GiB', { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 }],
    ['io1 by default beside Iops', { StorageType: out, AllocatedStorage: '100', Iops: 1000 }],
    ['the most IOPS of io1', { StorageType: 'io1', AllocatedStorage: '100', Iops: 5000 }],
    ['no monitoring', { MonitoringInterval: 0 }],
    ['monitoring with a role', { MonitoringInterval: 60, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/m' }],
    ['no backups', { BackupRetentionPeriod: 0 }],
    ['half an hour', { PreferredBackupWindow: '03:00-03:30', PreferredMaintenanceWindow: 'Sun:03:30-Sun:04:00' }],
    [
      'a window over midnight',
      { PreferredBackupWindow: '23:45-00:15', PreferredMaintenanceWindow: 'sun:23:00-sun:23:45' },
    ],
    [
      'insights on a medium class',
      { ...mysql, EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 731 },
    ],
    ['a group of the family', { DBParameterGroupName: ref('P') }, { P: family('postgres17') }],
    [
      'a cluster and its instance',
      {},
      {
        C: cluster({}),
        M: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { Engine: 'aurora-mysql', DBInstanceClass: 'db.r6g.large', DBClusterIdentifier: ref('C') },
        },
      },
    ],
    [
      'a replica',
      {},
      {
        R: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBInstanceClass: 'db.t3.medium', SourceDBInstanceIdentifier: ref('Db') },
        },
      },
    ],
    [
      'a database from a snapshot',
      { DBSnapshotIdentifier: 'snap', MasterUsername: out, MasterUserPassword: out, AllocatedStorage: out },
    ],
  ];
  test.each(nearMisses)('%s', async (_, changes, more) => {
    expect(await refusals(base, { ...(more as Record<string, Change> | undefined), Db: changes as Change })).toEqual(
      [],
    );
  });
});
