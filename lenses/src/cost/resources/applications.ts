import { allowances } from '@terrace/cloud/families/contract/allowances';
import { alike, type Charge, type Reader, type Tariff, tariff, used } from '@terrace/cloud/families/contract/charge';
import { words } from '@terrace/cloud/words';
import { list, number, object } from '../properties.ts';
import { webAcl } from './web-acl.ts';

/** What runs or stores without servers of one's own: Lambda, API Gateway, Fargate, DynamoDB, S3. */
export const applicationReaders: Readonly<Record<string, Reader>> = {
  'AWS::Lambda::Function': (resource, reading) => {
    const runs = reading.usage.functionRuns / alike(resource, reading);
    const architecture = list(resource.properties.Architectures)[0] === 'arm64' ? 'arm64' : 'x86';
    const megabytes = number(resource.properties.MemorySize) ?? 128;
    const temporary = number(object(resource.properties.EphemeralStorage).Size) ?? 512;
    const seconds = (runs * reading.usage.functionMilliseconds) / 1000;
    return lambdaCharges(resource.key, { runs, seconds, megabytes, temporary, architecture });
  },
  'AWS::ApiGatewayV2::Api': (resource, reading) => {
    if (resource.properties.ProtocolType === 'WEBSOCKET') {
      const item = 'WebSocket messages, first 1 billion';
      return [used(resource, 'gateway', item, 'API Gateway', reading.usage.requests)];
    }
    return [{ ...used(resource, 'gateway', '', '', reading.usage.requests / alike(resource, reading)), ...httpApi }];
  },
  'AWS::ApiGateway::RestApi': (resource, reading) => [
    { ...used(resource, 'gateway', '', '', reading.usage.requests / alike(resource, reading)), ...restApi },
  ],
  'AWS::ECS::Service': (resource, reading) => {
    const { LaunchType, CapacityProviderStrategy, DesiredCount, TaskDefinition } = resource.properties;
    const spot = JSON.stringify(CapacityProviderStrategy ?? '').includes('FARGATE_SPOT');
    if (LaunchType !== 'FARGATE' && CapacityProviderStrategy === undefined) return [];
    const task = object(reading.find(TaskDefinition)?.properties);
    return fargateCharges(resource.key, {
      tasks: number(DesiredCount) ?? 1,
      processors: (number(task.Cpu) ?? 256) / 1024,
      gigabytes: (number(task.Memory) ?? 512) / 1024,
      temporary: number(object(task.EphemeralStorage).SizeInGiB) ?? 20,
      architecture: `${object(task.RuntimePlatform).CpuArchitecture === 'ARM64' ? 'arm64' : 'x86'}${spot ? ' Spot' : ''}`,
    });
  },
  'AWS::WAFv2::WebACL': webAcl,
};

const httpApi: { what: Charge['what']; tariff: Tariff } = {
  what: words('HTTP API requests', 'HTTP API 요청'),
  tariff: {
    service: 'API Gateway',
    steps: [
      { upTo: 300_000_000, item: 'HTTP API requests, first 300 million' },
      { upTo: null, item: 'HTTP API requests, over 300 million' },
    ],
  },
};

/** The price beyond a thousand million is not in the data: such a bill is unknown, not cheap. */
const restApi: { what: Charge['what']; tariff: Tariff } = {
  what: words('REST API requests', 'REST API 요청'),
  tariff: {
    service: 'API Gateway',
    steps: [
      { upTo: 333_000_000, item: 'REST API requests, first 333 million' },
      { upTo: 1_000_000_000, item: 'REST API requests, next 667 million' },
      { upTo: null, item: 'REST API requests, over 1 billion' },
    ],
  },
};

export function httpApiCharge(requests: number): Charge {
  return { resource: null, heading: 'gateway', ...httpApi, quantity: requests, basis: 'used', ends: 'stopped' };
}

export interface LambdaWork {
  readonly runs: number;
  /** All runs together. */
  readonly seconds: number;
  readonly megabytes: number;
  /** Megabytes of `/tmp`; 512 are included. */
  readonly temporary: number;
  readonly architecture: string;
}

/** Runs and gigabyte-seconds: https://aws.amazon.com/lambda/pricing/ */
export function lambdaCharges(resource: string | null, work: LambdaWork): Charge[] {
  const { runs, seconds, megabytes, temporary, architecture } = work;
  const charge = { resource, heading: 'functions', basis: 'used', ends: 'stopped' } as const;
  const gigabyteSeconds = (seconds * megabytes) / 1024;
  const charges: Charge[] = [
    {
      ...charge,
      what: words('runs', '실행 횟수'),
      tariff: tariff('Lambda', 'requests', { allowance: allowances.functionRequests }),
      quantity: runs,
    },
    {
      ...charge,
      what: words(`duration at ${megabytes} MB, ${architecture}`, `실행 시간 (${megabytes}MB, ${architecture})`),
      tariff: tariff('Lambda', `duration ${architecture} (first tier)`, { allowance: allowances.functionSeconds }),
      quantity: gigabyteSeconds,
    },
  ];
  if (temporary > 512) {
    charges.push({
      ...charge,
      what: words('temporary storage above 512 MB', '512MB를 넘는 임시 스토리지'),
      tariff: tariff('Lambda', 'ephemeral storage above 512 MB'),
      quantity: (seconds * (temporary - 512)) / 1024,
    });
  }
  return charges;
}

export interface FargateTasks {
  readonly tasks: number;
  readonly processors: number;
  readonly gigabytes: number;
  /** Gigabytes of disk; 20 are included. */
  readonly temporary: number;
  readonly architecture: string;
}

/** https://aws.amazon.com/fargate/pricing/ */
export function fargateCharges(resource: string | null, each: FargateTasks): Charge[] {
  const charge = { resource, heading: 'containers', basis: 'hourly', ends: 'stopped' } as const;
  const { tasks, processors, gigabytes, temporary, architecture } = each;
  const charges: Charge[] = [
    {
      ...charge,
      what: words(`${tasks} × ${processors} vCPU`, `${processors} vCPU × ${tasks}개`),
      tariff: tariff('Fargate', `vCPU Linux/${architecture}`),
      quantity: tasks * processors,
    },
    {
      ...charge,
      what: words(`${tasks} × ${gigabytes} GB of memory`, `메모리 ${gigabytes}GB × ${tasks}개`),
      tariff: tariff('Fargate', `memory Linux/${architecture}`),
      quantity: tasks * gigabytes,
    },
  ];
  if (temporary > 20) {
    charges.push({
      ...charge,
      what: words(`${temporary - 20} GB of disk beyond 20`, `20GB를 넘는 디스크 ${temporary - 20}GB`),
      tariff: tariff('Fargate', 'ephemeral storage above 20 GB'),
      quantity: tasks * (temporary - 20),
    });
  }
  return charges;
}
