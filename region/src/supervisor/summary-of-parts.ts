import type { Mistake } from '@terrace/cloud/mistake';
import { inspectFabric } from '../fabric/inspect.ts';
import type { OperationsSummary } from '../operations/operations-summary.ts';
import type { Outline } from '../outline.ts';
import { answering } from './part-answers.ts';
import type { Parts } from './parts.ts';
import { notRepaired } from './region-mistakes.ts';
import { instanceSummary, type RegionStatus, type RegionSummary } from './summary.ts';

/** What the last change found out; the rest is asked of the parts at the moment. */
export type KnownSummary = Omit<RegionSummary, 'instances' | 'databases' | 'targets' | 'replacements'>;

/** @param broken what went wrong since then */
export async function summaryOf(
  present: Outline,
  { instances, databases, balancers, drift }: Parts,
  { known, broken }: { readonly known: KnownSummary; readonly broken: readonly Mistake[] },
): Promise<RegionSummary> {
  return {
    ...known,
    instances: present.fleet.instances.map(({ id }) =>
      instanceSummary(present, id, instances?.stateOf(id) ?? 'terminated'),
    ),
    databases: await databases.summaries(),
    targets: await balancers.targets(),
    replacements: instances?.replacements ?? [],
    failures: [...known.failures, ...(instances?.failures ?? []), ...broken, ...notRepaired(drift.summaries)],
  };
}

/**
 * The summary with what the kernel is found to hold now; `null` until there is a network.
 *
 * @param answers what the region's processes answered when they were asked
 */
export async function statusOf(
  summary: RegionSummary & OperationsSummary,
  { fabric, balancers, drift, instances }: Parts,
  answers: Parameters<typeof answering>[0],
): Promise<RegionStatus | null> {
  if (!fabric.plan) return null;
  const kernel = [...(await inspectFabric(fabric.plan)), await balancers.inspect()];
  if (kernel.some(({ inForce }) => !inForce)) drift.lookAtAll();
  const mechanisms = [...kernel, answering(answers)];
  return { ...summary, mechanisms, unbounded: instances?.unbounded ?? [], drift: drift.summaries };
}
