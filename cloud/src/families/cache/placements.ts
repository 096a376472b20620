import type { Placements } from '../contract/placement.ts';

export const placements: Placements = {
  'AWS::ElastiCache::CacheCluster': {
    subnets: 'CacheSubnetGroupName',
    subnetGroup: 'AWS::ElastiCache::SubnetGroup',
    groups: 'VpcSecurityGroupIds',
  },
  'AWS::ElastiCache::ReplicationGroup': {
    subnets: 'CacheSubnetGroupName',
    subnetGroup: 'AWS::ElastiCache::SubnetGroup',
    groups: 'SecurityGroupIds',
  },
  'AWS::ElastiCache::ServerlessCache': { subnets: 'SubnetIds', groups: 'SecurityGroupIds' },
};
