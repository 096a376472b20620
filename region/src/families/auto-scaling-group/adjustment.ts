import type { Adjustment, Step } from '@terrace/cloud/families/auto-scaling-group/scaling-policy';

/**
 * A capacity once it is adjusted. A percentage is rounded towards the capacity that is, and changes it by one at least.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html#as-scaling-adjustment
 */
export function adjusted(capacity: number, { type, amount, leastMagnitude }: Adjustment): number {
  if (type === 'ExactCapacity') return Math.max(0, amount);
  if (type === 'ChangeInCapacity') return Math.max(0, capacity + amount);
  const share = (capacity * amount) / 100;
  if (share === 0) return capacity;
  const whole = Math.max(1, Math.floor(Math.abs(share) + 1e-9), leastMagnitude);
  return Math.max(0, capacity + (share > 0 ? whole : -whole));
}

/**
 * The step that a metric's value falls into. Above the threshold a lower bound belongs to its step, below it an upper bound does.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-simple-step.html#as-scaling-steps
 */
export function stepFor(steps: readonly Step[], value: number, threshold: number): Step | undefined {
  const distance = value - threshold;
  return steps.find(({ from, to }) => {
    const [lower, upper] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
    const isBelow = lower < 0 || (to !== null && to <= 0);
    return isBelow ? distance > lower && distance <= upper : distance >= lower && distance < upper;
  });
}

/**
 * The capacity at which a metric that falls as capacity grows is at its target. A fraction is rounded up, so that few are removed rather than too many.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html#target-tracking-considerations
 */
export function capacityAtTarget(capacity: number, value: number, target: number): number {
  return Math.max(0, Math.ceil((capacity * value) / target - 1e-9));
}
