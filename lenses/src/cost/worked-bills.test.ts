import { describe, expect, test } from 'vitest';
import { billOf } from './bill.ts';
import { estateOf, type Stated, withPrices } from './estate.fixture.ts';
import { loadPrices } from './prices.ts';
import { type Usage, usageOf } from './usage.ts';

/**
 * Bills that AWS (or, where it says so, others) worked out and published, each recomputed by the same code that prices
 * a template: what the example describes is stated as resources and usage, never as a sum. Where the example's prices
 * are not today's of us-east-1 they are stated with it.
 */
interface Example {
  readonly title: string;
  readonly source: string;
  readonly usd: number;
  readonly resources: readonly Stated[];
  readonly usage?: Partial<Usage>;
  readonly prices?: readonly (readonly [service: string, item: string, unit: string, usd: number])[];
  /** Only the lines whose item begins so: the example leaves the rest out. */
  readonly only?: readonly string[];
}

const guidance = 'github aws-solutions-library-samples/guidance-for-';
const solutions = 'https://docs.aws.amazon.com/solutions/latest/';

/** Nothing is used but what an example says. */
const nothing: Partial<Usage> = {
  requests: 0,
  natInGigabytes: 0,
  natOutGigabytes: 0,
  endpointGigabytes: 0,
  logGigabytes: 0,
  logStoredGigabytes: 0,
  objectGigabytes: 0,
  objectReads: 0,
  objectWrites: 0,
  secretCalls: 0,
  keyRequests: 0,
  dnsQueries: 0,
  emails: 0,
  functionRuns: 0,
  tableReads: 0,
  tableWrites: 0,
  tableGigabytes: 0,
  allowances: false,
  rest: 'deleted',
};

const balancer: Stated = {
  id: 'balancer',
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  properties: { Subnets: [], Scheme: 'internet-facing' },
};
const table: Stated = {
  id: 'table',
  type: 'AWS::DynamoDB::Table',
  properties: { BillingMode: 'PAY_PER_REQUEST' },
};
const nat = (id: string): Stated => ({ id, type: 'AWS::EC2::NatGateway' });
const instances = (type: string, running: number, disk?: number): Stated[] => [
  {
    id: 'launch',
    type: 'AWS::EC2::LaunchTemplate',
    properties: {
      LaunchTemplateData: {
        InstanceType: type,
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: disk ?? 0, VolumeType: 'gp3' } }],
      },
    },
  },
  {
    id: 'group',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    running,
    properties: { LaunchTemplate: { LaunchTemplateId: 'launch' }, VPCZoneIdentifier: [] },
  },
];
/** Instances over two zones, of which a single NAT gateway serves one from the other. */
const elsewhere: readonly Stated[] = [
  { id: 'a', type: 'AWS::EC2::Subnet', properties: { AvailabilityZone: 'us-east-1a' } },
  { id: 'b', type: 'AWS::EC2::Subnet', properties: { AvailabilityZone: 'us-east-1b' } },
  {
    id: 'group',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    running: 2,
    properties: { VPCZoneIdentifier: ['a', 'b'] },
  },
];
const tasks = (count: number, cpu: number, memory: number, more: Record<string, never> | object = {}): Stated[] => [
  {
    id: 'task',
    type: 'AWS::ECS::TaskDefinition',
    properties: { Cpu: String(cpu), Memory: String(memory), ...more },
  },
  {
    id: 'service',
    type: 'AWS::ECS::Service',
    properties: { LaunchType: 'FARGATE', DesiredCount: count, TaskDefinition: 'task' },
  },
];
const volume = (properties: Stated['properties']): Stated[] => [
  { id: 'volume', type: 'AWS::EC2::Volume', properties: properties! },
];
const lambda = (memory: number, more: object = {}): Stated[] => [
  { id: 'function', type: 'AWS::Lambda::Function', properties: { MemorySize: memory, ...more } },
];

const examples: readonly Example[] = [
  {
    title: 'ALB pricing example 1: 1 connection and 5 requests a second, 300 kB/s, 60 rules',
    source: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    usd: 6.22,
    resources: [balancer],
    usage: {
      hoursInMonth: 720,
      hoursOn: 720,
      requests: 5 * 3600 * 720,
      requestsPerConnection: 5,
      connectionSeconds: 120,
      requestKilobytes: 0,
      responseKilobytes: 60,
      ruleEvaluations: 60,
    },
    only: ['ALB LCU'],
  },
  {
    title: 'ALB pricing example 2: 100 connections a second of 3 minutes',
    source: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
    usd: 34.56,
    resources: [balancer],
    usage: {
      hoursInMonth: 720,
      hoursOn: 720,
      requests: 100 * 3600 * 720,
      requestsPerConnection: 1,
      connectionSeconds: 180,
      requestKilobytes: 0,
      responseKilobytes: 0,
    },
    only: ['ALB LCU'],
  },
  {
    title: 'ALB with mutual TLS: the balancer and its units (the trust store, 4.03 of 26.45, is not covered)',
    source:
      'https://aws.amazon.com/blogs/awsforsap/elevate-user-experience-and-security-of-application-load-balancer-for-sap-workloads-on-aws/',
    usd: 26.45 - 0.0056 * 720,
    resources: [balancer],
    usage: {
      hoursInMonth: 720,
      hoursOn: 720,
      requests: 5 * 3600 * 720,
      requestsPerConnection: 5,
      connectionSeconds: 120,
      requestKilobytes: 0,
      responseKilobytes: 60,
    },
    only: ['ALB'],
  },
  {
    title: 'one ALB, 1 TB a month',
    source: `${guidance}multi-provider-generative-ai-gateway-on-aws@4efa5e0 README.md`,
    usd: 24.62,
    resources: [balancer],
    usage: { requests: 1_024_000, requestKilobytes: 0, responseKilobytes: 1000 },
    only: ['ALB'],
  },
  {
    title: 'one ALB, hours only',
    source: `${guidance}workforce-management-using-amazon-bedrock README.md`,
    usd: 16.44,
    resources: [balancer],
  },
  {
    title: '1 GB through a NAT gateway',
    source: 'https://aws.amazon.com/vpc/pricing/',
    usd: 0.045,
    resources: [nat('nat')],
    usage: { natInGigabytes: 1 },
    only: ['NAT gateway data processed'],
  },
  {
    title: 'NAT gateway, public IPv4 and 100 GB out',
    source: `${guidance}multi-provider-generative-ai-gateway-on-aws@4efa5e0 README.md`,
    usd: 50,
    resources: [nat('nat'), { id: 'address', type: 'AWS::EC2::EIP' }],
    usage: { natOutGigabytes: 100 },
  },
  {
    title: 'three NAT gateways',
    source: `${guidance}automated-provisioning-of-application-ready-amazon-eks-clusters@8cdc560 README.md`,
    usd: 98.67,
    resources: [nat('a'), nat('b'), nat('c')],
  },
  {
    title: 'NAT gateways in two zones, 26,689 GB processed (1,201 USD)',
    source: `${solutions}clickstream-analytics-on-aws/cost.html`,
    usd: 1266,
    resources: [nat('a'), nat('b')],
    usage: { hoursInMonth: 720, hoursOn: 720, natInGigabytes: 1201 / 0.045 },
    only: ['NAT gateway'],
  },
  {
    title: 'an interface endpoint in two zones, 26,700 GB processed (267 USD)',
    source: `${solutions}clickstream-analytics-on-aws/cost.html`,
    usd: 281.62,
    resources: [
      {
        id: 'endpoint',
        type: 'AWS::EC2::VPCEndpoint',
        properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
      },
    ],
    usage: { hoursInMonth: 731, hoursOn: 731, endpointGigabytes: 26_700 },
  },
  {
    title: 'one hour of an instance in its NAT gateway’s zone, 2 GB down and 1 GB up',
    source: 'github weiping-bj/Data-Transfer-Cost-on-AWS@e5933ed Networking/VPC/VPC-EN.md (not AWS)',
    usd: 0.27,
    resources: [nat('nat')],
    usage: { hoursInMonth: 1, hoursOn: 1, natInGigabytes: 2, natOutGigabytes: 1 },
  },
  {
    title: 'one hour of an instance in another zone than its NAT gateway, 2 GB down and 1 GB up',
    source: 'github weiping-bj/Data-Transfer-Cost-on-AWS@e5933ed Networking/VPC/VPC-EN.md (not AWS)',
    usd: 0.33,
    resources: [nat('nat'), ...elsewhere],
    usage: { hoursInMonth: 1, hoursOn: 1, natInGigabytes: 2, natOutGigabytes: 1, zoneCrossingShare: 1 },
    only: ['NAT gateway', 'internet out', 'inter-AZ'],
  },
  {
    title: 'the same with S3 in the region, where nothing goes out',
    source: 'github weiping-bj/Data-Transfer-Cost-on-AWS@e5933ed Networking/VPC/VPC-EN.md (not AWS)',
    usd: 0.24,
    resources: [nat('nat'), ...elsewhere],
    usage: { hoursInMonth: 1, hoursOn: 1, natInGigabytes: 3, zoneCrossingShare: 1 },
    only: ['NAT gateway', 'internet out', 'inter-AZ'],
  },
  {
    title: 'one public IPv4 address',
    source: `${solutions}modular-cloud-studio-on-aws/cost.html`,
    usd: 3.65,
    resources: [{ id: 'address', type: 'AWS::EC2::EIP' }],
  },
  {
    title: 'the two addresses of an accelerator',
    source: `${solutions}modular-cloud-studio-on-aws/cost.html`,
    usd: 7.32,
    resources: [{ id: 'accelerator', type: 'AWS::GlobalAccelerator::Accelerator' }],
    usage: { hoursInMonth: 732, hoursOn: 732 },
    only: ['public IPv4'],
  },
  {
    title: 'accelerator, fixed fee',
    source: `${solutions}modular-cloud-studio-on-aws/cost.html`,
    usd: 18,
    resources: [{ id: 'accelerator', type: 'AWS::GlobalAccelerator::Accelerator' }],
    usage: { hoursInMonth: 720, hoursOn: 720 },
    only: ['accelerator fixed fee'],
  },
  ...[
    [40, 18.6, 10],
    [400, 24, 100],
    [4000, 78, 1000],
  ].map(
    ([gigabytes, usd, rate]): Example => ({
      title: `accelerator in front of ${rate} requests a second`,
      source: `${solutions}clickstream-analytics-on-aws/cost.html`,
      usd: usd!,
      resources: [{ id: 'accelerator', type: 'AWS::GlobalAccelerator::Accelerator' }],
      usage: { hoursInMonth: 720, hoursOn: 720, requests: gigabytes! * 1024, responseKilobytes: 1024 },
      only: ['accelerator fixed fee', 'DT-Premium'],
    }),
  ),
  {
    title: 'CloudFront for a small web front end',
    source: `${guidance}workforce-management-using-amazon-bedrock README.md`,
    usd: 0.61,
    resources: [{ id: 'edge', type: 'AWS::CloudFront::Distribution' }],
    usage: {
      requests: 500_000,
      responseKilobytes: 1024 ** 2 / 500_000,
      requestKilobytes: 1024 ** 2 / 500_000,
      edgeShare: 0,
    },
  },
  {
    title: 'CloudFront, one million HTTPS requests',
    source: `${solutions}modular-cloud-studio-on-aws/cost.html`,
    usd: 1,
    resources: [{ id: 'edge', type: 'AWS::CloudFront::Distribution' }],
    usage: { requests: 1_000_000, responseKilobytes: 0, requestKilobytes: 0 },
  },
  {
    title: 'one hosted zone',
    source: `${solutions}modular-cloud-studio-on-aws/cost.html`,
    usd: 0.5,
    resources: [{ id: 'zone', type: 'AWS::Route53::HostedZone' }],
  },
  {
    title: 'one hosted zone and a million queries',
    source: `${guidance}workforce-management-using-amazon-bedrock README.md`,
    usd: 0.9,
    resources: [{ id: 'zone', type: 'AWS::Route53::HostedZone' }],
    usage: { dnsQueries: 1_000_000 },
  },
  {
    title: 'one key, one million requests',
    source: `${guidance}multi-provider-generative-ai-gateway-on-aws@4efa5e0 README.md`,
    usd: 4,
    resources: [{ id: 'key', type: 'AWS::KMS::Key' }],
    usage: { keyRequests: 1_000_000 },
  },
  {
    title: 'KMS pricing page: 10,000 objects encrypted, 2,000,000 decryptions, 20,000 free',
    source: 'https://aws.amazon.com/kms/pricing/',
    usd: 6.97,
    resources: [{ id: 'key', type: 'AWS::KMS::Key' }],
    usage: { keyRequests: 2_010_000, allowances: true },
  },
  {
    title: 'five secrets, one million calls',
    source: `${guidance}multi-provider-generative-ai-gateway-on-aws@4efa5e0 README.md`,
    usd: 7,
    resources: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, type: 'AWS::SecretsManager::Secret' })),
    usage: { secretCalls: 1_000_000 },
  },
  {
    title: 'one secret, 730,000 calls of a game’s login',
    source: `${guidance}custom-game-backend-hosting-on-aws@c3258d4 README.md`,
    usd: 4.05,
    resources: [{ id: 'secret', type: 'AWS::SecretsManager::Secret' }],
    usage: { secretCalls: 730_000 },
  },
  {
    title: 'detailed monitoring of ten instances',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    usd: 21,
    resources: [
      {
        id: 'launch',
        type: 'AWS::EC2::LaunchTemplate',
        properties: { LaunchTemplateData: { InstanceType: 't3.micro', Monitoring: { Enabled: true } } },
      },
      {
        id: 'group',
        type: 'AWS::AutoScaling::AutoScalingGroup',
        running: 10,
        properties: { LaunchTemplate: { LaunchTemplateId: 'launch' } },
      },
    ],
    only: ['custom metric'],
  },
  {
    title: '1 GB of logs a day, archived for a month',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    usd: 12.53,
    resources: [{ id: 'logs', type: 'AWS::Logs::LogGroup' }],
    usage: { logGigabytes: 30, logStoredGigabytes: 6, allowances: true },
  },
  {
    title: '1,000 emails of a topic',
    source: `${guidance}conversation-analysis-using-genai-on-aws README.md`,
    usd: 0,
    resources: [{ id: 'topic', type: 'AWS::SNS::Topic' }],
    usage: { emails: 1_000, allowances: true },
  },
  {
    title: 'Lambda example 1: mobile backend',
    source: 'https://aws.amazon.com/lambda/pricing/',
    usd: 2.73,
    resources: lambda(1536),
    usage: { functionRuns: 3_000_000, functionMilliseconds: 120, allowances: true },
  },
  {
    title: 'Lambda example 2: telemetry of 10,000 vehicles',
    source: 'https://aws.amazon.com/lambda/pricing/',
    usd: 249.49,
    resources: lambda(1024),
    usage: { functionRuns: 7_440_000, functionMilliseconds: 2000 },
  },
  {
    title: 'Lambda example 3: with ephemeral storage',
    source: 'https://aws.amazon.com/lambda/pricing/',
    usd: 106.41,
    resources: lambda(4096, { EphemeralStorage: { Size: 2048 } }),
    usage: { functionRuns: 6_000_000, functionMilliseconds: 280, allowances: true },
  },
  {
    title: 'Lambda, a game’s login: 667 requests a minute',
    source: `${guidance}custom-game-backend-hosting-on-aws@c3258d4 README.md`,
    usd: 193.74,
    resources: lambda(2048),
    usage: { functionRuns: 667 * 60 * 730, functionMilliseconds: 200, allowances: true },
  },
  {
    title: 'Lambda, 512 MB, 3 million runs of a second',
    source: 'https://aws.amazon.com/lambda/pricing/ (before December 2020)',
    usd: 18.74,
    resources: lambda(512),
    usage: { functionRuns: 3_000_000, functionMilliseconds: 1000, allowances: true },
  },
  {
    title: '5 million REST calls of 3 kB, with their transfer',
    source: 'https://aws.amazon.com/api-gateway/pricing/',
    usd: 18.79,
    resources: [{ id: 'api', type: 'AWS::ApiGateway::RestApi' }],
    usage: { requests: 5_000_000, responseKilobytes: 3 },
  },
  {
    title: '100,000 REST calls',
    source: `${guidance}product-information-management-on-aws@42aff80 README.md`,
    usd: 0.35,
    resources: [{ id: 'api', type: 'AWS::ApiGateway::RestApi' }],
    usage: { requests: 100_000, responseKilobytes: 0 },
  },
  {
    title: 'DynamoDB, a million writes and reads, at the prices before November 2024',
    source: `${solutions}modular-cloud-studio-on-aws/cost.html`,
    usd: 1.75,
    resources: [table],
    usage: { tableReads: 1_000_000, tableWrites: 1_000_000, tableGigabytes: 1 },
    prices: [
      ['DynamoDB', 'on-demand write request units', 'million units', 1.25],
      ['DynamoDB', 'on-demand read request units', 'million units', 0.25],
    ],
  },
  {
    title: 'DynamoDB, 50 GB',
    source: `${guidance}conversation-analysis-using-genai-on-aws README.md`,
    usd: 12.5,
    resources: [table],
    usage: { tableGigabytes: 50 },
  },
  {
    title: 'DynamoDB, a game’s login, 7.3 million writes and eventually consistent reads',
    source: `${guidance}custom-game-backend-hosting-on-aws@c3258d4 README.md`,
    usd: 10.29,
    resources: [table],
    usage: { tableReads: 7_300_000 / 2, tableWrites: 7_300_000, tableGigabytes: 1 },
    prices: [
      ['DynamoDB', 'on-demand write request units', 'million units', 1.25],
      ['DynamoDB', 'on-demand read request units', 'million units', 0.25],
    ],
  },
  {
    title: 'Fargate example 1: 5 tasks, 10 minutes a day, 30 GB of disk',
    source: 'https://aws.amazon.com/fargate/pricing/',
    usd: 1.26,
    resources: tasks(5, 1024, 2048, { EphemeralStorage: { SizeInGiB: 30 } }),
    usage: { hoursInMonth: 720, hoursOn: 5 },
  },
  {
    title: 'Fargate example 2: the same on ARM',
    source: 'https://aws.amazon.com/fargate/pricing/',
    usd: 1.02,
    resources: tasks(5, 1024, 2048, {
      EphemeralStorage: { SizeInGiB: 30 },
      RuntimePlatform: { CpuArchitecture: 'ARM64' },
    }),
    usage: { hoursInMonth: 720, hoursOn: 5 },
  },
  {
    title: 'Fargate example 3: 10 pods, an hour a day',
    source: 'https://aws.amazon.com/fargate/pricing/',
    usd: 4.37,
    resources: tasks(10, 256, 1024),
    usage: { hoursInMonth: 720, hoursOn: 30 },
  },
  {
    title: 'Fargate, two ARM tasks of 2 vCPU and 4 GB',
    source: `${guidance}multi-provider-generative-ai-gateway-on-aws@4efa5e0 README.md`,
    usd: 115.33,
    resources: tasks(2, 2048, 4096, { RuntimePlatform: { CpuArchitecture: 'ARM64' } }),
  },
  {
    title: 'two t4g.medium',
    source: `${guidance}multi-provider-generative-ai-gateway-on-aws@4efa5e0 README.md`,
    usd: 49.06,
    resources: instances('t4g.medium', 2),
  },
  {
    title: 'two m6g.large at the price the example has',
    source: `${guidance}automated-provisioning-of-application-ready-amazon-eks-clusters@8cdc560 README.md`,
    usd: 112.42,
    resources: instances('m6g.large', 2),
    prices: [['EC2', 'm6g.large Linux on-demand', 'instance-hour', 0.077]],
  },
  {
    title: 'one t3.medium (us-east-2, same price)',
    source: `${guidance}e-commerce-products-similarity-search-on-aws README.md`,
    usd: 30.37,
    resources: instances('t3.medium', 1),
  },
  {
    title: 'two t3.medium with 20 GB each',
    source: `${guidance}workforce-management-using-amazon-bedrock README.md`,
    usd: 63.94,
    resources: instances('t3.medium', 2, 20),
  },
  {
    title: 'EBS example 1: gp3, 2,000 GB, 10,000 IOPS, 500 MB/s for 12 hours',
    source: 'https://aws.amazon.com/ebs/pricing/',
    usd: 3.625,
    resources: volume({ Size: 2000, VolumeType: 'gp3', Iops: 10_000, Throughput: 500 }),
    usage: { hoursInMonth: 720, hoursOn: 12 },
    prices: [['EBS', 'gp3 throughput above 125 MiB/s', 'MiBps-month', 0.06]],
  },
  {
    title: 'EBS example 2: gp2, 2,000 GB for 12 hours',
    source: 'https://aws.amazon.com/ebs/pricing/',
    usd: 3.33,
    resources: volume({ Size: 2000, VolumeType: 'gp2' }),
    usage: { hoursInMonth: 720, hoursOn: 12 },
  },
  {
    title: 'EBS example 4: io1, 2,000 GB and 1,000 IOPS for 12 hours, at the prices stated',
    source: 'https://aws.amazon.com/ebs/pricing/',
    usd: 5.25,
    resources: volume({ Size: 2000, VolumeType: 'io1', Iops: 1000 }),
    usage: { hoursInMonth: 720, hoursOn: 12 },
    prices: [
      ['EBS', 'io1 storage', 'GB-month', 0.125],
      ['EBS', 'io1 IOPS', 'IOPS-month', 0.065],
    ],
  },
  {
    title: 'one db.t3.micro, 10 GB asked for and 20 billed (us-east-2, same price)',
    source: `${guidance}e-commerce-products-similarity-search-on-aws README.md`,
    usd: 15.44,
    resources: [
      {
        id: 'database',
        type: 'AWS::RDS::DBInstance',
        properties: { Engine: 'postgres', DBInstanceClass: 'db.t3.micro', AllocatedStorage: '10', StorageType: 'gp3' },
      },
    ],
  },
];

describe('worked bills', () => {
  const book = loadPrices();

  test.each(examples)('$title: $usd USD ($source)', ({ usd, resources, usage, prices, only }) => {
    const region = 'us-east-1';
    const bill = billOf(
      estateOf(region, resources),
      usageOf({ ...nothing, ...usage }),
      prices ? withPrices(book, region, prices) : book,
      region,
    );
    const lines = bill.lines.filter(
      (line) => !only || only.some((head) => line.tariff.steps[0]!.item.startsWith(head)),
    );
    expect(lines.filter((line) => line.usd === null)).toEqual([]);
    expect(bill.unread).toEqual([]);
    const total = lines.reduce((sum, line) => sum + line.usd!, 0);
    expect(Math.abs(total - usd)).toBeLessThanOrEqual(usd * 0.01);
  });

  test('are more than the twenty that were asked for', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20);
  });
});
