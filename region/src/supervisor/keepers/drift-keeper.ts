import { Drift, type Mendable } from '../../drift/drift.ts';
import type { DriftEvent, DriftSummary } from '../../drift/drift-record.ts';
import { FabricMending, namesOfNamespaces } from '../../drift/fabric-mending.ts';
import { mountsPlace } from '../../drift/ground-mounts.ts';
import { KernelWatch } from '../../drift/kernel-watch.ts';
import type { FabricPlan } from '../../fabric/plan.ts';
import type { Incident } from '../../incident.ts';
import { HeldNamespaces } from '../../namespaces/held-namespaces.ts';

/** Milliseconds between two looks at one namespace after the other, in case that the kernel did not say everything. */
const round = 20_000;

/** Holds the kernel to what the region gave it. */
export class DriftKeeper {
  readonly #held = new HeldNamespaces();
  readonly #watch: KernelWatch;
  readonly #drift: Drift;
  readonly #timer: NodeJS.Timeout;
  #plan: FabricPlan | null = null;
  #next = 0;

  /**
   * @param others what else is put back, after the fabric
   * @param told.due it is time to mend, in turn with changes of the region
   */
  constructor(
    { mounts, others }: { readonly mounts: Mendable; readonly others: readonly Mendable[] },
    told: { event(event: DriftEvent): void; due(): void; incident(incident: Incident): void },
  ) {
    const plan = () => this.#plan;
    this.#drift = new Drift(
      [mounts, namesOfNamespaces(plan, this.#held), new FabricMending(plan, this.#held), ...others],
      told,
    );
    this.#watch = new KernelWatch({
      changed: (namespace) => this.#drift.changed(namespace),
      mounts: () => this.#drift.changed(mountsPlace),
      incident: told.incident,
    });
    this.#timer = setInterval(() => this.#lookAtNext(), round).unref();
  }

  get summaries(): DriftSummary[] {
    return this.#drift.summaries;
  }

  /** The kernel was told this plan; what no longer is in it is let go. */
  async follow(plan: FabricPlan): Promise<void> {
    this.#plan = plan;
    this.#held.hold(plan.namespaces.map(({ name }) => name));
    this.#watch.watch(plan.namespaces);
    await this.#watch.flush();
    this.#drift.settle();
  }

  /** Puts back what others have taken away. */
  async mend(before: 'a-change' | 'nothing'): Promise<void> {
    await this.#watch.flush();
    await this.#drift.mend(before);
  }

  /** Something was found to be missing that the kernel has not told of. */
  lookAtAll(): void {
    for (const { name } of this.#plan?.namespaces ?? []) this.#drift.changed(name);
    this.#drift.changed(mountsPlace);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#watch.stop();
    this.#drift.stop();
  }

  #lookAtNext(): void {
    const namespaces = this.#plan?.namespaces ?? [];
    const next = namespaces[this.#next++ % Math.max(1, namespaces.length)];
    if (next) this.#drift.changed(next.name);
  }
}
