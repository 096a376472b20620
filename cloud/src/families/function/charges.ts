import { number, object, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { alike, type Charge, type Charges, free, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::Lambda::Function': (resource, reading) => {
    const runs = reading.usage.functionRuns / alike(resource, reading);
    const architecture = texts(resource.properties, 'Architectures')[0] === 'arm64' ? 'arm64' : 'x86';
    const megabytes = number(resource.properties, 'MemorySize') ?? 128;
    const temporary = number(object(resource.properties, 'EphemeralStorage'), 'Size') ?? 512;
    const seconds = (runs * reading.usage.functionMilliseconds) / 1000;
    return lambdaCharges(resource.key, { runs, seconds, megabytes, temporary, architecture });
  },
  'AWS::Lambda::Permission': free,
  'AWS::Lambda::Version': free,
  'AWS::Lambda::Alias': free,
  'AWS::Lambda::LayerVersion': free,
  'AWS::Lambda::LayerVersionPermission': free,
  'AWS::Lambda::EventInvokeConfig': free,
  'AWS::Lambda::EventSourceMapping': free,
};

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
  const all: Charge[] = [
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
    all.push({
      ...charge,
      what: words('temporary storage above 512 MB', '512MB를 넘는 임시 스토리지'),
      tariff: tariff('Lambda', 'ephemeral storage above 512 MB'),
      quantity: (seconds * (temporary - 512)) / 1024,
    });
  }
  return all;
}
