import { keepLooking } from '../balancing/keep-looking.ts';
import { failed, type Incident } from '../incident.ts';
import type { Outline } from '../outline.ts';
import { type UnhealthyMember, unhealthyMembers } from './group-health.ts';
import type { BalancerKeeper } from './keepers/balancer-keeper.ts';
import type { InstanceKeeper } from './keepers/instance-keeper.ts';

/** What the watch looks at, and whom it tells. */
interface Watched {
  readonly balancers: BalancerKeeper;
  /** `null` until the region is up. */
  present(): { readonly outline: Outline; readonly instances: InstanceKeeper } | null;
  zonesChanged(zones: ReadonlyMap<string, ReadonlySet<string>>): Promise<void>;
  replace(member: UnhealthyMember): Promise<void>;
  incident(incident: Incident): void;
}

/** Milliseconds between two looks. */
const pace = 2_000;

/** What follows from the targets' health outside of load balancers: what their names say, and who is replaced. */
export class HealthWatch {
  readonly #watched: Watched;
  readonly #stopped = new AbortController();
  readonly #underWay = new Set<string>();
  #zones = '';

  constructor(watched: Watched) {
    this.#watched = watched;
    void keepLooking(() => this.#look(), {
      pace,
      signal: this.#stopped.signal,
      failed: (error) => watched.incident(failed("targets' health", error)),
    });
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #look(): Promise<void> {
    const present = this.#watched.present();
    if (!present) return;
    const { outline, instances } = present;
    const { health, emptyZones } = await this.#watched.balancers.look();
    const zones = JSON.stringify([...emptyZones].map(([balancer, empty]) => [balancer, [...empty].sort()]));
    if (zones !== this.#zones) {
      await this.#watched.zonesChanged(emptyZones);
      this.#zones = zones;
    }
    const due = unhealthyMembers(outline, health, (id) => instances.ageOf(id), this.#underWay);
    for (const member of due) {
      this.#underWay.add(member.id);
      void this.#watched.replace(member).finally(() => this.#underWay.delete(member.id));
    }
  }
}
