import { type Lacking, lackingLines, lookInto } from '../fabric/look.ts';
import type { FabricPlan } from '../fabric/plan.ts';
import { repairFabric } from '../fabric/repair.ts';
import type { HeldNamespaces } from '../namespaces/held-namespaces.ts';
import type { Fault, Mendable } from './drift.ts';

/** The names of network namespaces: who takes one away takes no more than the name. */
export function namesOfNamespaces(plan: () => FabricPlan | null, held: HeldNamespaces): Mendable {
  return {
    find: async () => {
      const names = (plan()?.namespaces ?? []).map(({ name }) => name);
      return names
        .filter((name) => !held.isNamed(name))
        .map((where) => ({ where, missing: [`network namespace ${where}`] }));
    },
    repair: async (faults) => {
      for (const { where } of faults) await held.putBack(where);
    },
  };
}

interface FabricFault extends Fault {
  readonly lacking: Lacking;
}

/** Interfaces, addresses, routes, rules, nftables and settings of the fabric. */
export class FabricMending implements Mendable {
  readonly #plan: () => FabricPlan | null;
  readonly #held: HeldNamespaces;

  constructor(plan: () => FabricPlan | null, held: HeldNamespaces) {
    this.#plan = plan;
    this.#held = held;
  }

  async find(places: ReadonlySet<string>): Promise<readonly FabricFault[]> {
    const plan = this.#plan();
    if (!plan) return [];
    const known = plan.namespaces.map(({ name }) => name).filter((name) => places.has(name));
    // Never a namespace that only has the name of one of the region's: it may be the host's.
    const looked = await lookInto(plan, new Set(known.filter((name) => this.#held.isNamed(name))));
    return looked
      .map((lacking) => ({ where: lacking.namespace, missing: lackingLines(lacking), lacking }))
      .filter(({ missing }) => missing.length > 0);
  }

  async repair(faults: readonly Fault[]): Promise<void> {
    const plan = this.#plan();
    if (plan)
      await repairFabric(
        plan,
        (faults as readonly FabricFault[]).map(({ lacking }) => lacking),
      );
  }
}
