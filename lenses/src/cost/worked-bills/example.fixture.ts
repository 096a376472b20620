import type { Usage } from '@terrace/cloud/families/contract/usage';
import type { Stated } from '../estate.fixture.ts';

/**
 * Bills that AWS (or, where it says so, others) worked out and published, each recomputed by the same code that prices
 * a template: what the example describes is stated as resources and usage, never as a sum. Where the example's prices
 * are not today's of us-east-1 they are stated with it.
 */
export interface Example {
  readonly title: string;
  readonly source: string;
  readonly usd: number;
  readonly resources: readonly Stated[];
  readonly usage?: Partial<Usage>;
  readonly prices?: readonly (readonly [service: string, item: string, unit: string, usd: number])[];
  /** Only the lines whose item begins so: the example leaves the rest out. */
  readonly only?: readonly string[];
}

export const guidance = 'github aws-solutions-library-samples/guidance-for-';
export const solutions = 'https://docs.aws.amazon.com/solutions/latest/';

/** Nothing is used but what an example says. */
export const nothing: Partial<Usage> = {
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

export const balancer: Stated = {
  id: 'balancer',
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  properties: { Subnets: [], Scheme: 'internet-facing' },
};
export const table: Stated = {
  id: 'table',
  type: 'AWS::DynamoDB::Table',
  properties: { BillingMode: 'PAY_PER_REQUEST' },
};
export const nat = (id: string): Stated => ({ id, type: 'AWS::EC2::NatGateway' });
export const instances = (type: string, running: number, disk?: number): Stated[] => [
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
export const elsewhere: readonly Stated[] = [
  { id: 'a', type: 'AWS::EC2::Subnet', properties: { AvailabilityZone: 'us-east-1a' } },
  { id: 'b', type: 'AWS::EC2::Subnet', properties: { AvailabilityZone: 'us-east-1b' } },
  {
    id: 'group',
    type: 'AWS::AutoScaling::AutoScalingGroup',
    running: 2,
    properties: { VPCZoneIdentifier: ['a', 'b'] },
  },
];
export const tasks = (
  count: number,
  cpu: number,
  memory: number,
  more: Record<string, never> | object = {},
): Stated[] => [
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
export const volume = (properties: Stated['properties']): Stated[] => [
  { id: 'volume', type: 'AWS::EC2::Volume', properties: properties! },
];
export const lambda = (memory: number, more: object = {}): Stated[] => [
  { id: 'function', type: 'AWS::Lambda::Function', properties: { MemorySize: memory, ...more } },
];
