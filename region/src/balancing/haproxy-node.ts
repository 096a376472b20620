import { formatAddress } from '@terrace/cloud/address';
import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { applicationFrontend, networkFrontend } from './haproxy-listener.ts';
import { targetGroupBackends } from './haproxy-target-group.ts';
import { passesThrough } from './pass-through.ts';

/**
 * HAProxy's configuration of one node of a load balancer.
 *
 * @param files paths of the node's own: its control socket, the state of its servers from before a reload, certificates by listener
 */
export function nodeConfiguration(
  view: BalancingView,
  balancer: LoadBalancer,
  node: BalancerNode,
  files: {
    readonly control: string;
    readonly serverState: string;
    readonly certificates: Readonly<Record<string, readonly string[]>>;
  },
): string {
  const groups = targetGroupsUsed(view, balancer);
  const known = new Set(groups.map((group) => group.id));
  const mode = balancer.kind === 'application' ? 'http' : 'tcp';
  const idle = Number(balancer.attributes['idle_timeout.timeout_seconds'] ?? 60);
  return [
    globalSection(files, longestDelay(groups)),
    mode === 'http' ? httpDefaults(balancer, idle) : tcpDefaults,
    ...balancer.listeners
      .filter((each) => mode === 'http' || !passesThrough(each, groups))
      .map((listener) => {
        const place = {
          address: formatAddress(node.address),
          certificates: files.certificates[listener.id] ?? [],
          targetGroups: known,
        };
        return mode === 'http' ? applicationFrontend(balancer, listener, place) : networkFrontend(listener, place);
      }),
    ...groups.map((group) => targetGroupBackends(group, targetsOfNode(balancer, group, node), mode)),
    '',
  ].join('\n');
}

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

/** Seconds that a process whose configuration is no longer in force has to end its requests. */
function longestDelay(groups: readonly TargetGroup[]): number {
  const delays = groups.map(({ attributes }) => Number(attributes['deregistration_delay.timeout_seconds'] ?? 300));
  return Math.max(1, ...delays);
}

function globalSection(
  { control, serverState }: { readonly control: string; readonly serverState: string },
  delay: number,
): string {
  return `global
  nbthread 1
  stats socket ${control} mode 600 level admin expose-fd listeners
  server-state-file ${serverState}
  hard-stop-after ${delay}s
  spread-checks 0
  max-spread-checks 100
  tune.ssl.default-dh-param 2048
defaults
  load-server-state-from-file global
  timeout connect 10s
  retries 0`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout */
function httpDefaults(balancer: LoadBalancer, idle: number): string {
  const keepAlive = Number(balancer.attributes['client_keep_alive.seconds'] ?? 3600);
  return `  mode http
  timeout client ${idle}s
  timeout server ${idle}s
  timeout http-keep-alive ${Math.min(idle, keepAlive)}s
  timeout http-request ${idle}s
  timeout tunnel ${idle}s`;
}

/** 350 s of silence. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout */
const tcpDefaults = `  mode tcp
  timeout client 350s
  timeout server 350s`;
