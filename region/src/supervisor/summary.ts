import { formatAddress } from '@terrace/cloud/address';
import { formatAddress6 } from '@terrace/cloud/address6';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import type { Mistake } from '@terrace/cloud/mistake';
import { fidelityReport, outcomesOf } from '@terrace/cloud/validate/fidelity';
import { address6Of } from '@terrace/cloud/views/network';
import type { Words } from '@terrace/cloud/words';
import type { DriftSummary } from '../drift/drift-record.ts';
import type { Mechanism } from '../fabric/inspect.ts';
import type { OperationsSummary } from '../operations/operations-summary.ts';
import { type Outline, primaryInterface } from '../outline.ts';

/** What `terrace up` and `terrace status` say of a region: a stable shape, documented in docs/json.md. */
export interface RegionSummary {
  /** Where a browser finds the application; `null` where the template has no internet-facing load balancer. */
  readonly app: string | null;
  readonly doors: readonly { readonly name: string; readonly url: string }[];
  /** `Outputs` of each stack, in the order of creation; secrets in them are masked. */
  readonly outputs: readonly OutputSummary[];
  /** Milliseconds. */
  readonly timings: Readonly<Record<string, number>>;
  /** Number of resources by type: those that act, those that would and cannot, those that only lenses answer for, and those that are not carried out. */
  readonly resources: Fidelity;
  /** Resources that cannot act, by reason. */
  readonly unable: readonly Unable[];
  readonly instances: readonly InstanceSummary[];
  readonly databases: readonly DatabaseSummary[];
  readonly targets: readonly TargetSummary[];
  /** Members of Auto Scaling groups that were replaced, and why; the latest last. */
  readonly replacements: readonly ReplacementSummary[];
  /** What went wrong without keeping the rest from running. */
  readonly failures: readonly Mistake[];
}

/** `terrace status` besides: what was looked up in the kernel at that moment. */
export interface RegionStatus extends RegionSummary, OperationsSummary {
  readonly mechanisms: readonly Mechanism[];
  /** Whose memory and processes nothing bounds, and why; none where each instance has the bounds of its type. */
  readonly unbounded: readonly Unbounded[];
  /** What others changed in the kernel lately, and what came of it; the latest last. */
  readonly drift: readonly DriftSummary[];
}

export interface Unbounded {
  /** As on the command line, for example `web/0`. */
  readonly instances: readonly string[];
  readonly reason: Words;
}

export interface Unable {
  readonly type: string;
  /** Keys. */
  readonly resources: readonly string[];
  readonly reason: Words;
}

export interface OutputSummary {
  readonly stack: string;
  readonly name: string;
  readonly value: Json;
}

interface Fidelity {
  readonly real: Readonly<Record<string, number>>;
  readonly unable: Readonly<Record<string, number>>;
  readonly modelled: Readonly<Record<string, number>>;
  readonly ignored: Readonly<Record<string, number>>;
}

interface InstanceSummary {
  /** As on the command line, for example `web/0`. */
  readonly name: string;
  readonly id: string;
  readonly zone: string;
  readonly address: string;
  /** Of IPv6, where it has one. */
  readonly address6?: string;
  readonly state: string;
}

export interface DatabaseSummary {
  readonly id: string;
  readonly endpoint: string;
  readonly port: number;
  readonly engine: string;
  readonly state: string;
  /** Of a Multi-AZ instance that runs: `in-sync`, `behind`, `not-answering`; otherwise `null`. */
  readonly standby: string | null;
}

export interface ReplacementSummary {
  /** As on the command line, for example `web/0`: who took the place is called so again. */
  readonly instance: string;
  /** The one that was replaced. */
  readonly id: string;
  /** Who took its place. */
  readonly successor: string;
  /** ISO 8601 */
  readonly at: string;
  readonly reason: Words;
}

export interface TargetSummary {
  readonly targetGroup: string;
  readonly target: string;
  readonly port: number;
  readonly health: string;
  readonly reason: string | null;
}

/** Resources by what becomes of them, and by type. */
export function countByType(inventory: Inventory): Fidelity {
  const counts: Record<keyof Fidelity, Record<string, number>> = { real: {}, unable: {}, modelled: {}, ignored: {} };
  const outcomeOf = outcomesOf(inventory);
  for (const resource of inventory.resources) {
    const count = counts[outcomeOf(resource).outcome];
    count[resource.type] = (count[resource.type] ?? 0) + 1;
  }
  return counts;
}

export function outputsIn({ stacks }: Inventory): OutputSummary[] {
  return stacks.flatMap(({ name: stack, outputs }) => outputs.map(({ name, value }) => ({ stack, name, value })));
}

export function unableIn(inventory: Inventory): Unable[] {
  return fidelityReport(inventory)
    .filter(({ fidelity }) => fidelity === 'unable')
    .map(({ type, resources, how }) => ({ type, resources, reason: how }));
}

export function instanceSummary({ network }: Outline, id: string, state: string): InstanceSummary {
  const primary = primaryInterface(network, id);
  const subnet = network.subnets.find((each) => each.id === primary?.subnet);
  const address6 = primary ? address6Of(network, primary.id) : null;
  return {
    name: primary?.name ?? id,
    id,
    zone: subnet?.zone ?? '',
    address: primary ? formatAddress(primary.addresses[0]!) : '',
    ...(address6 === null ? {} : { address6: formatAddress6(address6) }),
    state,
  };
}
