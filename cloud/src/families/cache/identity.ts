import { type Identify, lowerCaseName } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::ElastiCache::SubnetGroup': lowerCaseName('CacheSubnetGroupName'),
};
