import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { leastHealthy } from './health-thresholds.ts';
import { targetGroupsUsed, targetsOfNode } from './node-targets.ts';

/** Whether a node finds a target of one of its groups healthy. */
type IsHealthy = (node: BalancerNode, group: TargetGroup, target: Target) => boolean;

/**
 * Zones that the name of each balancer leaves out, by the balancer's ARN: those whose node has too few healthy targets for one of the
 * groups. A node that spreads over all zones counts the targets of all. With no zone left the name gives all again, which is the resolver's.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function emptyZones(view: BalancingView, isHealthy: IsHealthy): Map<string, Set<string>> {
  return new Map(
    view.balancers.map((balancer) => [
      balancer.id,
      new Set(balancer.nodes.filter((node) => lacksTargets(view, balancer, node, isHealthy)).map(({ zone }) => zone)),
    ]),
  );
}

/** A group in which nobody is registered is nobody's fault: it fails open. */
function lacksTargets(view: BalancingView, balancer: LoadBalancer, node: BalancerNode, isHealthy: IsHealthy): boolean {
  return targetGroupsUsed(view, balancer)
    .filter(({ targets }) => targets.length > 0)
    .some((group) => {
      const targets = targetsOfNode(balancer, group, node);
      const healthy = targets.filter((target) => isHealthy(node, group, target)).length;
      return healthy < leastHealthy(group, targets.length, 'dns_failover');
    });
}
