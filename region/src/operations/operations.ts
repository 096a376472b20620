import { type InstanceAction, instanceActionOf, instanceWatched } from '@terrace/cloud/families/alarm/instance-action';
import { scalingPolicies, uncountedFor } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import type { GroupSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import { type AlarmMessage, actionsFor, alarmMessage } from '../alarms/alarm-message.ts';
import { AlarmWatch } from '../alarms/alarm-watch.ts';
import type { StateChange, WatchedAlarm } from '../alarms/watched-alarm.ts';
import type { ServerCertificate } from '../authority/authority.ts';
import type { RegionClock } from '../clock/region-clock.ts';
import type { MetricDatum } from '../endpoints/configuration.ts';
import type { RegionEvent } from '../events/event.ts';
import type { AlarmActionState } from '../events/operations-event.ts';
import { generatedAlarms } from '../families/auto-scaling-group/generated-alarms.ts';
import { PolicyWatch } from '../families/auto-scaling-group/policy-watch.ts';
import type { TimedMeasurement } from '../metrics/metric.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { HttpDelivery } from '../notifications/http-delivery.ts';
import { Mailbox } from '../notifications/mailbox.ts';
import { type Message, Notifications, type TopicPermission } from '../notifications/notifications.ts';
import { keptForReceivers } from '../notifications/signing-certificate.ts';
import type { Outline } from '../outline.ts';
import { type Activity, type FoundBy, triggered } from '../scaling/activity.ts';
import { GroupActivities } from '../scaling/group-activities.ts';
import { type GroupCount, groupMeasurements } from '../scaling/group-metrics.ts';
import { groupMessages } from '../scaling/group-notification.ts';
import { groupsOf, type Shortage } from '../scaling/launch-shortage.ts';

const minute = 60_000;
/** Minutes that are made up for where the clock has got ahead. */
const mostBehind = 180;
/** Milliseconds of the wall's time between two measurements of the parts. */
const leastBetween = 900;

/** The region, as far as its operations read it. */
export interface Operated {
  readonly clock: RegionClock;
  /** `null` until the region is up. */
  present(): Outline | null;
  sizesOf(group: Resource): GroupSizes;
  /** Of an instance: `running` …; `terminated` where it is not there. */
  stateOf(id: string): string;
  /** Whether a member of a group is on its way out. */
  isLeaving(id: string): boolean;
  /** Changes a group's desired capacity; resolves when that is done. */
  scale(group: Resource, desired: number): Promise<void>;
  /** What an alarm does to an instance; whether it was done. */
  actOnInstance(id: string, action: InstanceAction): Promise<boolean>;
  shortages(present: Outline): readonly Shortage[];
  /** Instances that a health check had replaced, by their ids. */
  unhealthy(): ReadonlyMap<string, FoundBy>;
  /**
   * What parts have measured since they were last asked.
   *
   * @param at start of the minute that is over
   * @param warmingUp members that do not count for their groups yet, by their ids
   */
  measure(at: number, warmingUp: ReadonlySet<string>): Promise<readonly TimedMeasurement[]>;
  /** Launches what could not be launched before, where that is possible by now. */
  launchMissing(): Promise<void>;
  /** A certificate of an RSA key, by which messages are signed. */
  signer(): Promise<ServerCertificate>;
  publish(event: RegionEvent): void;
  failed(error: Error): void;
}

/** What happens in a region by itself, minute by minute of its clock: activities of groups, metrics, alarms, and their messages. */
export class Operations {
  readonly metrics = new MetricStore();
  readonly alarms = new AlarmWatch(this.metrics);
  readonly activities = new GroupActivities();
  readonly #notifications: Notifications;
  readonly #region: Operated;
  #last: number;
  readonly #policies: PolicyWatch;
  /** When parts were measured last, in milliseconds of the process. */
  #measured = Number.NEGATIVE_INFINITY;

  constructor(stateDirectory: string, region: Operated) {
    this.#region = region;
    const web = new HttpDelivery(region.clock, async () => keptForReceivers(stateDirectory, await region.signer()));
    this.#notifications = new Notifications(new Mailbox(stateDirectory), web, (event) => region.publish(event));
    this.#policies = new PolicyWatch({
      sizesOf: (group) => region.sizesOf(group),
      membersOf: (group) =>
        this.#staying(group).map(({ id }) => ({
          launchedAt: this.#launchedAt(id),
          isInService: inService(region.stateOf(id)),
        })),
      scale: (group, desired) => region.scale(group, desired),
    });
    this.#last = region.clock.now();
    this.#wait();
  }

  /** The template has become another. */
  async apply(inventory: Inventory, permissions: readonly TopicPermission[]): Promise<void> {
    const now = this.#region.clock.now();
    this.alarms.apply(inventory, now, generatedAlarms(inventory));
    await this.#notifications.apply(inventory, permissions, now);
  }

  /** The fleet has become another: what became of groups is an activity at once. */
  async look(): Promise<void> {
    const present = this.#region.present();
    if (!present) return;
    const { inventory, fleet } = present;
    const now = this.#region.clock.now();
    const found = { inventory, fleet, shortages: this.#region.shortages(present), unhealthy: this.#region.unhealthy() };
    for (const activity of this.activities.look(found, now)) await this.#tellActivity(activity, inventory, now);
  }

  #wait(): void {
    const now = this.#region.clock.now();
    this.#region.clock.at(now - (now % minute) + minute, () => this.#follow());
  }

  /** The minutes that are over: measured once, and evaluated one after the other. */
  async #follow(): Promise<void> {
    try {
      const now = this.#region.clock.now();
      const end = now - (now % minute);
      const from = Math.max(this.#last - (this.#last % minute) + minute, end - mostBehind * minute);
      this.#last = end;
      const present = this.#region.present();
      if (!present) return;
      if (this.activities.isRetryDue(now)) await this.#region.launchMissing();
      await this.look();
      await this.#measure(present, end - minute);
      for (let over = from; over <= end; over += minute) await this.#passMinute(present, over);
    } catch (error) {
      this.#region.failed(error as Error);
    } finally {
      this.#wait();
    }
  }

  /** Where the clock runs so fast that minutes pass sooner, some of them have no data of what is measured. */
  async #measure(present: Outline, at: number): Promise<void> {
    if (performance.now() - this.#measured < leastBetween) return;
    this.#measured = performance.now();
    for (const { at: began, ...each } of await this.#region.measure(at, this.#warmingUp(present)))
      this.metrics.add(began, each);
  }

  /** What an application reports of itself by PutMetricData. */
  record(namespace: string, data: readonly MetricDatum[]): void {
    const now = this.#region.clock.now();
    for (const { name, dimensions, value, unit } of data) {
      this.metrics.add(now, { namespace, name, dimensions, value, unit: unit ?? 'None' });
    }
  }

  async #passMinute(present: Outline, over: number): Promise<void> {
    for (const group of groupsOf(present.inventory)) {
      for (const each of groupMeasurements(group, this.countOf(group, present))) this.metrics.add(over - minute, each);
    }
    for (const change of this.alarms.evaluate(over)) await this.#tellChange(change, present.inventory);
    await this.#followPolicies(present.inventory);
  }

  /** Nothing waits for a scaling but a clock that is set forward. */
  async #followPolicies(inventory: Inventory): Promise<void> {
    const { clock } = this.#region;
    for (const { done, ...scaling } of this.#policies.follow(this.alarms.standings, inventory, () => clock.now())) {
      this.activities.because(scaling.group, triggered({ ...scaling, at: clock.now() }));
      this.#region.publish({ kind: 'scaling', ...scaling });
      const failed = (error: Error) => this.#region.failed(error);
      if (clock.isBeingSet) await done.catch(failed);
      else void done.catch(failed);
    }
  }

  #staying({ key }: Resource): FleetInstance[] {
    const members = this.#region.present()?.fleet.instances.filter(({ statedBy }) => statedBy === key) ?? [];
    return members.filter(({ id }) => !this.#region.isLeaving(id));
  }

  #launchedAt(id: string): number {
    return this.activities.launchedAt(id) ?? this.#region.clock.now();
  }

  #warmingUp({ inventory }: Outline): ReadonlySet<string> {
    const now = this.#region.clock.now();
    const policies = scalingPolicies(inventory);
    return new Set(
      groupsOf(inventory).flatMap((group) => {
        const uncounted = uncountedFor(group, policies) * 1000;
        return this.#staying(group).flatMap(({ id }) => (this.#launchedAt(id) + uncounted > now ? [id] : []));
      }),
    );
  }

  readonly countOf = (group: Resource, { fleet }: Outline): GroupCount => {
    const members = fleet.instances.filter(({ statedBy }) => statedBy === group.key);
    const states = members.map(({ id }) => (this.#region.isLeaving(id) ? 'shutting-down' : this.#region.stateOf(id)));
    const count = (...wanted: string[]) => states.filter((each) => wanted.includes(each)).length;
    return {
      ...this.#region.sizesOf(group),
      inService: states.filter(inService).length,
      pending: count('pending'),
      terminating: count('shutting-down', 'stopping'),
    };
  };

  get region(): Operated {
    return this.#region;
  }

  async #tellChange(change: StateChange, home: Pick<Inventory, 'account' | 'region'>): Promise<void> {
    const { alarm, from, to, reason, at } = change;
    this.#region.publish({ kind: 'alarm', alarm: alarm.name, from, to, reason });
    const said = alarmMessage(change, home);
    // A scaling policy is carried out with its group, every minute that the alarm stays in its state.
    const actions = actionsFor(alarm, to).filter((action) => !this.#isPolicy(action));
    for (const action of actions) await this.#act(action, alarm, said, at);
  }

  #isPolicy(action: string): boolean {
    const inventory = this.#region.present()?.inventory;
    return inventory !== undefined && scalingPolicies(inventory).some(({ arn }) => arn === action);
  }

  async #act(action: string, alarm: WatchedAlarm, said: AlarmMessage, now: number): Promise<void> {
    if (/^arn:[^:]*:sns:/.test(action)) return this.#publish({ topic: action, source: alarm.arn, ...said }, now);
    const what = instanceActionOf(action);
    const instance = 'metric' in alarm.watches ? instanceWatched(alarm.watches.metric) : null;
    const tell = (state: AlarmActionState) => this.#region.publish({ kind: 'alarm-action', action, instance, state });
    if (what === null || instance === null) return tell('not-carried-out');
    const done = this.#region.actOnInstance(instance, what).then(
      (isDone) => tell(isDone ? 'carried-out' : 'not-carried-out'),
      (error: Error) => this.#region.failed(error),
    );
    // Nothing waits for an instance to stop but a clock that is set forward.
    if (this.#region.clock.isBeingSet) await done;
  }

  async #tellActivity(activity: Activity, inventory: Inventory, now: number): Promise<void> {
    this.#region.publish({ kind: 'activity', activity });
    const group = groupsOf(inventory).find((each) => each.physicalId === activity.group);
    if (!group) return;
    for (const message of groupMessages(activity, group, inventory)) await this.#publish(message, now);
  }

  #publish(message: Message, now: number): Promise<void> {
    return this.#notifications.publish(message, now);
  }
}

/** Whether a member in this state is in service. */
function inService(state: string): boolean {
  return ['running', 'user-data-failed', 'boot-step-refused'].includes(state);
}
