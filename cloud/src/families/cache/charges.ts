import type { Resource } from '../../inventory.ts';
import { flag, number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charge, type Charges, free, type Reader, tariff } from '../contract/charge.ts';

const cacheCluster: Reader = (resource) => [
  nodes(resource, text(resource.properties, 'Engine') ?? '', number(resource.properties, 'NumCacheNodes') ?? 1),
];

const replicationGroup: Reader = (resource) => {
  const { properties } = resource;
  const shards = number(properties, 'NumNodeGroups') ?? 1;
  const replicas = number(properties, 'ReplicasPerNodeGroup');
  const least = flag(properties, 'AutomaticFailoverEnabled') ? 2 : 1;
  const count = replicas === undefined ? (number(properties, 'NumCacheClusters') ?? least) : shards * (1 + replicas);
  return [nodes(resource, text(properties, 'Engine') ?? 'redis', count)];
};

/** https://aws.amazon.com/elasticache/pricing/ */
function nodes(resource: Resource, engine: string, count: number): Charge {
  const type = text(resource.properties, 'CacheNodeType') ?? 'unknown type';
  const name = engines[engine.toLowerCase()] ?? engine;
  return {
    resource: resource.key,
    heading: 'cache',
    what: words(`${count} × ${type}, ${name}`, `${type} ${count}개, ${name}`),
    tariff: tariff(`ElastiCache ${name}`, type),
    quantity: count,
    basis: 'hourly',
    ends: 'deleted',
  };
}

const engines: Readonly<Record<string, string>> = { redis: 'Redis', memcached: 'Memcached', valkey: 'Valkey' };

export const charges: Charges = {
  'AWS::ElastiCache::CacheCluster': cacheCluster,
  'AWS::ElastiCache::ReplicationGroup': replicationGroup,
  'AWS::ElastiCache::SubnetGroup': free,
  'AWS::ElastiCache::ParameterGroup': free,
};
