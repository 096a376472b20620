import { number, object } from '../../property.ts';
import { words } from '../../words.ts';
import { type Charge, type Charges, free, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::ECS::Service': (resource, reading) => {
    const { LaunchType, CapacityProviderStrategy, TaskDefinition } = resource.properties;
    const spot = JSON.stringify(CapacityProviderStrategy ?? '').includes('FARGATE_SPOT');
    if (LaunchType !== 'FARGATE' && CapacityProviderStrategy === undefined) return [];
    const task = reading.find(TaskDefinition)?.properties ?? {};
    return fargateCharges(resource.key, {
      tasks: number(resource.properties, 'DesiredCount') ?? 1,
      processors: (number(task, 'Cpu') ?? 256) / 1024,
      gigabytes: (number(task, 'Memory') ?? 512) / 1024,
      temporary: number(object(task, 'EphemeralStorage'), 'SizeInGiB') ?? 20,
      architecture: `${object(task, 'RuntimePlatform').CpuArchitecture === 'ARM64' ? 'arm64' : 'x86'}${spot ? ' Spot' : ''}`,
    });
  },
  'AWS::ECS::Cluster': free,
  'AWS::ECS::TaskDefinition': free,
};

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
  const all: Charge[] = [
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
    all.push({
      ...charge,
      what: words(`${temporary - 20} GB of disk beyond 20`, `20GB를 넘는 디스크 ${temporary - 20}GB`),
      tariff: tariff('Fargate', 'ephemeral storage above 20 GB'),
      quantity: tasks * (temporary - 20),
    });
  }
  return all;
}
