import type { ScheduledScaling } from '@terrace/cloud/families/auto-scaling-group/scheduled-action';
import type { GroupSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import type { RegionClock } from '../clock/region-clock.ts';
import type { Outline } from '../outline.ts';
import { allowanceUnder, groupsOf, type Shortage, shortagesIn } from '../scaling/launch-shortage.ts';
import type { Due } from '../schedule/due.ts';
import { GroupCapacities } from './group-capacities.ts';
import { outlineAfter } from './group-members.ts';
import type { BalancerKeeper } from './keepers/balancer-keeper.ts';
import type { DatabaseKeeper } from './keepers/database-keeper.ts';
import { ScheduleWatch } from './schedule-watch.ts';

/** The region, as far as schedules change it. */
interface Scheduled {
  readonly clock: RegionClock;
  readonly balancers: BalancerKeeper;
  readonly databases: DatabaseKeeper;
  /** `null` until the region is up. */
  present(): Outline | null;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Lets names mean where the databases stand now. */
  applyNames(desired: Outline): Promise<void>;
  /** Makes the region one of another fleet. */
  become(desired: Outline): Promise<void>;
  /** What kept something from being done. */
  failed(mistakes: readonly Mistake[]): void;
  ended(error: Error): void;
}

/** What the template has scheduled: sizes of Auto Scaling groups, and databases that are started and stopped. */
export class ScheduledChanges {
  readonly #region: Scheduled;
  readonly #capacities = new GroupCapacities();
  readonly #watch: ScheduleWatch;
  /** vCPUs that the account may run; `null` for no limit. */
  quota: number | null = null;

  constructor(region: Scheduled) {
    this.#region = region;
    this.#watch = new ScheduleWatch(
      region.clock,
      () => region.present()?.inventory ?? null,
      (due) => this.#carryOut(due).catch((error: Error) => region.ended(error)),
    );
  }

  /**
   * With as many members as its groups have by now, those that stand among them.
   *
   * @param replaced members whose places others take
   */
  outlineOf(inventory: Inventory, replaced: readonly FleetInstance[] = []): Outline {
    const allowed = this.#allowance(inventory);
    const capacityOf = (group: Resource) =>
      Math.min(this.#capacities.of(group), allowed.get(group.key) ?? Number.POSITIVE_INFINITY);
    return outlineAfter(this.#region.present(), inventory, capacityOf, replaced);
  }

  /** Sizes between which a group is held, and how many members it is to have. */
  sizesOf(group: Resource): GroupSizes {
    return this.#capacities.sizesOf(group);
  }

  /** Groups that have fewer members than they are to have, and why. */
  shortages(present: Outline): Shortage[] {
    const { quota } = this;
    const allowance = this.#allowance(present.inventory);
    return shortagesIn(present, (group) => this.#capacities.of(group), { quota, allowance });
  }

  /** Launches members that could not be launched before, where they can be by now. */
  async launchMissing(): Promise<void> {
    await this.#region.inTurn(async () => {
      const present = this.#region.present();
      const desired = present && this.outlineOf(present.inventory);
      if (desired && desired.fleet.instances.length > present.fleet.instances.length)
        await this.#region.become(desired);
    });
  }

  /** The quota ends no member that runs already. */
  #allowance(inventory: Inventory): Map<string, number> {
    const present = this.#region.present();
    const allowance = allowanceUnder(this.quota, inventory, (group) => this.#capacities.of(group));
    return new Map(
      groupsOf(inventory).flatMap(({ key }) => {
        const allowed = allowance.get(key);
        const members = present?.fleet.instances.filter(({ statedBy }) => statedBy === key).length ?? 0;
        return allowed === undefined ? [] : [[key, Math.max(allowed, members)] as const];
      }),
    );
  }

  /** Whether a group or a database is out of hours, so that the application need not answer. */
  isOutOfHours(inventory: Inventory): boolean {
    return this.#capacities.differ(inventory) || this.#region.databases.isAnyStopped;
  }

  /** The region has changed, and its schedules may have. */
  look(): void {
    this.#watch.look();
  }

  async #carryOut({ scaling, databases }: Due): Promise<void> {
    await this.#region.inTurn(async () => {
      for (const { action, database } of databases) {
        const done = await this.#region.databases[action](database);
        if (!done.ok) this.#region.failed(done.mistakes);
      }
      const present = this.#region.present();
      if (databases.length > 0 && present) await this.#region.applyNames(present);
    });
    await this.#scale(scaling);
  }

  /** Members that leave are out of their target groups first, so that what is under way at them ends. */
  async #scale(actions: readonly ScheduledScaling[]): Promise<void> {
    const leaving = await this.#region.inTurn(async () => {
      const present = this.#region.present();
      const changes = actions.map((each) => present !== null && this.#capacities.apply(each, present.inventory));
      if (!present || !changes.includes(true)) return null;
      const next = this.outlineOf(present.inventory);
      await this.#region.balancers.apply(next);
      return present.fleet.instances.filter(({ id }) => !next.fleet.instances.some((each) => each.id === id));
    });
    if (leaving === null) return;
    await Promise.all(leaving.map(({ id }) => this.#region.balancers.idle(id)));
    await this.#region.inTurn(async () => {
      const present = this.#region.present();
      if (present) await this.#region.become(this.outlineOf(present.inventory));
    });
  }
}
