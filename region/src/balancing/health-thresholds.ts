import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';

/** What a load balancer does about a target group with too few healthy targets. */
type Measure = 'dns_failover' | 'unhealthy_state_routing';

/**
 * How many healthy targets keep a measure from being taken: one as a rule, or the more of a number and a share where both are stated.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function leastHealthy({ attributes }: TargetGroup, registered: number, measure: Measure): number {
  const stated = (kind: 'count' | 'percentage') =>
    attributes[`target_group_health.${measure}.minimum_healthy_targets.${kind}`];
  const count = stated('count') ?? '1';
  const percentage = stated('percentage') ?? 'off';
  return Math.max(
    count === 'off' ? 0 : Number(count),
    percentage === 'off' ? 0 : Math.ceil((Number(percentage) * registered) / 100),
  );
}
