import type { BalancerNode, BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import type { Measurement } from '../metrics/metric.ts';
import { backendName, openBackendName } from './haproxy/haproxy-target-group.ts';
import { type ProxyCounters, since } from './haproxy/proxy-counters.ts';
import { targetGroupsUsed } from './node-targets.ts';
import type { TargetHealth } from './target-health.ts';

/** What the nodes of load balancers have counted, by their interfaces. */
export type CountersOfNodes = ReadonlyMap<string, readonly ProxyCounters[]>;

/**
 * Measures load balancers: what their nodes have counted since the last time, and the health of their targets.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 */
export class BalancerMetrics {
  #before: ReadonlyMap<string, ProxyCounters> = new Map();

  measure(view: BalancingView, nodes: CountersOfNodes, health: readonly TargetHealth[]): Measurement[] {
    const counted = this.#counted(nodes);
    // Classic and Gateway Load Balancers have namespaces of their own, which are not measured.
    const measured = view.balancers.filter(({ kind }) => kind === 'application' || kind === 'network');
    return measured.flatMap((balancer) => {
      const groups = targetGroupsUsed(view, balancer);
      const hosts = groups.flatMap((group) => hostCounts(balancer, group, health));
      if (balancer.kind !== 'application') return hosts;
      const nodes = balancer.nodes.map((node) => ({ node, counters: counted.get(node.interface) ?? [] }));
      return [
        ...nodes.flatMap(({ node, counters }) => ofNode(balancer, node, groups, counters)),
        ...groups.flatMap((group) =>
          perTarget(
            balancer,
            group,
            nodes.flatMap(({ counters }) => counters),
            health,
          ),
        ),
        ...hosts,
      ];
    });
  }

  #counted(nodes: CountersOfNodes): CountersOfNodes {
    const next = new Map(this.#before);
    const counted = new Map<string, ProxyCounters[]>();
    for (const [node, all] of nodes) {
      const grown = all.map((each) => {
        const key = `${node} ${each.proxy} ${each.server}`;
        next.set(key, each);
        return since(this.#before.get(key), each);
      });
      counted.set(node, grown);
    }
    this.#before = next;
    return counted;
  }
}

function ofNode(
  balancer: LoadBalancer,
  node: BalancerNode,
  groups: readonly TargetGroup[],
  counters: readonly ProxyCounters[],
): Measurement[] {
  const LoadBalancer = nameOf(balancer);
  const places = [{ LoadBalancer }, { LoadBalancer, AvailabilityZone: node.zone }];
  const frontends = counters.filter(({ kind }) => kind === 'frontend');
  const ofGroup = (group: TargetGroup) => serversOf(group, counters);
  const servers = groups.flatMap(ofGroup);
  const byBalancer = (code: number) => Math.max(0, responses(frontends, code) - responses(servers, code));
  const connections = sum(frontends, 'connections') + sum(servers, 'connections');
  const sessions = sum(frontends, 'sessions') + sum(servers, 'sessions');
  return [
    ...places.flatMap((dimensions) => [
      measured('RequestCount', dimensions, sum(servers, 'handed')),
      ...nonzero('NewConnectionCount', dimensions, connections),
      ...nonzero('ActiveConnectionCount', dimensions, sessions),
      ...nonzero('ProcessedBytes', dimensions, sum(frontends, 'bytes'), 'Bytes'),
      ...[3, 4, 5].flatMap((code) => nonzero(`HTTPCode_ELB_${code}XX_Count`, dimensions, byBalancer(code))),
      ...ofTargets(dimensions, servers),
    ]),
    ...groups.flatMap((group) => {
      const dimensions = { LoadBalancer, TargetGroup: targetGroupName(group) };
      return [
        measured('RequestCount', dimensions, sum(ofGroup(group), 'handed')),
        ...ofTargets(dimensions, ofGroup(group)),
      ];
    }),
  ];
}

/**
 * Requests by the number of healthy targets. Where none is healthy, AWS sends requests to all, and they are by the number of all.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html#target-metric-table
 */
function perTarget(
  balancer: LoadBalancer,
  group: TargetGroup,
  counters: readonly ProxyCounters[],
  health: readonly TargetHealth[],
): Measurement[] {
  const targets = health.filter((each) => each.group.id === group.id && each.health !== 'draining');
  const healthy = targets.filter((each) => each.health === 'healthy').length;
  const among = healthy > 0 ? healthy : targets.length;
  if (among === 0) return [];
  const value = sum(serversOf(group, counters), 'handed') / among;
  const TargetGroup = targetGroupName(group);
  return [{ TargetGroup }, { TargetGroup, LoadBalancer: nameOf(balancer) }].map((dimensions) =>
    measured('RequestCountPerTarget', dimensions, value),
  );
}

function serversOf(group: TargetGroup, counters: readonly ProxyCounters[]): ProxyCounters[] {
  return counters.filter(
    ({ kind, proxy }) => kind === 'server' && [backendName(group.id), openBackendName(group.id)].includes(proxy),
  );
}

function ofTargets(dimensions: Measurement['dimensions'], servers: readonly ProxyCounters[]): Measurement[] {
  return [
    ...[2, 3, 4, 5].flatMap((code) => nonzero(`HTTPCode_Target_${code}XX_Count`, dimensions, responses(servers, code))),
    ...nonzero('TargetConnectionErrorCount', dimensions, sum(servers, 'failedConnections')),
  ];
}

/** Reported while there are registered targets. */
function hostCounts(balancer: LoadBalancer, group: TargetGroup, health: readonly TargetHealth[]): Measurement[] {
  const states = health
    .filter((each) => each.group.id === group.id && each.health !== 'draining')
    .map((each) => each.health);
  if (states.length === 0) return [];
  const namespace = balancer.kind === 'network' ? 'AWS/NetworkELB' : 'AWS/ApplicationELB';
  const dimensions = { LoadBalancer: nameOf(balancer), TargetGroup: targetGroupName(group) };
  const count = (wanted: string) => states.filter((each) => each === wanted).length;
  return [
    { namespace, name: 'HealthyHostCount', dimensions, unit: 'Count', value: count('healthy') },
    { namespace, name: 'UnHealthyHostCount', dimensions, unit: 'Count', value: count('unhealthy') },
  ];
}

function measured(name: string, dimensions: Measurement['dimensions'], value: number, unit = 'Count'): Measurement {
  return { namespace: 'AWS/ApplicationELB', name, dimensions, unit, value };
}

/** Metrics that AWS reports only where there is something to report. */
function nonzero(name: string, dimensions: Measurement['dimensions'], value: number, unit = 'Count'): Measurement[] {
  return value === 0 ? [] : [measured(name, dimensions, value, unit)];
}

function sum(
  all: readonly ProxyCounters[],
  field: 'handed' | 'connections' | 'bytes' | 'sessions' | 'failedConnections',
): number {
  return all.reduce((total, each) => total + each[field], 0);
}

function responses(all: readonly ProxyCounters[], code: number): number {
  return all.reduce((total, each) => total + (each.responses[code] ?? 0), 0);
}

/** `app/NAME/ID`, the end of its ARN. */
function nameOf({ id }: LoadBalancer): string {
  return id.replace(/^.*:loadbalancer\//, '');
}

/** `targetgroup/NAME/ID`. */
function targetGroupName({ id }: TargetGroup): string {
  return id.replace(/^.*:(?=targetgroup\/)/, '');
}
