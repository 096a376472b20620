import type { JsonObject } from '../../json.ts';
import { flag, number, text } from '../../property.ts';
import { words } from '../../words.ts';
import { identifier, notEmpty, refused } from '../contract/refused.ts';
import { form, length, notFor, oneOf, range } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';
import { cacheOffers } from './offers.ts';

const clusters = ['AWS::ElastiCache::CacheCluster'];
const groups = ['AWS::ElastiCache::ReplicationGroup'];
const both = [...clusters, ...groups];
const subnets = ['AWS::ElastiCache::SubnetGroup'];
const page = 'AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html';
const groupPage = 'AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html';
const nodesPage = 'AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html';

const engineOf = (properties: JsonObject) => (text(properties, 'Engine') ?? '').toLowerCase();
const isMemcached = ({ properties }: { readonly properties: JsonObject }) => engineOf(properties) === 'memcached';
const named = {
  code: 'NAME_CHARACTERS',
  pattern: /^[A-Za-z](-?[A-Za-z0-9])*$/,
  said: words(
    'a name has letters, digits and single hyphens, begins with a letter and ends without a hyphen',
    '이름에는 영문자, 숫자, 하이픈만 쓰며 영문자로 시작하고 하이픈이 이어지거나 끝에 오지 않아야 합니다.',
  ),
};

/** What AWS refuses of caches. */
export const rules: readonly Rule[] = [
  form({
    types: clusters,
    path: 'Engine',
    code: 'WRONG_VALUE',
    pattern: /^(memcached|redis|valkey)$/i,
    said: words('an engine is memcached, redis or valkey', '엔진은 memcached, redis, valkey입니다.'),
    page,
  }),
  form({
    types: groups,
    path: 'Engine',
    code: 'WRONG_VALUE',
    pattern: /^(redis|valkey)$/i,
    said: words('a replication group is of redis or valkey', '복제 그룹의 엔진은 redis나 valkey입니다.'),
    page: groupPage,
  }),
  refused({
    code: 'WRONG_VERSION',
    types: both,
    page: 'AmazonElastiCache/latest/dg/supported-engine-versions.html',
    what: words('A version is one that its engine is offered in.', '버전은 엔진이 제공하는 것이어야 합니다.'),
    where: ({ properties }) => {
      const version = text(properties, 'EngineVersion');
      const listed = cacheOffers().versions[engineOf(properties)];
      if (version === undefined || !listed || !isKnown(version)) return [];
      return majorOf(version) > Math.max(...listed.map(majorOf)) + (engineOf(properties) === 'valkey' ? 1 : 0)
        ? ['EngineVersion']
        : [];
    },
    aws: 'Cannot find version for engine',
  }),
  refused({
    code: 'WRONG_VALUE',
    types: both,
    page: nodesPage,
    what: words(
      'A node type is one that ElastiCache offers, as cache.t4g.micro.',
      '노드 유형은 cache.t4g.micro처럼 ElastiCache가 제공하는 것이어야 합니다.',
    ),
    where: ({ properties }) => {
      const type = properties.CacheNodeType;
      const { nodeTypes } = cacheOffers();
      if (typeof type !== 'string' || !isKnown(type) || nodeTypes.includes(type)) return [];
      const [, family, size] = /^cache\.([a-z0-9-]+)\.([a-z0-9]+)$/.exec(type) ?? [];
      // AWS adds families; of one that is listed all sizes are.
      const isNewer =
        family !== undefined &&
        !nodeTypes.some((each) => each.startsWith(`cache.${family}.`)) &&
        nodeTypes.some((each) => each.endsWith(`.${size}`));
      return isNewer ? [] : ['CacheNodeType'];
    },
    aws: 'Invalid Cache Node Type',
  }),
  refused({
    code: 'NUMBER_OUT_OF_RANGE',
    types: clusters,
    page,
    what: words('A cluster of redis or valkey has one node.', 'redis와 valkey 클러스터의 노드는 하나입니다.'),
    next: words('Use a replication group for more.', '더 필요하면 복제 그룹을 쓰세요.'),
    where: ({ properties }) =>
      ['redis', 'valkey'].includes(engineOf(properties)) && (number(properties, 'NumCacheNodes') ?? 1) !== 1
        ? ['NumCacheNodes']
        : [],
    aws: 'Cannot create a Redis cluster with a NumCacheNodes parameter greater than 1.',
  }),
  length({ types: clusters, path: 'ClusterName', most: 50, page }),
  form({ types: clusters, path: 'ClusterName', ...named, page }),
  length({ types: groups, path: 'ReplicationGroupId', most: 40, page: groupPage }),
  form({ types: groups, path: 'ReplicationGroupId', ...named, page: groupPage }),
  ...['SnapshotRetentionLimit', 'SnapshotWindow'].map((path) =>
    notFor({
      types: clusters,
      path,
      kind: words('memcached', 'memcached'),
      when: ({ properties }) => engineOf(properties) === 'memcached' && number(properties, path) !== 0,
      page,
    }),
  ),
  refused({
    code: 'NUMBER_OUT_OF_RANGE',
    types: clusters,
    page,
    what: words('cross-az needs two nodes or more.', 'cross-az에는 노드가 둘 이상 필요합니다.'),
    where: (resource) =>
      isMemcached(resource) &&
      text(resource.properties, 'AZMode') === 'cross-az' &&
      number(resource.properties, 'NumCacheNodes') === 1
        ? ['AZMode']
        : [],
  }),
  refused({
    code: 'WINDOW_TOO_SHORT',
    types: both,
    page,
    what: words(
      'A maintenance window is written as sun:05:00-sun:06:00, in UTC, and has 60 minutes or more.',
      '유지 관리 기간은 sun:05:00-sun:06:00처럼 UTC로 쓰며 60분 이상이어야 합니다.',
    ),
    where: ({ properties }) => {
      const window = text(properties, 'PreferredMaintenanceWindow');
      if (window === undefined || !isKnown(window)) return [];
      const minutes = minutesOf(window);
      return minutes === undefined || minutes < 60 ? ['PreferredMaintenanceWindow'] : [];
    },
  }),
  notFor({
    types: clusters,
    path: 'TransitEncryptionEnabled',
    kind: words('a cluster of redis without a replication group', '복제 그룹이 아닌 redis 클러스터'),
    when: ({ properties }) => engineOf(properties) === 'redis' && flag(properties, 'TransitEncryptionEnabled') === true,
    page,
    aws: 'Encryption features are not supported for engine redis.',
  }),
  range({ types: both, path: 'Port', from: 1, to: 65_535, page }),
  refused({
    code: 'MISSING_COMPANION',
    types: groups,
    page: groupPage,
    what: words('A failover needs a replica.', '자동 장애 조치에는 복제본이 필요합니다.'),
    where: ({ properties }) =>
      flag(properties, 'AutomaticFailoverEnabled') &&
      number(properties, 'NumCacheClusters') === 1 &&
      !['NumNodeGroups', 'ReplicasPerNodeGroup', 'NodeGroupConfiguration', 'GlobalReplicationGroupId'].some((each) =>
        isStated(properties, each),
      )
        ? ['AutomaticFailoverEnabled']
        : [],
    aws: 'Replication group must have at least one replica to enable autofailover.',
  }),
  refused({
    code: 'MISSING_COMPANION',
    types: groups,
    page: groupPage,
    what: words('Multi-AZ needs AutomaticFailoverEnabled.', '다중 AZ에는 AutomaticFailoverEnabled가 필요합니다.'),
    where: ({ properties }) =>
      flag(properties, 'MultiAZEnabled') && flag(properties, 'AutomaticFailoverEnabled') === false
        ? ['MultiAZEnabled']
        : [],
  }),
  refused({
    code: 'MISSING_COMPANION',
    types: groups,
    page: 'AmazonElastiCache/latest/dg/auth.html',
    what: words('An AuthToken needs TransitEncryptionEnabled.', 'AuthToken에는 TransitEncryptionEnabled가 필요합니다.'),
    where: ({ properties }) =>
      isStated(properties, 'AuthToken') &&
      (flag(properties, 'TransitEncryptionEnabled') === false || !isStated(properties, 'TransitEncryptionEnabled'))
        ? ['AuthToken']
        : [],
    aws: 'The AUTH token is only supported when encryption-in-transit is enabled.',
  }),
  form({
    types: groups,
    path: 'AuthToken',
    code: 'PASSWORD',
    secret: true,
    pattern: /^[!#$%&'()*+,\-.0-9:;<=>?A-Z[\\\]^_`a-z{|}~]{16,128}$/,
    said: words(
      'a token has 16 to 128 printable characters without / @ " and space',
      '토큰은 / @ " 공백을 뺀 16~128자입니다.',
    ),
    page: 'AmazonElastiCache/latest/dg/auth.html',
  }),
  range({ types: groups, path: 'NumCacheClusters', from: 1, to: 6, page: groupPage }),
  range({ types: groups, path: 'ReplicasPerNodeGroup', from: 0, to: 5, page: groupPage }),
  refused({
    code: 'EXCLUSIVE_PROPERTIES',
    types: groups,
    page: groupPage,
    what: words('A key is for encryption at rest.', 'KMS 키는 저장 데이터 암호화에만 지정합니다.'),
    where: ({ properties }) =>
      isStated(properties, 'KmsKeyId') && flag(properties, 'AtRestEncryptionEnabled') === false ? ['KmsKeyId'] : [],
  }),
  refused({
    code: 'CLASS_NOT_SUPPORTED',
    types: groups,
    page: 'AmazonElastiCache/latest/dg/data-tiering.html',
    what: words('Data tiering is for r6gd.', '데이터 계층화는 r6gd에만 됩니다.'),
    where: ({ properties }) =>
      flag(properties, 'DataTieringEnabled') &&
      !/^cache\.[a-z]\d+gd\./.test(text(properties, 'CacheNodeType') ?? 'cache.r6gd.')
        ? ['CacheNodeType']
        : [],
  }),
  form({
    types: subnets,
    path: 'CacheSubnetGroupName',
    code: 'NAME_CHARACTERS',
    pattern: /^[A-Za-z0-9-]{1,255}$/,
    said: words('a name has letters, digits and hyphens', '이름에는 영문자, 숫자, 하이픈만 쓸 수 있습니다.'),
    page: 'AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html',
  }),
  identifier({
    types: subnets,
    path: 'SubnetIds.*',
    prefixes: ['subnet'],
    page: 'AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html',
  }),
  oneOf({ types: clusters, path: 'AZMode', values: ['single-az', 'cross-az'], page }),
  notEmpty({
    types: subnets,
    paths: ['SubnetIds'],
    page: 'AmazonElastiCache/latest/APIReference/API_CreateCacheSubnetGroup.html',
  }),
];

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** How long a window such as `sun:05:00-sun:06:00` is; `undefined` for what is written in another way. */
function minutesOf(window: string): number | undefined {
  const parts = /^([a-z]{3}):(\d\d):(\d\d)-([a-z]{3}):(\d\d):(\d\d)$/i.exec(window)?.slice(1);
  if (!parts) return undefined;
  const at = (day = '', hour = '', minute = '') =>
    days.indexOf(day.toLowerCase()) * 1440 + Number(hour) * 60 + Number(minute);
  const week = 7 * 1440;
  return (at(...parts.slice(3)) - at(...parts.slice(0, 3)) + week) % week;
}
