import { expect, test } from 'vitest';
import { NatGatewayMetrics, readNatCounters } from './nat-gateway-metrics.ts';

function listed(counts: Readonly<Record<string, readonly [packets: number, bytes: number]>>): string {
  const counters = Object.entries(counts).map(([name, [packets, bytes]]) => ({
    counter: { family: 'ip', name, table: 'terrace', handle: 2, packets, bytes },
  }));
  return JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6' } }, ...counters] });
}

function measured(...answers: readonly string[]): Record<string, unknown> {
  const metrics = new NatGatewayMetrics();
  const all = answers.map((each) => metrics.measure(new Map([['nat-1', readNatCounters(each)]])));
  return Object.fromEntries(all.at(-1)!.map(({ name, unit, value }) => [name, `${value} ${unit}`]));
}

test('a NAT gateway is measured by what it has counted since the last time', () => {
  const first = listed({ from_source: [10, 1000], to_destination: [10, 1000], attempted: [1, 60] });
  const second = listed({
    from_source: [14, 1900],
    to_destination: [13, 1800],
    from_destination: [5, 9000],
    to_source: [5, 9000],
    attempted: [3, 180],
    established: [2, 120],
    refused: [1, 60],
  });
  expect(measured(first)).toMatchObject({ BytesInFromSource: '1000 Bytes', ConnectionAttemptCount: '1 Count' });
  expect(measured(first, second)).toEqual({
    BytesInFromSource: '900 Bytes',
    BytesInFromDestination: '9000 Bytes',
    BytesOutToSource: '9000 Bytes',
    BytesOutToDestination: '800 Bytes',
    PacketsInFromSource: '4 Count',
    PacketsInFromDestination: '5 Count',
    PacketsOutToSource: '5 Count',
    PacketsOutToDestination: '3 Count',
    ConnectionAttemptCount: '2 Count',
    ConnectionEstablishedCount: '2 Count',
    ErrorPortAllocation: '1 Count',
  });
});

test('rules that were loaded anew count from nothing', () => {
  const found = measured(listed({ from_source: [100, 9000] }), listed({ from_source: [2, 120] }));
  expect(found).toMatchObject({ BytesInFromSource: '120 Bytes', PacketsInFromSource: '2 Count' });
});
