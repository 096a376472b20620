import type { NetworkView } from '@terrace/cloud/views/network';
import { applyFabric } from '../../fabric/apply.ts';
import { compileFabric } from '../../fabric/compile.ts';
import type { FabricPlan } from '../../fabric/plan.ts';

/** Holds what the kernel was last told, so that the next view costs only its difference. */
export class FabricKeeper {
  #applied: FabricPlan | null = null;

  /**
   * Makes the fabric this view's. Where the kernel refuses, what was before is put back.
   *
   * @throws ProgramFailed with what the kernel said
   */
  async apply(view: NetworkView): Promise<void> {
    const desired = compileFabric(view);
    try {
      await applyFabric(this.#applied, desired);
      this.#applied = desired;
    } catch (error) {
      if (this.#applied) await applyFabric(desired, this.#applied).catch(() => undefined);
      throw error;
    }
  }

  get plan(): FabricPlan | null {
    return this.#applied;
  }
}
