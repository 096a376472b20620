import { ProgramFailed } from '../host/run.ts';
import { configure } from '../namespaces/network-namespace.ts';
import { applyFabric } from './apply.ts';
import { timeoutsTable } from './flow-timeouts.ts';
import { filterTable, type Lacking } from './look.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type { FabricPlan, LinkPlan, NamespacePlan } from './plan.ts';

/**
 * Puts back what the kernel lacks of a plan, and touches nothing else: what stands is not taken down for it. A table of nftables takes the
 * place of its former self in one step; flows that are under way stay.
 *
 * @throws ProgramFailed where the kernel refuses
 */
export async function repairFabric(plan: FabricPlan, lacking: readonly Lacking[]): Promise<void> {
  const byNamespace = new Map(lacking.map((each) => [each.namespace, each]));
  const lost = plan.links.filter(({ ends }) =>
    ends.some(({ namespace, name }) => byNamespace.get(namespace)?.links.includes(name)),
  );
  await mapConcurrently(lost, 4, deleteRemains);
  await mapConcurrently(lacking, 4, (each) => configure(each.namespace, {}, restoring(plan, each)));
  const present = {
    namespaces: plan.namespaces.map((each) => withoutLacking(each, byNamespace.get(each.name))),
    links: plan.links.filter((each) => !lost.includes(each)),
  };
  await applyFabric(present, plan);
}

/** The other end of a link may still be there, under its name, where one was moved or renamed. */
async function deleteRemains({ ends }: LinkPlan): Promise<void> {
  for (const { namespace, name } of ends) {
    await configure(namespace, {}, [`link delete ${name}`]).catch((error) => {
      if (!(error instanceof ProgramFailed && error.said.includes('Cannot find device'))) throw error;
    });
  }
}

function restoring({ links }: FabricPlan, { namespace, altered }: Lacking): string[] {
  const commands = links.flatMap(({ ends, mtu }) =>
    ends
      .filter((end) => end.namespace === namespace && altered.includes(end.name))
      .map(({ name, mac }) => `link set dev ${name} address ${mac} mtu ${mtu} up`),
  );
  return [...(altered.includes('lo') ? ['link set dev lo up'] : []), ...commands];
}

function withoutLacking(plan: NamespacePlan, lacking: Lacking | undefined): NamespacePlan {
  if (!lacking) return plan;
  const rest = (lines: readonly string[], missing: readonly string[]) =>
    lines.filter((each) => !missing.includes(each));
  const tables = new Set(lacking.tables.map(({ table }) => table));
  return {
    ...plan,
    addresses: rest(plan.addresses, lacking.addresses),
    neighbours: rest(plan.neighbours, lacking.neighbours),
    routes: rest(plan.routes, lacking.routes),
    rules: rest(plan.rules, lacking.rules),
    rules6: rest(plan.rules6, lacking.rules6),
    ruleset: tables.has(filterTable) ? null : plan.ruleset,
    timeouts: tables.has(timeoutsTable) ? null : (plan.timeouts ?? null),
    settings: Object.fromEntries(Object.entries(plan.settings).filter(([path]) => !lacking.settings.includes(path))),
  };
}
