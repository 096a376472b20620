import type { ScalingPolicy } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';
import { adjusted, capacityAtTarget, stepFor } from './adjustment.ts';

/** An alarm in a state for which it invokes a policy. */
export interface Invocation {
  readonly policy: ScalingPolicy;
  readonly alarm: string;
  readonly state: string;
  /** Its metric's last value; `null` where none is known. */
  readonly value: number | null;
  readonly threshold: number;
}

/** What a group has when its policies are looked at. */
export interface GroupNow {
  readonly least: number;
  readonly most: number;
  readonly desired: number;
  /** Members that stay, those that warm up among them. */
  readonly members: number;
  /** Members that have warmed up by the warm-up of a policy. */
  warmedUp(policy: ScalingPolicy): number;
  /** Whether the activity of a simple policy is under way, or its cooldown. */
  readonly isCoolingDown: boolean;
}

export interface Decision {
  readonly desired: number;
  readonly by: Invocation;
}

/**
 * The capacity that a group's policies ask for: the largest of what they ask. It is made smaller only where every policy that tracks a target
 * and scales in asks for that, and no member is warming up.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scale-based-on-demand.html#multiple-scaling-policy-resolution
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html#target-tracking-multiple-policies
 *
 * @param policies of the group, those that are not invoked among them
 * @returns `null` where it stays
 */
export function decide(
  group: GroupNow,
  policies: readonly ScalingPolicy[],
  invocations: readonly Invocation[],
): Decision | null {
  const asked = invocations.flatMap((by) => {
    const wanted = wantedBy(by, group);
    const desired = wanted === null ? group.desired : Math.min(group.most, Math.max(group.least, wanted));
    return desired === group.desired ? [] : [{ desired, by }];
  });
  const largest = asked.reduce<Decision | null>(
    (most, each) => (most && most.desired >= each.desired ? most : each),
    null,
  );
  if (!largest || largest.desired > group.desired) return largest;
  const isKept = policies.some(
    (policy) =>
      policy.scaling.kind === 'target-tracking' &&
      policy.scaling.scalesIn &&
      !asked.some(({ by }) => by.policy.arn === policy.arn),
  );
  return isKept && largest.by.policy.scaling.kind === 'target-tracking' ? null : largest;
}

/** `null` where the policy does not act now. */
function wantedBy({ policy, value, threshold }: Invocation, group: GroupNow): number | null {
  const { scaling } = policy;
  if (scaling.kind === 'simple') return group.isCoolingDown ? null : adjusted(group.desired, scaling.adjustment);
  if (value === null) return null;
  const warm = Math.min(group.desired, group.warmedUp(policy));
  if (scaling.kind === 'target-tracking') {
    const isAbove = threshold >= scaling.target;
    if (isAbove ? value <= threshold : value >= threshold) return null;
    if (isAbove) return larger(capacityAtTarget(warm, value, scaling.target), group);
    return smaller(capacityAtTarget(group.desired, value, scaling.target), warm, group);
  }
  const step = stepFor(scaling.steps, value, threshold);
  if (!step) return null;
  const adjustment = { type: scaling.type, amount: step.amount, leastMagnitude: scaling.leastMagnitude };
  // Who warms up counts as added already: breaches that fall into the same step add nobody.
  const wanted = adjusted(warm, adjustment);
  return wanted > warm ? larger(wanted, group) : smaller(adjusted(group.desired, adjustment), warm, group);
}

function larger(wanted: number, { desired }: GroupNow): number | null {
  return wanted > desired ? wanted : null;
}

/** Nobody leaves while others warm up. https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html#as-step-scaling-warmup */
function smaller(wanted: number, warm: number, { desired, members }: GroupNow): number | null {
  return wanted < desired && warm >= Math.min(desired, members) ? wanted : null;
}
