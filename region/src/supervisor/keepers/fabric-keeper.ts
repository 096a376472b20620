import type { NetworkView } from '@terrace/cloud/views/network';
import { applyFabric } from '../../fabric/apply.ts';
import { compileFabric } from '../../fabric/compile.ts';
import type { FabricPlan } from '../../fabric/plan.ts';

/** Who sees to it that the kernel keeps what it was told. */
interface Watcher {
  /** Puts back what others have taken away: a change is the difference to what stands. */
  mend(before: 'a-change'): Promise<void>;
  follow(plan: FabricPlan): Promise<void>;
}

/** Holds what the kernel was last told, so that the next view costs only its difference. */
export class FabricKeeper {
  readonly #watcher: Watcher | null;
  #applied: FabricPlan | null = null;

  constructor(watcher: Watcher | null = null) {
    this.#watcher = watcher;
  }

  /**
   * Makes the fabric this view's. Where the kernel refuses, what was before is put back.
   *
   * @throws ProgramFailed with what the kernel said
   */
  async apply(view: NetworkView): Promise<void> {
    const desired = compileFabric(view);
    await this.#watcher?.mend('a-change');
    try {
      await applyFabric(this.#applied, desired);
      this.#applied = desired;
      await this.#watcher?.follow(desired);
    } catch (error) {
      if (this.#applied) await applyFabric(desired, this.#applied).catch(() => undefined);
      throw error;
    }
  }

  get plan(): FabricPlan | null {
    return this.#applied;
  }
}
