import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { Json, JsonObject } from '@terrace/cloud/json';
import type { Estate } from './bill/estate.ts';

import { bookOf, type PriceBook, type PriceRecord, recordId } from './prices/prices.ts';

/** A resource as a test states it. A reference is the other's `id`. */
export interface Stated {
  readonly id: string;
  readonly type: string;
  readonly properties?: JsonObject;
  readonly tier?: string;
  /** Instances of a group. */
  readonly running?: number;
  readonly deletionPolicy?: Resource['deletionPolicy'];
}

/** An estate by hand, without a template: physical id and key are both the stated id. */
export function estateOf(region: string, stated: readonly Stated[]): Estate {
  const resources = stated.map(
    ({ id, type, properties = {}, tier, deletionPolicy = 'Delete' }): Resource => ({
      key: id,
      stack: 'Test',
      logicalId: id,
      type,
      physicalId: id,
      attributes: {},
      properties,
      metadata: tier === undefined ? {} : { 'Terrace::Tier': tier },
      creationPolicy: {},
      updatePolicy: {},
      deletionPolicy,
      dependsOn: [],
      tags: {},
      place: { logicalId: id },
    }),
  );
  const inventory: Inventory = {
    account: '000000000000',
    region,
    stacks: [],
    resources,
    allocations: {},
    secrets: [],
    notKnown: [],
    assets: [],
  };
  const instances = stated.flatMap(({ id, type, properties = {}, running }) => {
    const subnets = [properties.VPCZoneIdentifier ?? properties.SubnetId ?? []].flat() as readonly Json[];
    const count = running ?? (type === 'AWS::EC2::Instance' ? 1 : 0);
    return Array.from({ length: count }, (_, ordinal) => ({
      id: `i-${id}-${ordinal}`,
      statedBy: id,
      ordinal,
      subnet: String(subnets[ordinal % Math.max(1, subnets.length)] ?? 'subnet'),
      address: 0,
    }));
  });
  return { inventory, fleet: { instances } };
}

/** The book with some prices of one region replaced or added, as an example states them. */
export function withPrices(
  book: PriceBook,
  region: string,
  prices: readonly (readonly [service: string, item: string, unit: string, usd: number])[],
  copyFrom?: string,
): PriceBook {
  const copied = [...book.records.values()]
    .filter((record) => record.region === copyFrom)
    .map((record) => ({ ...record, region, id: recordId(record.service, record.item, region) }));
  const stated = prices.map(
    ([service, item, unit, usd]): PriceRecord => ({
      id: recordId(service, item, region),
      service,
      item,
      unit,
      region,
      usd,
      source: 'stated by the example',
      asOf: '2025',
      confidence: 'one-source',
    }),
  );
  const records = new Map([...book.records, ...[...copied, ...stated].map((record) => [record.id, record] as const)]);
  return bookOf([...records.values()], book.origin);
}

/** The architecture of the diary: two VPCs, three tiers over two zones, one NAT gateway. */
export function threeTiers(region = 'ap-northeast-2'): Estate {
  const subnet = (id: string, zone: string): Stated => ({
    id,
    type: 'AWS::EC2::Subnet',
    properties: { AvailabilityZone: `${region}${zone}` },
  });
  const launch = (id: string): Stated => ({
    id,
    type: 'AWS::EC2::LaunchTemplate',
    properties: {
      LaunchTemplateData: {
        InstanceType: 't3.micro',
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3' } }],
      },
    },
  });
  const group = (tier: string, subnets: readonly string[]): Stated => ({
    id: `${tier}Group`,
    type: 'AWS::AutoScaling::AutoScalingGroup',
    tier,
    running: 2,
    properties: {
      LaunchTemplate: { LaunchTemplateId: `${tier}Launch`, Version: '1' },
      VPCZoneIdentifier: subnets,
      MinSize: '2',
      MaxSize: '4',
    },
  });
  return estateOf(region, [
    subnet('publicA', 'a'),
    subnet('publicC', 'c'),
    subnet('webA', 'a'),
    subnet('webC', 'c'),
    subnet('wasA', 'a'),
    subnet('wasC', 'c'),
    { id: 'peering', type: 'AWS::EC2::VPCPeeringConnection' },
    { id: 'address', type: 'AWS::EC2::EIP', tier: 'edge' },
    {
      id: 'nat',
      type: 'AWS::EC2::NatGateway',
      tier: 'edge',
      properties: { SubnetId: 'publicA', AllocationId: 'address' },
    },
    launch('webLaunch'),
    launch('wasLaunch'),
    group('web', ['webA', 'webC']),
    group('was', ['wasA', 'wasC']),
    {
      id: 'front',
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      tier: 'web',
      properties: { Scheme: 'internet-facing', Subnets: ['publicA', 'publicC'] },
    },
    {
      id: 'inner',
      type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      tier: 'was',
      properties: { Scheme: 'internal', Subnets: ['wasA', 'wasC'] },
    },
    {
      id: 'database',
      type: 'AWS::RDS::DBInstance',
      tier: 'database',
      properties: {
        Engine: 'postgres',
        EngineVersion: '17',
        DBInstanceClass: 'db.t4g.micro',
        AllocatedStorage: '20',
        StorageType: 'gp3',
        MultiAZ: true,
        BackupRetentionPeriod: 7,
        KmsKeyId: 'key',
        StorageEncrypted: true,
      },
    },
    { id: 'key', type: 'AWS::KMS::Key', tier: 'database' },
    { id: 'secret', type: 'AWS::SecretsManager::Secret', tier: 'database' },
    { id: 'zone', type: 'AWS::Route53::HostedZone' },
    { id: 'topic', type: 'AWS::SNS::Topic' },
    {
      id: 'alarm',
      type: 'AWS::CloudWatch::Alarm',
      properties: { Namespace: 'AWS/AutoScaling', MetricName: 'x', Period: 60 },
    },
    { id: 'logs', type: 'AWS::Logs::LogGroup' },
    { id: 'budget', type: 'AWS::Budgets::Budget', properties: { Budget: {} } },
  ]);
}
