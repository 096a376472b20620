import type { InstanceAction } from '@terrace/cloud/families/alarm/instance-action';
import type { Mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import { instanceName, type Outline } from '../outline.ts';
import type { UnhealthyMember } from './group-health.ts';
import type { BalancerKeeper } from './keepers/balancer-keeper.ts';
import { type InstanceKeeper, notReplaced, type Unhealthy } from './keepers/instance-keeper.ts';
import type { ScheduledChanges } from './scheduled-changes.ts';

/** The region, as far as replacements change it. */
interface Changed {
  readonly balancers: BalancerKeeper;
  /** `null` until something was made for instances to stand on. */
  instances(): InstanceKeeper | null;
  /** `null` until the region is up. */
  present(): Outline | null;
  /** Whether a request is being carried out. */
  isChanging(): boolean;
  readonly schedule: Pick<ScheduledChanges, 'isLeaving' | 'outlineOf'>;
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Makes the region one of another fleet. */
  become(desired: Outline): Promise<void>;
  failed(mistake: Mistake): void;
}

/**
 * Members of Auto Scaling groups whose places others take.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
 */
export class Replacements {
  readonly #region: Changed;

  constructor(region: Changed) {
    this.#region = region;
  }

  /** Out of its target groups first, so that what is under way at it ends; in between the region may change. */
  async ofUnhealthy({ id, reason }: UnhealthyMember): Promise<void> {
    const { balancers } = this.#region;
    if (this.#region.schedule.isLeaving(id)) return;
    await this.#region.inTurn(() => balancers.deregister(id));
    await balancers.idle(id);
    await this.#region.inTurn(async () => {
      await this.#takePlace(id, { reason, foundBy: 'load-balancer' });
      await balancers.register(id);
    });
  }

  /** A change that is under way may wait for what the member is to signal: then another boots in its place at once. */
  async ofStopped(id: string, why: Unhealthy): Promise<void> {
    if (this.#region.isChanging()) await this.#region.instances()?.replace(id, why);
    else await this.#region.inTurn(() => this.#takePlace(id, why));
  }

  /**
   * What an alarm does to an instance. A member of a group that is stopped is unhealthy, and another takes its place; an instance that the template
   * states is not terminated. Resolves with whether it was done.
   *
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html
   */
  byAlarm(id: string, action: InstanceAction): Promise<boolean> {
    return this.#region.inTurn(async () => {
      const instances = this.#region.instances();
      const isMember = instances?.toReplace(id) !== undefined;
      const isEnd = action === 'stop' || action === 'terminate';
      if (!instances || (action === 'terminate' && !isMember)) return false;
      const done = await (isEnd ? instances.stop(id) : instances.restart(id, action === 'recover'));
      if (done && isEnd && isMember) await this.#takePlace(id, { reason: stoppedByAlarm(action), foundBy: 'stopped' });
      return done;
    });
  }

  /**
   * Another instance, at another address, takes a member's place; it is called as the former one was. Nobody takes the place of one that is on its
   * way out of its group.
   */
  async #takePlace(id: string, why: Unhealthy): Promise<void> {
    const present = this.#region.present();
    const instances = this.#region.instances();
    const member = instances?.toReplace(id);
    if (!present || !instances || !member || this.#region.schedule.isLeaving(id)) return;
    const desired = this.#region.schedule.outlineOf(present.inventory, [member]);
    const successor = desired.fleet.instances.find(
      (each) => each.statedBy === member.statedBy && each.ordinal === member.ordinal,
    );
    instances.noteReplacement(id, successor?.id ?? id, why);
    try {
      await this.#region.become(desired);
    } catch (error) {
      this.#region.failed(notReplaced(present.inventory, member, instanceName(present, id), error as Error));
    }
  }
}

function stoppedByAlarm(action: InstanceAction): Words {
  return words(`an alarm's action: ${action}`, `경보의 작업: ${action}`);
}
