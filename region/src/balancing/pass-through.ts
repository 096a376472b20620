import { formatAddress } from '@terrace/cloud/address';
import type { BalancerNode, BalancingView, Listener, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { type Chain, tableText } from '../fabric/nftables.ts';
import { targetGroupsUsed, targetsOfNode } from './haproxy-node.ts';
import { backendName } from './haproxy-target-group.ts';

/** Of the node's own table, beside whatever the fabric has in its namespace. */
export const passThroughTable = 'balancing';

/**
 * Whether a target group's members see who asks: the default for instances and for all UDP, not for TCP to addresses. A listener that ends
 * TLS here asks in its own name.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function preservesClients({ attributes, targetType, protocol }: TargetGroup): boolean {
  if (protocol === 'UDP' || protocol === 'TCP_UDP') return true;
  return (attributes['preserve_client_ip.enabled'] ?? String(targetType === 'instance')) === 'true';
}

/** Whether a Network Load Balancer hands packets of this listener on as they are, instead of ending the connection itself. */
export function passesThrough(listener: Listener, groups: readonly TargetGroup[]): boolean {
  if (listener.protocol === 'TLS') return false;
  if (listener.protocol === 'UDP' || listener.protocol === 'TCP_UDP') return true;
  const forwarded = groupsOf(listener);
  return groups.some((group) => forwarded.some(({ id }) => id === group.id) && preservesClients(group));
}

/**
 * A node's nftables table: the destination of a new flow becomes one of the healthy targets', its source stays. Answers come back here,
 * because the router sends them (see the fabric's `passes_on`), and get the node's address again.
 *
 * @param isHealthy as HAProxy's checks on this node have it; with no healthy target all of them are taken
 */
export function passThroughRuleset(
  view: BalancingView,
  balancer: LoadBalancer,
  node: BalancerNode,
  isHealthy: (group: TargetGroup, target: Target) => boolean,
): string | null {
  const groups = targetGroupsUsed(view, balancer);
  const listeners = balancer.listeners.filter((each) => passesThrough(each, groups));
  if (listeners.length === 0) return null;
  const taken = (group: TargetGroup) => {
    const all = targetsOfNode(balancer, group, node);
    const healthy = all.filter((target) => isHealthy(group, target));
    return healthy.length > 0 ? healthy : all;
  };
  const prerouting: Chain = {
    name: 'prerouting',
    hook: 'type nat hook prerouting priority -100; policy accept;',
    rules: listeners.map((listener) => listenerRule(listener, node)),
  };
  const forward: Chain = {
    name: 'forward',
    hook: 'type filter hook forward priority 0; policy drop;',
    rules: ['ct status dnat accept'],
  };
  return tableText(
    passThroughTable,
    [],
    [
      ...groups.map((group) => ({ name: backendName(group.id), rules: choice(group, taken(group)) })),
      prerouting,
      forward,
    ],
  );
}

/** Between groups by their weights. */
function listenerRule(listener: Listener, node: BalancerNode): string {
  const weighted = groupsOf(listener).filter(({ weight }) => weight > 0);
  const protocols = { UDP: 'udp', TCP_UDP: '{ tcp, udp }' }[listener.protocol as string] ?? 'tcp';
  const match = `ip daddr ${formatAddress(node.address)} meta l4proto ${protocols} th dport ${listener.port}`;
  if (weighted.length === 0) return `${match} drop`;
  if (weighted.length === 1) return `${match} goto ${backendName(weighted[0]!.id)}`;
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  let from = 0;
  const shares = weighted.map(({ id, weight }) => {
    const share = `${weight === 1 ? from : `${from}-${from + weight - 1}`} : goto ${backendName(id)}`;
    from += weight;
    return share;
  });
  return `${match} numgen random mod ${total} vmap { ${shares.join(', ')} }`;
}

/** By chance, or by the client's address where it has to stay. */
function choice(group: TargetGroup, targets: readonly Target[]): string[] {
  if (targets.length === 0) return ['drop'];
  const sticky = group.attributes['stickiness.enabled'] === 'true';
  const draw = sticky ? `jhash ip saddr mod ${targets.length}` : `numgen random mod ${targets.length}`;
  const places = targets.map(({ address, port }, index) => `${index} : ${formatAddress(address)} . ${port}`);
  return [`meta l4proto { tcp, udp } dnat ip to ${draw} map { ${places.join(', ')} }`];
}

function groupsOf({ rules }: Listener): readonly { readonly id: string; readonly weight: number }[] {
  return rules.flatMap(({ action }) => (action.kind === 'forward' ? action.targetGroups : []));
}
