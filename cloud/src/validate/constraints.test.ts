import { describe, expect, test } from 'vitest';
import { type Change, get, network, ref, refusals } from '../families/refusals.fixture.ts';
import type { JsonObject } from '../json.ts';
import { constraintsIndex, constraintsOf } from '../specification/constraints.ts';
import { allResourceTypes } from '../specification/resource-type.ts';

const one = (Type: string, Properties: JsonObject): Record<string, Change> => ({ X: { Type, Properties } });
const role = {
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } },
};
const box = (properties: JsonObject) =>
  one('AWS::EC2::Instance', { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', ...properties });
const called = (properties: JsonObject) => ({
  ...role,
  ...one('AWS::Lambda::Function', {
    Role: get('Role', 'Arn'),
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => 1' },
    ...properties,
  }),
});
const database = (properties: JsonObject) =>
  one('AWS::RDS::DBInstance', {
    Engine: 'postgres',
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: '20',
    MasterUsername: 'shop',
    ManageMasterUserPassword: true,
    ...properties,
  });

describe('AWS’s schemas refuse', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['WRONG_VALUE X InstanceType', box({ InstanceType: 't3.mirco' })],
    ['WRONG_VALUE X InstanceType', box({ InstanceType: 't3.9xlarge' })],
    ['WRONG_IDENTIFIER X SecurityGroupIds.0', box({ SecurityGroupIds: ['[default]'] })],
    ['WRONG_IDENTIFIER X SubnetId', box({ SubnetId: ref('Vpc') })],
    ['WRONG_IDENTIFIER X VpcId', one('AWS::EC2::Subnet', { VpcId: ref('Group'), CidrBlock: '10.0.3.0/24' })],
    ['WRONG_VALUE X DBInstanceClass', database({ DBInstanceClass: 'db.t4g.mirco' })],
    ['WRONG_VALUE X DBInstanceClass', database({ DBInstanceClass: 'db.t3.4xlarge' })],
    ['WRONG_FORM X Role', called({ Role: ref('Role') })],
    ['WRONG_VALUE X Runtime', called({ Runtime: 'nodejs21.y' })],
    ['NUMBER_OUT_OF_RANGE X EphemeralStorage.Size', called({ EphemeralStorage: { Size: 100 } })],
    ['WRONG_VALUE X TracingConfig.Mode', called({ TracingConfig: { Mode: 'On' } })],
    ['LIST_LENGTH X Architectures', called({ Architectures: ['arm64', 'x86_64'] })],
    ['WRONG_VALUE X AttributeDefinitions.0.AttributeType', table('String')],
    ['WRONG_VALUE X KeySpec', one('AWS::KMS::Key', { KeySpec: 'AES_256' })],
    ['NUMBER_OUT_OF_RANGE X PendingWindowInDays', one('AWS::KMS::Key', { PendingWindowInDays: 3 })],
    ['NUMBER_OUT_OF_RANGE X VisibilityTimeout', one('AWS::SQS::Queue', { VisibilityTimeout: 43_201 })],
    ['WRONG_VALUE X Scope', one('AWS::WAFv2::WebACL', firewall({ Scope: 'GLOBAL' }))],
    [
      'LISTED_TWICE X CacheSecurityGroupNames.1',
      one('AWS::ElastiCache::CacheCluster', {
        CacheNodeType: 'cache.t4g.micro',
        Engine: 'redis',
        NumCacheNodes: 1,
        CacheSecurityGroupNames: ['one', 'one'],
      }),
    ],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(network, changes)).toEqual([found]);
  });
});

describe('AWS’s schemas take', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['an instance', box({ SubnetId: ref('A'), SecurityGroupIds: [get('Group', 'GroupId')] })],
    ['an instance type that may be newer than the list', box({ InstanceType: 'm99g.large' })],
    ['a group of elsewhere', box({ SecurityGroupIds: ['sg-0123456789abcdef0'] })],
    [
      'a value that is looked up at deployment',
      called({ Runtime: '{{resolve:secretsmanager:shop:SecretString:runtime}}' }),
    ],
    ['a function', called({ EphemeralStorage: { Size: 512 }, Architectures: ['arm64'] })],
    ['a database', database({})],
    ['a database class that may be newer than the list', database({ DBInstanceClass: 'db.m99g.large' })],
    ['an engine in capitals', database({ Engine: 'PostgreSQL'.slice(0, 8).toUpperCase() })],
    ['a table', table('S')],
    [
      'an identifier that only AWS could tell',
      {
        Files: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        ...one('AWS::EFS::MountTarget', {
          FileSystemId: ref('Files'),
          SubnetId: ref('A'),
          SecurityGroups: [get('Group', 'GroupId')],
        }),
      },
    ],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(network, changes)).toEqual([]);
  });
});

test('constraints name their source and day, and every pattern of them compiles', () => {
  expect(constraintsIndex()).toMatchObject({
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    source: expect.any(String),
  });
  const patterns = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value))
      if (key === 'pattern' && typeof each === 'string') patterns.add(each);
      else collect(each);
  };
  for (const type of allResourceTypes()) collect(constraintsOf(type));
  expect(patterns.size).toBeGreaterThan(1000);
  for (const pattern of patterns) expect(() => tried(pattern), pattern).not.toThrow();
});

function tried(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

function table(AttributeType: string): Record<string, Change> {
  return one('AWS::DynamoDB::Table', {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
}

function firewall(properties: JsonObject): JsonObject {
  const visible = { CloudWatchMetricsEnabled: true, MetricName: 'one', SampledRequestsEnabled: true };
  return { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: visible, ...properties };
}
