import { run } from '../../host/run.ts';
import { inNamespace } from '../../namespaces/network-namespace.ts';

/** What the kernel has counted of an interface since it was made, as its own end sees it. */
export interface InterfaceCounters {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly packetsIn: number;
  readonly packetsOut: number;
}

/** Counters of every interface of a network namespace, by name. One process. */
export async function interfaceCounters(namespace: string): Promise<Map<string, InterfaceCounters>> {
  const [program, words] = inNamespace(namespace, 'cat', '/proc/net/dev');
  return readCounters(await run(program, words));
}

/** https://docs.kernel.org/filesystems/proc.html#networking-info-in-proc-net */
export function readCounters(text: string): Map<string, InterfaceCounters> {
  const counters = new Map<string, InterfaceCounters>();
  for (const line of text.split('\n')) {
    const [, name, said] = /^\s*([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || said === undefined) continue;
    const [bytesIn, packetsIn, , , , , , , bytesOut, packetsOut] = said.trim().split(/\s+/).map(Number);
    counters.set(name, {
      bytesIn: bytesIn ?? 0,
      bytesOut: bytesOut ?? 0,
      packetsIn: packetsIn ?? 0,
      packetsOut: packetsOut ?? 0,
    });
  }
  return counters;
}

/** The same link as its other end sees it. */
export function otherEnd({ bytesIn, bytesOut, packetsIn, packetsOut }: InterfaceCounters): InterfaceCounters {
  return { bytesIn: bytesOut, bytesOut: bytesIn, packetsIn: packetsOut, packetsOut: packetsIn };
}

export function together(all: readonly InterfaceCounters[]): InterfaceCounters {
  const sum = (field: keyof InterfaceCounters) => all.reduce((total, each) => total + each[field], 0);
  return {
    bytesIn: sum('bytesIn'),
    bytesOut: sum('bytesOut'),
    packetsIn: sum('packetsIn'),
    packetsOut: sum('packetsOut'),
  };
}
