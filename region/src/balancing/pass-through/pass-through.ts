import { formatAddress } from '@terrace/cloud/address';
import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { type Chain, tableText } from '../../fabric/nftables.ts';
import type { Generation } from '../generations.ts';
import { backendName } from '../haproxy/haproxy-target-group.ts';
import { idleSeconds, silence } from '../haproxy/idle-timeout.ts';
import { targetGroupsUsed } from '../node-targets.ts';
import { clientMarkRules } from './client-addresses.ts';

/** Of the node's own table, beside whatever the fabric has in its namespace. */
export const passThroughTable = 'balancing';
export const silenceTable = 'silence';

/**
 * Whether a target group's members see who asks: the default for instances and for all UDP, not for TCP or TLS to addresses.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function preservesClients({ attributes, targetType, protocol }: TargetGroup): boolean {
  if (protocol === 'UDP' || protocol === 'TCP_UDP') return true;
  if (targetType === 'alb') return true; // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
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
 * Whether HAProxy on this balancer's nodes asks targets in the name of its clients: where it ends TLS for a group that sees them.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function asksAsClient(view: BalancingView, balancer: LoadBalancer): boolean {
  const groups = targetGroupsUsed(view, balancer).filter(preservesClients);
  return (
    balancer.kind === 'network' &&
    balancer.listeners.some(
      (listener) =>
        !passesThrough(listener, groups) && groupsOf(listener).some(({ id }) => groups.some((each) => each.id === id)),
    )
  );
}

/**
 * A node's nftables table: the destination of a new flow becomes one of the targets that are taken, its source stays. Answers come back here,
 * because the router sends them (see the fabric's `passes_on`), and get the node's address again. What belongs to a target
 * whose connections have ended is answered with a reset.
 */
export function passThroughRuleset(
  view: BalancingView,
  balancer: LoadBalancer,
  node: BalancerNode,
  { taken, ended }: { readonly taken: readonly Generation[]; readonly ended: readonly number[] },
): string | null {
  const groups = targetGroupsUsed(view, balancer);
  const listeners = balancer.listeners.filter((each) => passesThrough(each, groups));
  const asking = asksAsClient(view, balancer) ? clientMarkRules(node.address) : null;
  if (listeners.length === 0 && !asking) return null;
  const passing = taken.filter(({ group }) =>
    listeners.some((each) => groupsOf(each).some(({ id }) => id === group.id)),
  );
  const prerouting: Chain = {
    name: 'prerouting',
    hook: 'type nat hook prerouting priority -100; policy accept;',
    rules: listeners.map((listener) => `${matches(listener, node)} ${shares(listener)}`),
  };
  const over = ended.length > 0 ? `ct mark { ${ended.join(', ')} }` : null;
  const forward: Chain = {
    name: 'forward',
    hook: 'type filter hook forward priority 0; policy drop;',
    rules: [
      ...(over ? [`meta l4proto tcp ${over} reject with tcp reset`, `${over} drop`] : []),
      'ct status dnat accept',
    ],
  };
  const answers: Chain[] = asking
    ? [
        { name: 'said', hook: 'type filter hook output priority 0; policy accept;', rules: asking.output },
        {
          name: 'answered',
          hook: 'type filter hook prerouting priority -150; policy accept;',
          rules: asking.prerouting,
        },
      ]
    : [];
  return tableText(
    passThroughTable,
    [],
    [
      ...passing.map(flow),
      ...groups.map((group) => ({
        name: backendName(group.id),
        rules: choice(
          group,
          passing.filter((each) => each.group.id === group.id),
        ),
      })),
      prerouting,
      forward,
      ...answers,
    ],
  );
}

/** A connection carries the mark of the target that it was given to. */
function flow({ target, mark }: Generation): Chain {
  return {
    name: `flow_${mark}`,
    rules: [
      `ct mark set ${mark}`,
      `meta l4proto { tcp, udp } dnat ip to ${formatAddress(target.address)}:${target.port}`,
    ],
  };
}

/**
 * A node's second table, `null` where there is nothing to say: for how long a silent connection is remembered, by listener. It stands apart
 * because flows forget their timeouts when the table is replaced that set them.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
 */
export function silenceRuleset(view: BalancingView, balancer: LoadBalancer, node: BalancerNode): string | null {
  const groups = targetGroupsUsed(view, balancer);
  const listeners = balancer.listeners.filter((each) => passesThrough(each, groups) && idleSeconds(each) !== silence);
  if (listeners.length === 0) return null;
  const rules = listeners.map((listener) => `${matches(listener, node)} ct timeout set "${timeoutName(listener)}"`);
  return tableText(
    silenceTable,
    listeners.map((listener) => ({
      kind: 'timeout',
      name: timeoutName(listener),
      protocol: 'tcp',
      policy: { established: idleSeconds(listener) },
    })),
    [{ name: 'set_timeouts', hook: 'type nat hook prerouting priority -101; policy accept;', rules }],
  );
}

function timeoutName({ port }: Listener): string {
  return `listener_${port}`;
}

function matches({ protocol, port }: Listener, { address }: BalancerNode): string {
  const protocols = { UDP: 'udp', TCP_UDP: '{ tcp, udp }' }[protocol as string] ?? 'tcp';
  return `ip daddr ${formatAddress(address)} meta l4proto ${protocols} th dport ${port}`;
}

/** Between groups by their weights. */
function shares(listener: Listener): string {
  const weighted = groupsOf(listener).filter(({ weight }) => weight > 0);
  if (weighted.length === 0) return 'drop';
  if (weighted.length === 1) return `goto ${backendName(weighted[0]!.id)}`;
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  let from = 0;
  const parts = weighted.map(({ id, weight }) => {
    const share = `${weight === 1 ? from : `${from}-${from + weight - 1}`} : goto ${backendName(id)}`;
    from += weight;
    return share;
  });
  return `numgen random mod ${total} vmap { ${parts.join(', ')} }`;
}

/** By chance, or by the client's address where it has to stay. */
function choice({ attributes }: TargetGroup, generations: readonly Generation[]): string[] {
  if (generations.length === 0) return ['drop'];
  const sticky = attributes['stickiness.enabled'] === 'true';
  const draw = sticky ? `jhash ip saddr mod ${generations.length}` : `numgen random mod ${generations.length}`;
  return [`${draw} vmap { ${generations.map(({ mark }, index) => `${index} : goto flow_${mark}`).join(', ')} }`];
}

function groupsOf({ rules }: Listener): readonly { readonly id: string; readonly weight: number }[] {
  return rules.flatMap(({ action }) => (action.kind === 'forward' ? action.targetGroups : []));
}
