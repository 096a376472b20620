import { formatAddress } from '@terrace/cloud/address';
import { type Address6, formatAddress6 } from '@terrace/cloud/address6';
import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { isLogged } from './haproxy/access-log.ts';
import { applicationFrontend, networkFrontend } from './haproxy/haproxy-listener.ts';
import { ownAddressBackends, targetGroupBackends } from './haproxy/haproxy-target-group.ts';
import { idleSeconds, silence } from './haproxy/idle-timeout.ts';
import { errorPages } from './haproxy/own-answers.ts';
import { leastHealthy } from './health-thresholds.ts';
import type { NodeConfiguration } from './node-configuration.ts';
import { targetGroupsUsed, targetsOfNode } from './node-targets.ts';
import { passesThrough, preservesClients } from './pass-through/pass-through.ts';

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
): NodeConfiguration {
  const groups = targetGroupsUsed(view, balancer);
  const registered = (group: TargetGroup) => targetsOfNode(balancer, group, node);
  const known = new Map(
    groups.map((group) => [
      group.id,
      // A Classic Load Balancer without a healthy instance does not fail open.
      group.classic ? null : leastHealthy(group, registered(group).length, 'unhealthy_state_routing'),
    ]),
  );
  const endsHttp = balancer.kind === 'application' || balancer.kind === 'classic';
  const modeOf = (protocol: string): 'http' | 'tcp' =>
    endsHttp && ['HTTP', 'HTTPS'].includes(protocol) ? 'http' : 'tcp';
  const bySix = balancer.kind === 'network' ? node.address6 : null;
  const inClientsNames = new Set(
    groups.filter((group) => balancer.kind === 'network' && preservesClients(group)).map(({ id }) => id),
  );
  const idle = Number(balancer.attributes['idle_timeout.timeout_seconds'] ?? 60);
  return {
    head: [
      globalSection(files),
      endsHttp ? httpDefaults(balancer, idle) : tcpDefaults,
      ...balancer.listeners
        .filter((each) => balancer.kind !== 'network' || !passesThrough(each, groups))
        .map((listener) => {
          const place = {
            addresses: balancer.kind === 'network' ? [formatAddress(node.address)] : addressesOf(node),
            certificates: files.certificates[listener.id] ?? [],
            targetGroups: known,
            logged: isLogged(balancer),
          };
          return modeOf(listener.protocol) === 'http'
            ? applicationFrontend(balancer, listener, place)
            : networkFrontend(listener, place);
        }),
      ...(bySix === null ? [] : sixFrontends(balancer, bySix, inClientsNames, known, files.certificates)),
    ].join('\n'),
    backends: groups.flatMap((group) => {
      const asClient = inClientsNames.has(group.id);
      const place = { mode: modeOf(group.protocol), idleSeconds: longestSilence(balancer, group), asClient };
      return [
        ...targetGroupBackends(group, registered(group), place),
        ...(asClient && bySix !== null ? ownAddressBackends(group, registered(group), place) : []),
      ];
    }),
  };
}

/**
 * Listeners of a dual-stack Network Load Balancer by IPv6, which end every connection: targets of IPv4 see the node. UDP is not carried.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#ip-address-type
 */
function sixFrontends(
  balancer: LoadBalancer,
  address: Address6,
  byOwnAddress: ReadonlySet<string>,
  targetGroups: ReadonlyMap<string, number | null>,
  certificates: Readonly<Record<string, readonly string[]>>,
): string[] {
  return balancer.listeners
    .filter(({ protocol }) => protocol !== 'UDP')
    .map((listener) =>
      networkFrontend(listener, {
        addresses: [`[${formatAddress6(address)}]`],
        certificates: certificates[listener.id] ?? [],
        targetGroups,
        byOwnAddress,
        logged: false,
      }),
    );
}

function addressesOf({ address, address6 }: BalancerNode): string[] {
  return [formatAddress(address), ...(address6 === null ? [] : [`[${formatAddress6(address6)}]`])];
}

/** Of the listeners that ask a group, who is patient longest: each of them closes its own side in its own time. */
function longestSilence(balancer: LoadBalancer, group: TargetGroup): number {
  const asking = balancer.listeners.filter(({ rules }) =>
    rules.some(({ action }) => action.kind === 'forward' && action.targetGroups.some(({ id }) => id === group.id)),
  );
  return Math.max(...asking.map(idleSeconds));
}

function globalSection({ control, serverState }: { readonly control: string; readonly serverState: string }): string {
  return `global
  nbthread 1
  stats socket ${control} mode 600 level admin expose-fd listeners
  server-state-file ${serverState}
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
  timeout tunnel ${idle}s
${errorPages(balancer).join('\n')}`;
}

/** Each listener has its own. */
const tcpDefaults = `  mode tcp
  timeout client ${silence}s
  timeout server ${silence}s`;
