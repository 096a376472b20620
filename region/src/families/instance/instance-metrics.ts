import type { TimedMeasurement } from '../../metrics/metric.ts';
import type { InterfaceCounters } from './interface-counters.ts';

/** What is read of an instance that runs. */
export interface InstanceReading {
  readonly id: string;
  /** The Auto Scaling group that it is a member of; `null` for one of its own. */
  readonly group: string | null;
  /** Its group's metrics do not have it yet. */
  readonly isWarmingUp: boolean;
  /** `null` where the template does not say it. */
  readonly type: string | null;
  readonly image: string | null;
  readonly isDetailed: boolean;
  /** Of its type; `null` where that is not known, and with it what share of a processor it takes. */
  readonly vcpus: number | null;
  /** Seconds since its processes began to be counted; `null` where nobody counts. */
  readonly processorTime: number | null;
  /** Of all its interfaces; `null` where they could not be read. */
  readonly network: InterfaceCounters | null;
  /** Its process 1 does not answer. */
  readonly isImpaired: boolean;
  /** What it runs on does not answer. */
  readonly isHostImpaired: boolean;
}

const minute = 60_000;
const fiveMinutes = 5 * minute;

interface Baseline {
  /** Which period, counted from 1970, the reading ended. */
  readonly period: number;
  /** Milliseconds of the wall's time. */
  readonly wall: number;
  readonly reading: InstanceReading;
}

/**
 * Measures instances: the processor and the network by what the kernel has counted since the last time, status checks by who answers.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
 */
export class InstanceMetrics {
  /** By period and instance. */
  #baselines: ReadonlyMap<string, Baseline> = new Map();

  /**
   * @param at start of the minute that is over, by the region's clock
   * @param wall milliseconds of the wall's time: what a processor's share is of
   */
  measure(readings: readonly InstanceReading[], at: number, wall: number): TimedMeasurement[] {
    const next = new Map<string, Baseline>();
    const over = (
      reading: InstanceReading,
      length: number,
    ): { readonly at: number; readonly before: Baseline } | null => {
      const key = `${length} ${reading.id}`;
      const before = this.#baselines.get(key);
      const period = Math.floor((at + minute) / length);
      const isOver = before !== undefined && period > before.period;
      next.set(key, before && !isOver ? before : { period, wall, reading });
      return isOver ? { at: (period - 1) * length, before } : null;
    };
    const measured = readings.flatMap((reading): TimedMeasurement[] => {
      const usual = over(reading, reading.isDetailed ? minute : fiveMinutes);
      const packets = over(reading, fiveMinutes);
      return [
        ...(usual ? processorShare(reading, usual.before, wall).map((value) => ({ at: usual.at, ...value })) : []),
        ...(usual ? traffic(reading, usual.before, byteMetrics).map((value) => ({ at: usual.at, ...value })) : []),
        ...(packets
          ? traffic(reading, packets.before, packetMetrics).map((value) => ({ at: packets.at, ...value }))
          : []),
        ...statusChecks(reading).map((value) => ({ at, ...value })),
      ].flatMap(({ every, ...value }) =>
        dimensionsOf(reading, every).map((dimensions) => ({ ...value, namespace: 'AWS/EC2', dimensions })),
      );
    });
    this.#baselines = next;
    return measured;
  }
}

/** @param every whether it is a metric that detailed monitoring adds dimensions to */
interface Value {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly every: boolean;
}

/** A processor that is free may be lent: an instance that takes more than its type has is busy, and not more than that. */
function processorShare(reading: InstanceReading, before: Baseline, wall: number): Value[] {
  const [from, to] = [before.reading.processorTime, reading.processorTime];
  const seconds = (wall - before.wall) / 1000;
  if (from === null || to === null || to < from || reading.vcpus === null || seconds <= 0) return [];
  const value = Math.min(100, ((to - from) / (seconds * reading.vcpus)) * 100);
  return [{ name: 'CPUUtilization', unit: 'Percent', value, every: true }];
}

const byteMetrics = [
  ['NetworkIn', 'Bytes', 'bytesIn'],
  ['NetworkOut', 'Bytes', 'bytesOut'],
] as const;
/** Reported by basic monitoring alone, that is every five minutes. */
const packetMetrics = [
  ['NetworkPacketsIn', 'Count', 'packetsIn'],
  ['NetworkPacketsOut', 'Count', 'packetsOut'],
] as const;

function traffic(
  { network }: InstanceReading,
  { reading }: Baseline,
  metrics: readonly (readonly [string, string, keyof InterfaceCounters])[],
): Value[] {
  const former = reading.network;
  if (!network || !former) return [];
  return metrics.map(([name, unit, field]) => {
    // Interfaces that were made anew count from nothing.
    const value = network[field] < former[field] ? network[field] : network[field] - former[field];
    return { name, unit, value, every: true };
  });
}

/** Each minute, whatever the monitoring. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html */
function statusChecks({ isImpaired, isHostImpaired }: InstanceReading): Value[] {
  const failed = [
    ['StatusCheckFailed', isImpaired || isHostImpaired],
    ['StatusCheckFailed_Instance', isImpaired],
    ['StatusCheckFailed_System', isHostImpaired],
  ] as const;
  return failed.map(([name, has]) => ({ name, unit: 'Count', value: has ? 1 : 0, every: false }));
}

/** By instance and by group; with detailed monitoring by type, by image and over all instances too. */
function dimensionsOf(
  { id, group, type, image, isDetailed, isWarmingUp }: InstanceReading,
  isForEvery: boolean,
): Readonly<Record<string, string>>[] {
  const isForAll = isDetailed && isForEvery;
  return [
    { InstanceId: id },
    ...(group === null || (isForEvery && isWarmingUp) ? [] : [{ AutoScalingGroupName: group }]),
    ...(isForAll && type !== null ? [{ InstanceType: type }] : []),
    ...(isForAll && image !== null ? [{ ImageId: image }] : []),
    ...(isForAll ? [{}] : []),
  ];
}
