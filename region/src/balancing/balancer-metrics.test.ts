import type { BalancingView } from '@terrace/cloud/views/balancing';
import { expect, test } from 'vitest';
import { BalancerMetrics } from './balancer-metrics.ts';
import { backendName, openBackendName } from './haproxy/haproxy-target-group.ts';
import { readCounters } from './haproxy/proxy-counters.ts';
import type { TargetHealth } from './target-health.ts';

const group = { id: 'arn:aws:elasticloadbalancing:ap-northeast-2:1:targetgroup/web/2', targets: [] };
const balancer = {
  id: 'arn:aws:elasticloadbalancing:ap-northeast-2:1:loadbalancer/app/external/1',
  kind: 'application',
  nodes: [{ interface: 'eni-a', zone: 'a' }],
  listeners: [{ rules: [{ action: { kind: 'forward', targetGroups: [{ id: group.id, weight: 1 }] } }] }],
};
const view = { balancers: [balancer], targetGroups: [group] } as unknown as BalancingView;
const health = ['healthy', 'healthy', 'unhealthy', 'draining', 'initial'].map((each) => ({
  group,
  health: each,
})) as unknown as TargetHealth[];

/** HAProxy's answer: a frontend that has so many answers of 2xx and 5xx, and a server of each backend. */
function said(front: readonly number[], server: readonly number[], open: readonly number[]) {
  const header =
    '# pxname,svname,scur,stot,bin,bout,econ,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,conn_tot,connect';
  const row = (proxy: string, name: string, [total = 0, ok = 0, failed = 0, bytes = 0]: readonly number[]) =>
    `${proxy},${name},1,${total},${bytes},0,0,0,${ok},0,0,${failed},${total},${total}`;
  return [
    header,
    row('listener_80', 'FRONTEND', front),
    row(backendName(group.id), 'i-1-80', server),
    row(openBackendName(group.id), 'i-1-80', open),
    '',
  ].join('\n');
}

test('a load balancer is measured by what its nodes have counted since the last time', () => {
  const metrics = new BalancerMetrics();
  const measure = (text: string) =>
    Object.fromEntries(
      metrics
        .measure(view, new Map([['eni-a', readCounters(text)]]), health)
        .filter(({ dimensions }) => !('AvailabilityZone' in dimensions))
        .map(({ name, dimensions, value }) => [`${name}${'TargetGroup' in dimensions ? ' of the group' : ''}`, value]),
    );
  measure(said([10, 9, 1, 1000], [8, 8, 0], [1, 1, 0]));
  expect(measure(said([16, 12, 4, 5000], [10, 10, 0], [3, 1, 1]))).toEqual({
    RequestCount: 4,
    'RequestCount of the group': 4,
    // By two healthy targets.
    'RequestCountPerTarget of the group': 2,
    NewConnectionCount: 6 + 4,
    ActiveConnectionCount: 3,
    ProcessedBytes: 4000,
    HTTPCode_Target_2XX_Count: 2,
    HTTPCode_Target_5XX_Count: 1,
    'HTTPCode_Target_2XX_Count of the group': 2,
    'HTTPCode_Target_5XX_Count of the group': 1,
    HTTPCode_ELB_5XX_Count: 2,
    'HealthyHostCount of the group': 2,
    'UnHealthyHostCount of the group': 1,
  });
});

test('a node whose process was replaced counts from nothing', () => {
  const metrics = new BalancerMetrics();
  const requests = (text: string) =>
    metrics.measure(view, new Map([['eni-a', readCounters(text)]]), []).find(({ name }) => name === 'RequestCount')!
      .value;
  requests(said([10, 10, 0, 1000], [10, 10, 0, 1000], []));
  expect(requests(said([2, 2, 0, 200], [2, 2, 0, 200], []))).toBe(2);
});

test('what cannot be asked has no counts, and its last ones are kept', () => {
  const metrics = new BalancerMetrics();
  const counted = (nodes: ReadonlyMap<string, ReturnType<typeof readCounters>>) =>
    metrics.measure(view, nodes, []).find(({ name }) => name === 'RequestCount')!.value;
  counted(new Map([['eni-a', readCounters(said([3], [3], []))]]));
  expect(counted(new Map())).toBe(0);
  expect(counted(new Map([['eni-a', readCounters(said([5], [5], []))]]))).toBe(2);
});
