/** What an instance type has of a machine. */
export interface InstanceSize {
  readonly vcpus: number;
  /** Bytes. */
  readonly memory: number;
}

const GiB = 1024 ** 3;

/**
 * AWS's pages of instance types as of November 2026. Burstable types have their own table; the others have so many GiB for each vCPU.
 *
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/co.html
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/mo.html
 */
const burstable: Readonly<Record<string, readonly [vcpus: number, gibibytes: number]>> = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
};
/** A t2 below `medium` has one vCPU. */
const singleOfT2 = new Set(['nano', 'micro', 'small']);

const gibibytesForEachVcpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };
/** Generations and processors whose sizes follow the ratio: c5 to c8, m5 to m8, r5 to r8. */
const regular = /^([cmr])[5-8](?:a|g|i|i-flex|d|ad|gd|id|n|gn|in|dn|idn)?$/;
const vcpusOfSize: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** `undefined` for a type that the tables do not have: its instances run unbounded, and it is said. */
export function instanceSize(type: string): InstanceSize | undefined {
  const [family = '', size = ''] = type.split('.');
  if (/^t(2|3|3a|4g)$/.test(family)) {
    const row = Object.hasOwn(burstable, size) ? burstable[size] : undefined;
    if (!row) return undefined;
    return { vcpus: family === 't2' && singleOfT2.has(size) ? 1 : row[0], memory: row[1] * GiB };
  }
  const ratio = gibibytesForEachVcpu[regular.exec(family)?.[1] ?? ''];
  const times = /^([1-9]\d?)xlarge$/.exec(size)?.[1];
  const named = Object.hasOwn(vcpusOfSize, size) ? vcpusOfSize[size] : undefined;
  const vcpus = times === undefined ? named : 4 * Number(times);
  if (ratio === undefined || vcpus === undefined) return undefined;
  return { vcpus, memory: vcpus * ratio * GiB };
}
