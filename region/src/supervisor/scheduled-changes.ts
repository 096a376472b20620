import type { ScheduledScaling } from '@terrace/cloud/families/auto-scaling-group/scheduled-action';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import type { Outline } from '../outline.ts';
import type { Due } from '../schedule/due.ts';
import { GroupCapacities } from './group-capacities.ts';
import { outlineAfter } from './group-members.ts';
import type { BalancerKeeper } from './keepers/balancer-keeper.ts';
import type { DatabaseKeeper } from './keepers/database-keeper.ts';
import { ScheduleWatch } from './schedule-watch.ts';

/** The region, as far as schedules change it. */
interface Scheduled {
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

  constructor(region: Scheduled) {
    this.#region = region;
    this.#watch = new ScheduleWatch(
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
    return outlineAfter(this.#region.present(), inventory, (group) => this.#capacities.of(group), replaced);
  }

  /** Whether a group or a database is out of hours, so that the application need not answer. */
  isOutOfHours(inventory: Inventory): boolean {
    return this.#capacities.differ(inventory) || this.#region.databases.isAnyStopped;
  }

  /** The region has changed, and its schedules may have. */
  look(): void {
    this.#watch.look();
  }

  stop(): void {
    this.#watch.stop();
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
