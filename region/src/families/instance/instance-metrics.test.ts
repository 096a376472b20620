import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { InstanceMetrics, type InstanceReading } from './instance-metrics.ts';
import { otherEnd, readCounters, together } from './interface-counters.ts';
import { processTimes, timeIn } from './process-times.ts';

const minute = 60_000;
/** A time at which five minutes begin. */
const start = Date.parse('2026-11-29T00:00:00Z');

const idle: InstanceReading = {
  id: 'i-1',
  group: 'web',
  isWarmingUp: false,
  type: 't3.micro',
  image: 'ami-1',
  isDetailed: true,
  vcpus: 2,
  processorTime: 0,
  network: { bytesIn: 0, bytesOut: 0, packetsIn: 0, packetsOut: 0 },
  isImpaired: false,
  isHostImpaired: false,
};

function network(bytes: number): InstanceReading['network'] {
  return { bytesIn: bytes, bytesOut: 2 * bytes, packetsIn: bytes / 100, packetsOut: bytes / 50 };
}

/** What is measured of the instance itself at the end of each minute, by name, with the minute that it is of. */
function measured(readings: readonly InstanceReading[], { speed = 1 } = {}) {
  const metrics = new InstanceMetrics();
  return readings.flatMap((reading, index) =>
    metrics
      .measure([reading], start + index * minute, (index * minute) / speed)
      .filter(({ dimensions }) => 'InstanceId' in dimensions)
      .map(({ name, at, value }) => `${name} ${(at - start) / minute} ${value}`),
  );
}

describe('detailed monitoring', () => {
  test('tells the processor’s share of the type’s vCPUs and the bytes of each minute', () => {
    const found = measured([idle, { ...idle, processorTime: 30, network: network(1000) }]);
    expect(found).toEqual(expect.arrayContaining(['CPUUtilization 1 25', 'NetworkIn 1 1000', 'NetworkOut 1 2000']));
  });

  test('a share is one of the wall’s time, however fast the region’s clock runs', () => {
    expect(measured([idle, { ...idle, processorTime: 0.5 }], { speed: 60 })).toContain('CPUUtilization 1 25');
  });

  test('more than the type has is all of it', () => {
    expect(measured([idle, { ...idle, processorTime: 500 }])).toContain('CPUUtilization 1 100');
  });

  test('adds up by group, type, image and over all', () => {
    const metrics = new InstanceMetrics();
    metrics.measure([idle], start, 0);
    const found = metrics.measure([idle], start + minute, minute).filter(({ name }) => name === 'CPUUtilization');
    expect(found.map(({ dimensions }) => dimensions)).toEqual([
      { InstanceId: 'i-1' },
      { AutoScalingGroupName: 'web' },
      { InstanceType: 't3.micro' },
      { ImageId: 'ami-1' },
      {},
    ]);
  });
});

test('a member that warms up counts for itself and not yet for its group', () => {
  const metrics = new InstanceMetrics();
  const warming = { ...idle, isDetailed: false, isWarmingUp: true };
  metrics.measure([warming], start, 0);
  const found = metrics.measure([warming], start + 5 * minute, 5 * minute);
  const of = (wanted: string) => found.filter(({ name }) => name === wanted).map(({ dimensions }) => dimensions);
  expect(of('CPUUtilization')).toEqual([{ InstanceId: 'i-1' }]);
  expect(of('StatusCheckFailed')).toEqual([{ InstanceId: 'i-1' }, { AutoScalingGroupName: 'web' }]);
});

describe('basic monitoring', () => {
  test('tells what five minutes had, once they are over, by instance and group', () => {
    const busy = (index: number) => ({
      ...idle,
      isDetailed: false,
      processorTime: 60 * index,
      network: network(100 * index),
    });
    const found = measured(Array.from({ length: 10 }, (_, index) => busy(index))).filter(
      (each) => !each.startsWith('Status'),
    );
    // It was first seen at the end of minute 0, and five minutes end with minutes 4 and 9.
    expect(found).toEqual([
      'CPUUtilization 0 50',
      'NetworkIn 0 400',
      'NetworkOut 0 800',
      'NetworkPacketsIn 0 4',
      'NetworkPacketsOut 0 8',
      'CPUUtilization 5 50',
      'NetworkIn 5 500',
      'NetworkOut 5 1000',
      'NetworkPacketsIn 5 5',
      'NetworkPacketsOut 5 10',
    ]);
  });
});

describe('status checks', () => {
  test.each([
    ['a healthy instance', {}, [0, 0, 0]],
    ['an instance whose process 1 hangs', { isImpaired: true }, [1, 1, 0]],
    ['an instance whose host hangs', { isHostImpaired: true }, [1, 0, 1]],
  ])('%s', (_case, changed, [any, instance, system]) => {
    expect(measured([{ ...idle, isDetailed: false, ...changed }])).toEqual([
      `StatusCheckFailed 0 ${any}`,
      `StatusCheckFailed_Instance 0 ${instance}`,
      `StatusCheckFailed_System 0 ${system}`,
    ]);
  });
});

describe('what is not known is not measured', () => {
  test.each([
    ['a type of unknown size', { vcpus: null }, 'CPUUtilization'],
    ['processes that nobody counts', { processorTime: null }, 'CPUUtilization'],
    ['interfaces that could not be read', { network: null }, 'NetworkIn'],
  ])('%s', (_case, changed, name) => {
    const found = measured([idle, { ...idle, ...changed }]).map((each) => each.split(' ')[0]);
    expect(found).not.toContain(name);
    expect(found).toContain('StatusCheckFailed');
  });

  test('counts that began anew are told as they are, and processor time is not', () => {
    const found = measured([
      { ...idle, processorTime: 50, network: network(9000) },
      { ...idle, processorTime: 1, network: network(700) },
    ]);
    expect(found).toContain('NetworkIn 1 700');
    expect(found.map((each) => each.split(' ')[0])).not.toContain('CPUUtilization');
  });
});

test('reads the kernel’s counters of interfaces', () => {
  const counters = readCounters(`Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
eabc123:    5000      10    0    0    0     0          0         0     700       3    0    0    0     0       0          0
`);
  expect(counters.get('eabc123')).toEqual({ bytesIn: 5000, packetsIn: 10, bytesOut: 700, packetsOut: 3 });
  const seen = otherEnd(counters.get('eabc123')!);
  expect(together([seen, seen])).toEqual({ bytesIn: 1400, packetsIn: 6, bytesOut: 10_000, packetsOut: 20 });
});

describe('processor time of processes', () => {
  test('counts ended children, whatever the name of the process', () => {
    const stat = '12 (a) b (c) S 1 12 12 0 -1 4194560 1000 2000 0 0 150 50 300 100 20 0 1 0 5000 1000 100';
    expect(timeIn(stat)).toBe(6);
  });

  test('is that of the processes in the namespace', async () => {
    const busy = spawn('sh', ['-c', 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; sleep 60']);
    await once(busy.stdout, 'data');
    try {
      const own = `/proc/${busy.pid}/ns/net`;
      expect(processTimes([own]).get(own)).toBeGreaterThan(0);
      expect(processTimes(['/proc/nobody']).size).toBe(0);
    } finally {
      busy.kill();
    }
  });
});
