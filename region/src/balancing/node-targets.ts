import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';

/** The target groups that a balancer's listeners forward to. */
export function targetGroupsUsed(view: BalancingView, balancer: LoadBalancer): TargetGroup[] {
  const named = new Set(
    balancer.listeners.flatMap(({ rules }) =>
      rules.flatMap(({ action }) => (action.kind === 'forward' ? action.targetGroups.map(({ id }) => id) : [])),
    ),
  );
  return view.targetGroups.filter((group) => named.has(group.id));
}

/**
 * An Application Load Balancer spreads over the targets of all its zones unless the group says otherwise, a Network Load Balancer
 * over its own zone's unless told. Targets in zones that the balancer does not stand in get nothing.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#cross-zone-load-balancing
 */
export function targetsOfNode(balancer: LoadBalancer, group: TargetGroup, node: BalancerNode): Target[] {
  const enabled = new Set(balancer.nodes.map((each) => each.zone));
  const ofBalancer =
    balancer.attributes['load_balancing.cross_zone.enabled'] ?? String(balancer.kind === 'application');
  const ofGroup = group.attributes['load_balancing.cross_zone.enabled'] ?? 'use_load_balancer_configuration';
  const crossZone = (ofGroup === 'use_load_balancer_configuration' ? ofBalancer : ofGroup) === 'true';
  return group.targets.filter(({ zone }) => zone === null || (enabled.has(zone) && (crossZone || zone === node.zone)));
}
