import { builtScript } from '../host/built.ts';
import { run } from '../host/run.ts';
import { inNamespace } from '../namespaces/network-namespace.ts';

/** A packet to be sent for real, and by which protocol. */
export interface Flow {
  /** Dotted decimal, or IPv6. */
  readonly to: string;
  /** Of the destination; without meaning for ICMP. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
}

/**
 * What came of it.
 * - `accepted`: somebody took it.
 * - `refused`: it arrived and was turned away by the destination itself: nothing listens, but the network let it through.
 * - `timeout`: silence, which is all that a route, a group or an ACL that stands in the way ever gives.
 */
export type Outcome = 'accepted' | 'refused' | 'timeout';

/**
 * Sends each flow from within a network namespace and tells what came of it, in the same order.
 *
 * @param milliseconds how long silence is waited for, for all flows at once
 */
export async function probe(namespace: string, flows: readonly Flow[], milliseconds: number): Promise<Outcome[]> {
  const script = builtScript(import.meta.url, './probe-process.js');
  const [program, words] = inNamespace(namespace, process.execPath, script);
  return JSON.parse(await run(program, words, JSON.stringify({ flows, milliseconds }))) as Outcome[];
}
