import type { GroupSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import type { RegionClock } from '../clock/region-clock.ts';
import { Departures } from '../families/auto-scaling-group/departures.ts';
import type { Outline } from '../outline.ts';
import { scheduledUpdate } from '../scaling/activity.ts';
import { allowanceUnder, groupsOf, type Shortage, shortagesIn } from '../scaling/launch-shortage.ts';
import type { Due } from '../schedule/due.ts';
import { type CapacityChange, GroupCapacities } from './group-capacities.ts';
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
  /** What the next activity of a group tells before its own cause. */
  because(group: string, reason: string): void;
  /** When a member of a group was launched, in milliseconds since 1970 by the region's clock; `null` where nobody has seen it yet. */
  launchedAt(id: string): number | null;
  /** What kept something from being done. */
  failed(mistakes: readonly Mistake[]): void;
  ended(error: Error): void;
}

/** What the template has scheduled: sizes of Auto Scaling groups, and databases that are started and stopped. */
export class ScheduledChanges {
  readonly #region: Scheduled;
  readonly #capacities = new GroupCapacities();
  readonly #departures: Departures;
  readonly #watch: ScheduleWatch;
  /** vCPUs that the account may run; `null` for no limit. */
  quota: number | null = null;

  constructor(region: Scheduled) {
    this.#region = region;
    this.#departures = new Departures({
      zoneOf: (subnet) => region.present()?.network.subnets.find(({ id }) => id === subnet)?.zone ?? '',
      launchedAt: (id) => region.launchedAt(id) ?? region.clock.now(),
      now: () => region.clock.now(),
    });
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
    const ordinalsOf = (group: Resource, standing: readonly FleetInstance[]) => {
      const capacity = Math.min(this.#capacities.of(group), allowed.get(group.key) ?? Number.POSITIVE_INFINITY);
      return this.#departures.ordinalsOf(group, standing, capacity);
    };
    return outlineAfter(this.#region.present(), inventory, ordinalsOf, replaced);
  }

  /** Members that take no new requests and end once what is under way at them has. */
  isLeaving(id: string): boolean {
    return this.#departures.has(id);
  }

  /** Changes the desired capacity of a group, kept between its sizes. Resolves when members that leave have ended. */
  scaleTo(group: ResourceKey, desired: number): Promise<void> {
    return this.#scale([{ group, desired, least: null, most: null }]);
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

  /** Whether a capacity has become another. What a schedule did is told with the activities that follow from it. */
  #change(action: CapacityChange, { resources }: Inventory): boolean {
    const group = resources.find(({ key }) => key === action.group);
    if (!group) return false;
    const { desired: from } = this.#capacities.sizesOf(group);
    const isChanged = this.#capacities.apply(action, group);
    const { least, most, desired: to } = this.#capacities.sizesOf(group);
    const at = this.#region.clock.now();
    if (isChanged && 'statedBy' in action)
      this.#region.because(group.physicalId, scheduledUpdate({ at, least, most, from, to }));
    return isChanged;
  }

  /**
   * Who comes is launched at once. Who leaves is out of its target groups first, so that what is under way at it ends; meanwhile the region may
   * change in other ways.
   *
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html
   */
  async #scale(actions: readonly CapacityChange[]): Promise<void> {
    const { balancers } = this.#region;
    const leaving = await this.#region.inTurn(async () => {
      const present = this.#region.present();
      const changes = actions.map((each) => present !== null && this.#change(each, present.inventory));
      if (!present || !changes.includes(true)) return [];
      const next = idsOf(this.outlineOf(present.inventory));
      const gone = idsOf(present).filter((id) => !next.includes(id));
      this.#departures.begin(gone);
      if (gone.length > 0) await balancers.deregister(...gone);
      if (next.length + gone.length > idsOf(present).length)
        await this.#region.become(this.outlineOf(present.inventory));
      return gone;
    });
    if (leaving.length === 0) return;
    await Promise.all(leaving.map((id) => balancers.idle(id)));
    await this.#region.inTurn(async () => {
      const present = this.#region.present();
      this.#departures.over(leaving);
      try {
        if (present) await this.#region.become(this.outlineOf(present.inventory));
      } finally {
        this.#departures.forget(leaving);
        await balancers.register(...leaving);
      }
    });
  }
}

function idsOf({ fleet }: Outline): string[] {
  return fleet.instances.map(({ id }) => id);
}
