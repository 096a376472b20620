import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  Subnets: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: { DBSubnetGroupDescription: 'one', SubnetIds: [ref('A'), ref('B')] },
  },
  Db: {
    Type: 'AWS::RDS::DBInstance',
    Properties: {
      Engine: 'mysql',
      EngineVersion: '8.0',
      DBInstanceClass: 'db.m6g.large',
      AllocatedStorage: '100',
      StorageType: 'gp3',
      MasterUsername: 'shop',
      MasterUserPassword: 'Sup3rsecret',
      DBSubnetGroupName: ref('Subnets'),
      VPCSecurityGroups: [ref('Group')],
    },
  },
  Cluster: {
    Type: 'AWS::RDS::DBCluster',
    Properties: {
      Engine: 'aurora-mysql',
      MasterUsername: 'shop',
      MasterUserPassword: 'Sup3rsecret',
      DBSubnetGroupName: ref('Subnets'),
    },
  },
  Parameters: {
    Type: 'AWS::RDS::DBParameterGroup',
    Properties: { Description: 'one', Family: 'mysql8.0' },
  },
};

const postgres = { Engine: 'postgres', EngineVersion: '16' };
const sqlServer = {
  Engine: 'sqlserver-se',
  EngineVersion: out,
  LicenseModel: 'license-included',
  DBInstanceClass: 'db.m5.large',
};
const member = {
  Engine: 'aurora-mysql',
  DBInstanceClass: 'db.r6g.large',
  EngineVersion: out,
  AllocatedStorage: out,
  StorageType: out,
  MasterUsername: out,
  MasterUserPassword: out,
  VPCSecurityGroups: out,
  DBClusterIdentifier: ref('Cluster'),
};

describe('a database', () => {
  table(base, 'Db', [
    ['VPCSecurityGroups.0', { VPCSecurityGroups: ['web'] }, { VPCSecurityGroups: ['sg-0123456789abcdef0'] }],
    ['DBInstanceIdentifier', { DBInstanceIdentifier: '1shop' }, { DBInstanceIdentifier: 'shop1' }],
    ['DBInstanceIdentifier', { DBInstanceIdentifier: 'shop-' }, { DBInstanceIdentifier: 'shop-one' }],
    ['DBInstanceIdentifier', { DBInstanceIdentifier: 'shop--one' }, { DBInstanceIdentifier: 'Shop-One' }],
    ['DBInstanceIdentifier', { DBInstanceIdentifier: 'shop_one' }, { DBInstanceIdentifier: 'shop0' }],
    ['DBInstanceIdentifier', { DBInstanceIdentifier: 'a'.repeat(64) }, { DBInstanceIdentifier: 'a'.repeat(63) }],
    ['Engine', { Engine: 'mysq' }, { Engine: 'MySQL' }],
    ['EngineVersion', { EngineVersion: '8.5' }, { EngineVersion: '8.4' }],
    ['EngineVersion', { EngineVersion: '8.0.999' }, { EngineVersion: '8.0.42' }],
    ['EngineVersion', { EngineVersion: '5.6.51' }, { EngineVersion: '5.7.44' }],
    ['EngineVersion', { ...postgres, EngineVersion: '9.6' }, { ...postgres, EngineVersion: '17' }],
    ['EngineVersion', { ...postgres, EngineVersion: '16.99' }, { ...postgres, EngineVersion: '16.9' }],
    ['EngineVersion', { ...postgres, EngineVersion: '19' }, { ...postgres, EngineVersion: '15' }],
    ['EngineVersion', { Engine: 'mariadb', EngineVersion: '10.7' }, { Engine: 'mariadb', EngineVersion: '10.11' }],
    ['EngineVersion', { Engine: 'mariadb', EngineVersion: '11.3' }, { Engine: 'mariadb', EngineVersion: '11.4' }],
    ['DBInstanceClass', { DBInstanceClass: 't3.micro' }, { DBInstanceClass: 'db.t3.micro' }],
    ['DBInstanceClass', { DBInstanceClass: 'db.t3.huge' }, { DBInstanceClass: 'db.t3.large' }],
    ['DBInstanceClass', { DBInstanceClass: 'db.m6g.micro' }, { DBInstanceClass: 'db.t4g.micro' }],
    [
      'DBInstanceClass',
      { ...sqlServer, AllocatedStorage: '200', DBInstanceClass: 'db.m6g.large' },
      { ...sqlServer, AllocatedStorage: '200' },
    ],
    ['DBInstanceClass', { ...member, DBInstanceClass: 'db.m5.large' }, { ...member, DBInstanceClass: 'db.r6g.large' }],
    ['DBInstanceClass', { ...member, DBInstanceClass: 'db.t3.micro' }, { ...member, DBInstanceClass: 'db.serverless' }],
    ['AllocatedStorage', { AllocatedStorage: '19' }, { AllocatedStorage: '20' }],
    ['AllocatedStorage', { AllocatedStorage: '65537' }, { AllocatedStorage: '65536' }],
    [
      'AllocatedStorage',
      { StorageType: 'io1', Iops: 1000, AllocatedStorage: '99' },
      { StorageType: 'io1', Iops: 1000, AllocatedStorage: '100' },
    ],
    [
      'AllocatedStorage',
      { StorageType: 'standard', AllocatedStorage: '4' },
      { StorageType: 'standard', AllocatedStorage: '5' },
    ],
    ['AllocatedStorage', { ...sqlServer, AllocatedStorage: '19' }, { ...sqlServer, AllocatedStorage: '20' }],
    ['', { AllocatedStorage: out }, { AllocatedStorage: '20' }],
    ['MaxAllocatedStorage', { MaxAllocatedStorage: 90 }, { MaxAllocatedStorage: 200 }],
    ['Iops', { AllocatedStorage: '100', Iops: 4000 }, { AllocatedStorage: '400', Iops: 12000 }],
    ['Iops', { AllocatedStorage: '400', Iops: 3000 }, { AllocatedStorage: '400', Iops: 64000 }],
    ['Iops', { StorageType: 'gp2', Iops: 3000 }, { StorageType: 'io2', Iops: 3000 }],
    ['Iops', { StorageType: 'io1', Iops: 900 }, { StorageType: 'io1', Iops: 1000 }],
    ['Iops', { StorageType: 'io1', Iops: 5001 }, { StorageType: 'io1', Iops: 5000 }],
    ['StorageType', { StorageType: 'io1' }, { StorageType: 'gp2' }],
    ['StorageType', { StorageType: 'gp4' }, { StorageType: 'gp3' }],
    ['StorageThroughput', { StorageThroughput: 500 }, { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 500 }],
    [
      'StorageThroughput',
      { StorageType: 'gp2', StorageThroughput: 500 },
      { AllocatedStorage: '500', StorageThroughput: 500 },
    ],
    [
      'StorageThroughput',
      { AllocatedStorage: '400', StorageThroughput: 400 },
      { AllocatedStorage: '400', StorageThroughput: 500 },
    ],
    [
      'StorageThroughput',
      { AllocatedStorage: '400', Iops: 12000, StorageThroughput: 4001 },
      { AllocatedStorage: '400', Iops: 16000, StorageThroughput: 4000 },
    ],
    ['MasterUsername', { MasterUsername: 'a'.repeat(17) }, { MasterUsername: 'a'.repeat(16) }],
    ['MasterUsername', { MasterUsername: '1shop' }, { MasterUsername: 'shop1' }],
    ['MasterUsername', { MasterUsername: 'rdsadmin' }, { MasterUsername: 'admin' }],
    ['MasterUsername', { ...postgres, MasterUsername: 'admin' }, { ...postgres, MasterUsername: 'postgres' }],
    ['MasterUsername', { ...postgres, MasterUsername: 'user' }, { ...postgres, MasterUsername: 'users' }],
    ['MasterUsername', { ...postgres, MasterUsername: 'shop-one' }, { ...postgres, MasterUsername: 'shop_one' }],
    ['MasterUserPassword', { MasterUserPassword: 'short12' }, { MasterUserPassword: 'short123' }],
    ['MasterUserPassword', { MasterUserPassword: 'with/slash1' }, { MasterUserPassword: 'with#slash1' }],
    ['MasterUserPassword', { MasterUserPassword: 'with@sign12' }, { MasterUserPassword: 'with!sign12' }],
    ['MasterUserPassword', { MasterUserPassword: 'with space' }, { MasterUserPassword: 'with_space' }],
    ['MasterUserPassword', { MasterUserPassword: 'a'.repeat(42) }, { MasterUserPassword: 'a'.repeat(41) }],
    [
      'MasterUserPassword',
      { ManageMasterUserPassword: true },
      { ManageMasterUserPassword: true, MasterUserPassword: out },
    ],
    ['', { MasterUserPassword: out }, { MasterUserPassword: out, ManageMasterUserPassword: true }],
    ['', { MasterUsername: out }, { MasterUsername: 'root' }],
    ['DBName', { DBName: '1shop' }, { DBName: 'shop1' }],
    ['DBName', { DBName: 'my-shop' }, { DBName: 'my_shop' }],
    ['DBName', { DBName: 'a'.repeat(65) }, { DBName: 'a'.repeat(64) }],
    ['DBName', { ...sqlServer, DBName: 'shop' }, sqlServer],
    ['Port', { Port: '80' }, { Port: '3307' }],
    ['Port', { Port: '70000' }, { Port: '65535' }],
    ['BackupRetentionPeriod', { BackupRetentionPeriod: 36 }, { BackupRetentionPeriod: 35 }],
    ['PreferredBackupWindow', { PreferredBackupWindow: '3:00-3:30' }, { PreferredBackupWindow: '03:00-03:30' }],
    ['PreferredBackupWindow', { PreferredBackupWindow: '03:00-03:29' }, { PreferredBackupWindow: '23:45-00:15' }],
    [
      'PreferredMaintenanceWindow',
      { PreferredMaintenanceWindow: 'sunday:03:00-sunday:04:00' },
      { PreferredMaintenanceWindow: 'Sun:03:00-Sun:04:00' },
    ],
    [
      'PreferredMaintenanceWindow',
      { PreferredMaintenanceWindow: 'sun:04:00-sun:04:29' },
      { PreferredMaintenanceWindow: 'sun:23:45-mon:00:15' },
    ],
    [
      'PreferredMaintenanceWindow',
      { PreferredBackupWindow: '04:00-05:00', PreferredMaintenanceWindow: 'sun:04:30-sun:05:30' },
      { PreferredBackupWindow: '04:00-05:00', PreferredMaintenanceWindow: 'sun:05:00-sun:05:30' },
    ],
    [
      'MonitoringInterval',
      { MonitoringInterval: 20, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/one' },
      { MonitoringInterval: 30, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/one' },
    ],
    ['MonitoringInterval', { MonitoringInterval: 60 }, { MonitoringInterval: 0 }],
    [
      'PerformanceInsightsRetentionPeriod',
      { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 8 },
      { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 93 },
    ],
    [
      'PerformanceInsightsRetentionPeriod',
      { EnablePerformanceInsights: false, PerformanceInsightsRetentionPeriod: 7 },
      { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 7 },
    ],
    [
      'MonitoringRoleArn',
      { MonitoringInterval: 60, MonitoringRoleArn: 'monitor' },
      { MonitoringInterval: 60, MonitoringRoleArn: 'arn:aws:iam::111122223333:role/one' },
    ],
    [
      'AvailabilityZone',
      { MultiAZ: true, AvailabilityZone: 'ap-northeast-2a' },
      { MultiAZ: false, AvailabilityZone: 'ap-northeast-2a' },
    ],
    ['MultiAZ', { ...member, MultiAZ: true }, { ...member, MultiAZ: out }],
    [
      'KmsKeyId',
      { KmsKeyId: 'alias/shop', StorageEncrypted: false },
      { KmsKeyId: 'alias/shop', StorageEncrypted: true },
    ],
    [
      'EnableCloudwatchLogsExports.0',
      { EnableCloudwatchLogsExports: ['postgresql'] },
      { EnableCloudwatchLogsExports: ['slowquery'] },
    ],
    ['LicenseModel', { LicenseModel: 'postgresql-license' }, { LicenseModel: 'general-public-license' }],
    ['LicenseModel', { ...sqlServer, LicenseModel: 'bring-your-own-license' }, sqlServer],
    ['Timezone', { Timezone: 'Asia/Seoul' }, { ...sqlServer, Timezone: 'Korea Standard Time' }],
    ['NetworkType', { NetworkType: 'IPV6' }, { NetworkType: 'IPV4' }],
    [
      'CACertificateIdentifier',
      { CACertificateIdentifier: 'rds-ca-2015' },
      { CACertificateIdentifier: 'rds-ca-rsa2048-g1' },
    ],
    [
      'DBParameterGroupName',
      { DBParameterGroupName: ref('Parameters'), 'Parameters:Family': 'mysql5.7' },
      { DBParameterGroupName: ref('Parameters') },
    ],
    ['PromotionTier', { ...member, PromotionTier: 16 }, { ...member, PromotionTier: 15 }],
    [
      'BackupRetentionPeriod',
      { ...member, DBInstanceClass: 'db.r6g.large', BackupRetentionPeriod: 7 },
      { ...member, DBInstanceClass: 'db.r6g.large' },
    ],
    [
      'Engine',
      { ...member, DBInstanceClass: 'db.r6g.large', Engine: 'aurora-postgresql' },
      { ...member, DBInstanceClass: 'db.r6g.large' },
    ],
  ]);
});

describe('a group of databases', () => {
  table(base, 'Subnets', [
    ['SubnetIds.0', { SubnetIds: ['web', ref('B')] }, { SubnetIds: [ref('A'), ref('B')] }],
    ['SubnetIds', { SubnetIds: [ref('A')] }, { SubnetIds: [ref('B'), ref('A')] }],
    ['DBSubnetGroupName', { DBSubnetGroupName: 'default' }, { DBSubnetGroupName: 'defaults' }],
    ['DBSubnetGroupName', { DBSubnetGroupName: 'my/group' }, { DBSubnetGroupName: 'my-group' }],
    ['', { DBSubnetGroupDescription: out }, { DBSubnetGroupDescription: 'two' }],
  ]);
  table(base, 'Parameters', [
    ['Family', { Family: 'mysql9.9' }, { Family: 'mysql8.4' }],
    ['Family', { Family: 'postgres8' }, { Family: 'postgres16' }],
    ['DBParameterGroupName', { DBParameterGroupName: 'my_group' }, { DBParameterGroupName: 'my-group' }],
    ['', { Description: out }, { Description: 'two' }],
  ]);
  table(base, 'Cluster', [
    ['Engine', { Engine: 'aurora-oracle' }, { Engine: 'aurora-postgresql' }],
    ['EngineMode', { EngineMode: 'server' }, { EngineMode: 'provisioned' }],
    ['BackupRetentionPeriod', { BackupRetentionPeriod: 0 }, { BackupRetentionPeriod: 1 }],
    ['DatabaseName', { DatabaseName: 'my-shop' }, { DatabaseName: 'shop' }],
    ['BacktrackWindow', { BacktrackWindow: 259201 }, { BacktrackWindow: 259200 }],
    [
      'ServerlessV2ScalingConfiguration.MinCapacity',
      { ServerlessV2ScalingConfiguration: { MinCapacity: 4, MaxCapacity: 2 } },
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 } },
    ],
    [
      'ServerlessV2ScalingConfiguration.MinCapacity',
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0.7, MaxCapacity: 2 } },
      { ServerlessV2ScalingConfiguration: { MinCapacity: 1.5, MaxCapacity: 256 } },
    ],
    [
      'ServerlessV2ScalingConfiguration.MaxCapacity',
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 300 } },
      { ServerlessV2ScalingConfiguration: { MinCapacity: 0, MaxCapacity: 1 } },
    ],
  ]);
});
