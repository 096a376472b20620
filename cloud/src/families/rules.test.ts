import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { type Change, get, network, ref, refusals } from './refusals.fixture.ts';

const one = (Type: string, Properties: JsonObject): Record<string, Change> => ({ X: { Type, Properties } });
const address: Record<string, Change> = {
  E: { Type: 'AWS::EC2::EIP', DependsOn: 'Attachment', Properties: { Domain: 'vpc' } },
};
const nat = (subnet: string): Change => ({
  Type: 'AWS::EC2::NatGateway',
  Properties: { SubnetId: ref(subnet), AllocationId: get('E', 'AllocationId') },
});
const table = (properties: JsonObject) =>
  one('AWS::DynamoDB::Table', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...properties,
  });
const classic = (properties: JsonObject) =>
  one('AWS::ElasticLoadBalancing::LoadBalancer', {
    Listeners: [{ InstancePort: '80', LoadBalancerPort: '80', Protocol: 'HTTP' }],
    ...properties,
  });
const check = (properties: JsonObject): JsonObject => ({
  HealthCheck: {
    Target: 'HTTP:80/',
    Interval: '10',
    Timeout: '5',
    HealthyThreshold: '2',
    UnhealthyThreshold: '2',
    ...properties,
  },
});
const task = (properties: JsonObject) =>
  one('AWS::ECS::TaskDefinition', {
    Family: 'shop',
    RequiresCompatibilities: ['FARGATE'],
    NetworkMode: 'awsvpc',
    Cpu: '256',
    Memory: '512',
    ContainerDefinitions: [{ Name: 'web', Image: 'nginx' }],
    ...properties,
  });
const distribution = (origin: string) =>
  one('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      Origins: [{ Id: 'site', DomainName: 'example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }],
      DefaultCacheBehavior: {
        TargetOriginId: origin,
        ViewerProtocolPolicy: 'redirect-to-https',
        CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
      },
    },
  });
const called = (Runtime: string) =>
  one('AWS::Lambda::Function', {
    Role: 'arn:aws:iam::111122223333:role/one',
    Runtime,
    Handler: 'index.handler',
    Code: { ZipFile: 'one' },
  });

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['MISSING_COMPANION X', one('AWS::EC2::NatGateway', { SubnetId: ref('A') })],
    [
      'NOT_FOR_THIS_KIND X AllocationId',
      {
        ...address,
        ...one('AWS::EC2::NatGateway', {
          SubnetId: ref('A'),
          ConnectivityType: 'private',
          AllocationId: get('E', 'AllocationId'),
        }),
      },
    ],
    ['ADDRESS_IN_USE N2 AllocationId', { ...address, N1: nat('A'), N2: nat('B') }],
    [
      'GATEWAY_ATTACHED_TWICE X VpcId',
      {
        G2: { Type: 'AWS::EC2::InternetGateway' },
        ...one('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('G2') }),
      },
    ],
    [
      'GATEWAY_ATTACHED_TWICE X InternetGatewayId',
      one('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Other'), InternetGatewayId: ref('Gateway') }),
    ],
    ['MISSING_COMPANION X', table({})],
    [
      'NOT_FOR_THIS_KIND X ProvisionedThroughput',
      table({ BillingMode: 'PAY_PER_REQUEST', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } }),
    ],
    [
      'KEY_NOT_DEFINED X KeySchema.0.AttributeName',
      table({ BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }] }),
    ],
    ['MISSING_COMPANION X', classic({})],
    ['WRONG_FORM X HealthCheck.Target', classic({ Subnets: [ref('A')], ...check({ Target: '/health' }) })],
    ['TIMEOUT_NOT_BELOW_INTERVAL X HealthCheck.Timeout', classic({ Subnets: [ref('A')], ...check({ Timeout: '10' }) })],
    ['TASK_SIZE X Memory', task({ Memory: '4096' })],
    ['TASK_SIZE X Memory', task({ Cpu: '1024', Memory: '1024' })],
    ['NETWORK_MODE X NetworkMode', task({ NetworkMode: 'bridge' })],
    [
      'MISSING_COMPANION X',
      one('AWS::ECS::Service', { Cluster: 'one', TaskDefinition: 'shop:1', LaunchType: 'FARGATE', DesiredCount: 1 }),
    ],
    ['ORIGIN_MISSING X DistributionConfig.DefaultCacheBehavior.TargetOriginId', distribution('page')],
    ['NOT_FOR_THIS_KIND X Code.ZipFile', called('java21')],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(network, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['a NAT gateway', { ...address, N1: nat('A') }],
    ['a private NAT gateway', one('AWS::EC2::NatGateway', { SubnetId: ref('A'), ConnectivityType: 'private' })],
    ['a table on demand', table({ BillingMode: 'PAY_PER_REQUEST' })],
    ['a table with throughput', table({ ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } })],
    ['a classic balancer', classic({ Subnets: [ref('A')], ...check({ Target: 'TCP:80' }) })],
    ['a task', task({ Cpu: '1024', Memory: '2048' })],
    [
      'a task on instances',
      task({ RequiresCompatibilities: ['EC2'], NetworkMode: 'bridge', Cpu: '100', Memory: '300' }),
    ],
    ['a distribution', distribution('site')],
    ['code in the template', called('python3.13')],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(network, changes)).toEqual([]);
  });
});
