import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  Subnets: {
    Type: 'AWS::ElastiCache::SubnetGroup',
    Properties: { Description: 'one', SubnetIds: [ref('A'), ref('B')] },
  },
  C: {
    Type: 'AWS::ElastiCache::CacheCluster',
    Properties: {
      Engine: 'redis',
      CacheNodeType: 'cache.t3.micro',
      NumCacheNodes: 1,
      CacheSubnetGroupName: ref('Subnets'),
    },
  },
  R: {
    Type: 'AWS::ElastiCache::ReplicationGroup',
    Properties: {
      ReplicationGroupDescription: 'one',
      Engine: 'redis',
      CacheNodeType: 'cache.m6g.large',
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      CacheSubnetGroupName: ref('Subnets'),
    },
  },
};

describe('a cache', () => {
  table(base, 'C', [
    ['Engine', { Engine: 'redisx' }, { Engine: 'memcached', NumCacheNodes: 3 }],
    ['EngineVersion', { EngineVersion: '9.1' }, { EngineVersion: '7.1' }],
    ['CacheNodeType', { CacheNodeType: 't3.micro' }, { CacheNodeType: 'cache.t4g.micro' }],
    ['CacheNodeType', { CacheNodeType: 'cache.t3.large' }, { CacheNodeType: 'cache.t3.medium' }],
    ['CacheNodeType', { CacheNodeType: 'cache.m6g.micro' }, { CacheNodeType: 'cache.m6g.large' }],
    ['NumCacheNodes', { NumCacheNodes: 2 }, { Engine: 'memcached', NumCacheNodes: 2 }],
    ['ClusterName', { ClusterName: 'my_cache' }, { ClusterName: 'my-cache' }],
    ['ClusterName', { ClusterName: 'a'.repeat(51) }, { ClusterName: 'a'.repeat(50) }],
    ['SnapshotRetentionLimit', { Engine: 'memcached', SnapshotRetentionLimit: 1 }, { SnapshotRetentionLimit: 35 }],
    [
      'AZMode',
      { Engine: 'memcached', NumCacheNodes: 1, AZMode: 'cross-az' },
      { Engine: 'memcached', NumCacheNodes: 2, AZMode: 'cross-az' },
    ],
    [
      'PreferredMaintenanceWindow',
      { PreferredMaintenanceWindow: 'sunday' },
      { PreferredMaintenanceWindow: 'sun:05:00-sun:06:00' },
    ],
    [
      'PreferredMaintenanceWindow',
      { PreferredMaintenanceWindow: 'sun:05:00-sun:05:30' },
      { PreferredMaintenanceWindow: 'sun:23:30-mon:00:30' },
    ],
    [
      'TransitEncryptionEnabled',
      { TransitEncryptionEnabled: true },
      { Engine: 'memcached', EngineVersion: '1.6.12', TransitEncryptionEnabled: true },
    ],
    ['Port', { Port: 70_000 }, { Port: 6380 }],
  ]);
  table(base, 'R', [
    ['AutomaticFailoverEnabled', { NumCacheClusters: 1 }, { NumCacheClusters: 1, AutomaticFailoverEnabled: false }],
    ['MultiAZEnabled', { MultiAZEnabled: true, AutomaticFailoverEnabled: false }, { MultiAZEnabled: true }],
    ['ReplicationGroupId', { ReplicationGroupId: 'a'.repeat(41) }, { ReplicationGroupId: 'a'.repeat(40) }],
    ['ReplicationGroupId', { ReplicationGroupId: '1shop' }, { ReplicationGroupId: 'shop1' }],
    ['AuthToken', { AuthToken: 'a'.repeat(16) }, { AuthToken: 'a'.repeat(16), TransitEncryptionEnabled: true }],
    [
      'AuthToken',
      { AuthToken: 'short', TransitEncryptionEnabled: true },
      { AuthToken: 'a'.repeat(128), TransitEncryptionEnabled: true },
    ],
    ['NumCacheClusters', { NumCacheClusters: 7 }, { NumCacheClusters: 6 }],
    [
      'ReplicasPerNodeGroup',
      { NumCacheClusters: out, NumNodeGroups: 1, ReplicasPerNodeGroup: 6 },
      { NumCacheClusters: out, NumNodeGroups: 1, ReplicasPerNodeGroup: 5 },
    ],
    ['Engine', { Engine: 'memcached' }, { Engine: 'valkey', EngineVersion: '8.0' }],
    [
      'KmsKeyId',
      { KmsKeyId: 'alias/one', AtRestEncryptionEnabled: false },
      { KmsKeyId: 'alias/one', AtRestEncryptionEnabled: true },
    ],
    ['CacheNodeType', { DataTieringEnabled: true }, { DataTieringEnabled: true, CacheNodeType: 'cache.r6gd.xlarge' }],
  ]);
  table(base, 'Subnets', [
    ['SubnetIds', { SubnetIds: [] }, { SubnetIds: [ref('B')] }],
    ['CacheSubnetGroupName', { CacheSubnetGroupName: 'my group' }, { CacheSubnetGroupName: 'my-group' }],
    ['SubnetIds.0', { SubnetIds: [ref('Vpc')] }, { SubnetIds: [ref('A')] }],
  ]);
});
