import { type ScalingPolicy, scalingPolicies } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import type { GroupSizes } from '@terrace/cloud/families/auto-scaling-group/scheduled-capacity';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { actionsFor } from '../../alarms/alarm-message.ts';
import type { AlarmStanding } from '../../alarms/alarm-watch.ts';
import { decide, type Invocation } from './decision.ts';

/** A member of a group, as far as its policies look at it. */
export interface PolicyMember {
  /** Milliseconds since 1970, by the region's clock. */
  readonly launchedAt: number;
  readonly isInService: boolean;
}

/** The region, as far as policies scale it. */
export interface Scaled {
  sizesOf(group: Resource): GroupSizes;
  /** Those that stay. */
  membersOf(group: Resource): readonly PolicyMember[];
  /** Changes a group's desired capacity; resolves when that is done, members that leave have let go of their requests. */
  scale(group: Resource, desired: number): Promise<void>;
}

/** What a policy has changed. */
export interface Scaling {
  readonly group: string;
  readonly policy: string;
  readonly alarm: string;
  readonly state: string;
  readonly from: number;
  readonly to: number;
  /** Settles when it is carried out. */
  readonly done: Promise<void>;
}

/**
 * Carries out scaling policies: an alarm invokes them when it changes its state, and every minute again while it stays in it.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export class PolicyWatch {
  readonly #region: Scaled;
  /** When the cooldown of a group is over, in milliseconds since 1970; infinity while what a simple policy began is under way. */
  readonly #cooldowns = new Map<string, number>();

  /** Capacities on their way, by their groups' names. */
  readonly #asked = new Map<string, number>();

  constructor(region: Scaled) {
    this.#region = region;
  }

  /** Looks at the alarms of a minute that is over, and changes what they ask for. */
  follow(standings: readonly AlarmStanding[], inventory: Inventory, now: () => number): Scaling[] {
    const policies = scalingPolicies(inventory);
    return [...new Set(policies.map(({ group }) => group))].flatMap((key) => {
      const own = policies.filter((each) => each.group === key);
      const group = inventory.resources.find((each) => each.key === key)!;
      const invocations = own.flatMap((policy) => invocationsOf(policy, standings));
      const sizes = this.#region.sizesOf(group);
      if (this.#isAsked(group, sizes)) return [];
      const members = this.#region.membersOf(group);
      const decision = decide(
        {
          ...sizes,
          members: members.length,
          isCoolingDown: (this.#cooldowns.get(group.physicalId) ?? 0) > now(),
          warmedUp: (policy) => members.filter((each) => isWarm(each, policy, now())).length,
        },
        own,
        invocations,
      );
      if (!decision) return [];
      const { policy, alarm, state } = decision.by;
      const { desired: to } = decision;
      const done = this.#carryOut(group, to, policy, now);
      return [{ group: group.physicalId, policy: policy.name, alarm, state, from: sizes.desired, to, done }];
    });
  }

  /** Whether a capacity that was asked for has yet to become the group's. */
  #isAsked(group: Resource, { desired }: GroupSizes): boolean {
    return (this.#asked.get(group.physicalId) ?? desired) !== desired;
  }

  async #carryOut(group: Resource, desired: number, { scaling }: ScalingPolicy, now: () => number): Promise<void> {
    if (scaling.kind === 'simple') this.#cooldowns.set(group.physicalId, Number.POSITIVE_INFINITY);
    this.#asked.set(group.physicalId, desired);
    try {
      await this.#region.scale(group, desired);
    } finally {
      this.#asked.delete(group.physicalId);
      if (scaling.kind === 'simple') this.#cooldowns.set(group.physicalId, now() + scaling.cooldown * 1000);
    }
  }
}

function isWarm({ launchedAt, isInService }: PolicyMember, { warmup }: ScalingPolicy, now: number): boolean {
  return isInService && launchedAt + warmup * 1000 <= now;
}

function invocationsOf(policy: ScalingPolicy, standings: readonly AlarmStanding[]): Invocation[] {
  return standings.flatMap(({ alarm, state, latest }) => {
    if (!actionsFor(alarm, state).includes(policy.arn)) return [];
    const threshold = 'metric' in alarm.watches ? (alarm.watches.metric.threshold ?? 0) : 0;
    return [{ policy, alarm: alarm.name, state, value: latest, threshold }];
  });
}
