import { natCounters } from '../../fabric/compile-interface.ts';
import { run } from '../../host/run.ts';
import type { Measurement } from '../../metrics/metric.ts';
import { inNamespace } from '../../namespaces/network-namespace.ts';

type Counter = (typeof natCounters)[number];

/** What a NAT gateway has counted since its rules were loaded. */
export type NatCounters = Readonly<Record<Counter, { readonly packets: number; readonly bytes: number }>>;

/** Asks the packet filter of a NAT gateway's namespace. One process. */
export async function natCountersOf(namespace: string): Promise<NatCounters> {
  const [program, words] = inNamespace(namespace, 'nft', '-j', 'list', 'counters');
  return readNatCounters(await run(program, words));
}

export function readNatCounters(listed: string): NatCounters {
  const { nftables } = JSON.parse(listed) as {
    nftables: { counter?: { name: string; packets: number; bytes: number } }[];
  };
  const found = new Map(nftables.flatMap(({ counter }) => (counter ? [[counter.name, counter] as const] : [])));
  const count = (name: Counter) => {
    const { packets = 0, bytes = 0 } = found.get(name) ?? {};
    return [name, { packets, bytes }] as const;
  };
  return Object.fromEntries(natCounters.map(count)) as unknown as NatCounters;
}

/**
 * Measures NAT gateways by what they have counted since the last time.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
 */
export class NatGatewayMetrics {
  #before: ReadonlyMap<string, NatCounters> = new Map();

  /** @param counted by the gateways' ids */
  measure(counted: ReadonlyMap<string, NatCounters>): Measurement[] {
    const measured = [...counted].flatMap(([id, counters]) => {
      // A gateway's rules are loaded when it is made, and count from nothing.
      const before = this.#before.get(id) ?? nothing;
      return metrics.map(([name, counter, field]) =>
        metricOf(id, name, field, grown(before, counters, counter, field)),
      );
    });
    this.#before = new Map([...this.#before, ...counted]);
    return measured;
  }
}

const metrics: readonly (readonly [name: string, counter: Counter, field: 'bytes' | 'packets'])[] = [
  ['BytesInFromSource', 'from_source', 'bytes'],
  ['BytesInFromDestination', 'from_destination', 'bytes'],
  ['BytesOutToSource', 'to_source', 'bytes'],
  ['BytesOutToDestination', 'to_destination', 'bytes'],
  ['PacketsInFromSource', 'from_source', 'packets'],
  ['PacketsInFromDestination', 'from_destination', 'packets'],
  ['PacketsOutToSource', 'to_source', 'packets'],
  ['PacketsOutToDestination', 'to_destination', 'packets'],
  ['ConnectionAttemptCount', 'attempted', 'packets'],
  ['ConnectionEstablishedCount', 'established', 'packets'],
  ['ErrorPortAllocation', 'refused', 'packets'],
];

const nothing = Object.fromEntries(natCounters.map((name) => [name, { packets: 0, bytes: 0 }])) as NatCounters;

/** Rules that were loaded anew count from nothing. */
function grown(before: NatCounters, now: NatCounters, counter: Counter, field: 'bytes' | 'packets'): number {
  const [from, to] = [before[counter][field], now[counter][field]];
  return to < from ? to : to - from;
}

function metricOf(id: string, name: string, field: 'bytes' | 'packets', value: number): Measurement {
  const unit = field === 'bytes' ? 'Bytes' : 'Count';
  return { namespace: 'AWS/NATGateway', name, dimensions: { NatGatewayId: id }, unit, value };
}
