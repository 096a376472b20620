import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::ElastiCache::SubnetGroup', ['cache subnet group', '캐시 서브넷 그룹'], 'elasticache/subnetgroup', {
    create: [
      'elasticache:CreateCacheSubnetGroup DescribeCacheSubnetGroups',
      tagged('elasticache:AddTagsToResource ListTagsForResource'),
    ],
    read: ['elasticache:DescribeCacheSubnetGroups ListTagsForResource'],
    update: ['elasticache:ModifyCacheSubnetGroup DescribeCacheSubnetGroups AddTagsToResource RemoveTagsFromResource'],
    delete: ['elasticache:DeleteCacheSubnetGroup DescribeCacheSubnetGroups ListTagsForResource'],
  }),
];
