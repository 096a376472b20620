import type { BalancingView } from '@terrace/cloud/views/balancing';
import { describe, expect, test } from 'vitest';
import { emptyZones } from './empty-zones.ts';

const count = 'target_group_health.dns_failover.minimum_healthy_targets.count';
const percentage = 'target_group_health.dns_failover.minimum_healthy_targets.percentage';

interface Shape {
  readonly kind?: 'application' | 'network';
  readonly attributes?: Readonly<Record<string, string>>;
  /** Targets by zone, healthy in capitals: `{ a: 'Hh' }` is two, one of them healthy. */
  readonly targets: Readonly<Record<string, string>>;
}

function zonesLeftOut({ kind = 'network', attributes = {}, targets }: Shape): string[] {
  const registered = Object.entries(targets).flatMap(([zone, letters]) =>
    [...letters].map((letter, index) => ({ id: `${zone}${index}`, zone, port: 80, isHealthy: letter === 'H' })),
  );
  const forward = { kind: 'forward', targetGroups: [{ id: 'group', weight: 1 }], stickySeconds: null };
  const view = {
    targetGroups: [{ id: 'group', attributes, targets: registered }],
    balancers: [
      {
        id: 'balancer',
        kind,
        attributes: {},
        nodes: Object.keys(targets).map((zone) => ({ zone })),
        listeners: [{ rules: [{ action: forward }] }],
      },
    ],
  } as unknown as BalancingView;
  const healthy = new Set(registered.filter((each) => each.isHealthy).map(({ id }) => id));
  return [...emptyZones(view, (_node, _group, target) => healthy.has(target.id)).get('balancer')!];
}

describe('the name of a load balancer', () => {
  test.each<[string, Shape, string[]]>([
    ['nlb-zone-in-dns: leaves out a zone without a healthy target', { targets: { a: 'H', b: 'h' } }, ['b']],
    ['nlb-zone-in-dns: leaves out a zone without any target', { targets: { a: 'H', b: '' } }, ['b']],
    ['nlb-zone-in-dns: has every zone empty where none is healthy', { targets: { a: 'h', b: 'h' } }, ['a', 'b']],
    ['keeps all zones of a group in which nobody is registered', { targets: { a: '', b: '' } }, []],
    [
      'nlb-zone-in-dns: counts all zones where the balancer spreads over them',
      { attributes: { 'load_balancing.cross_zone.enabled': 'true' }, targets: { a: 'H', b: 'h' } },
      [],
    ],
    [
      'of an application counts all zones, as it spreads over them',
      { kind: 'application', targets: { a: 'H', b: 'h' } },
      [],
    ],
    [
      'of an application that keeps within its zones leaves them out too',
      {
        kind: 'application',
        attributes: { 'load_balancing.cross_zone.enabled': 'false' },
        targets: { a: 'H', b: 'h' },
      },
      ['b'],
    ],
    ['asks for as many as is stated', { attributes: { [count]: '2' }, targets: { a: 'HH', b: 'Hh' } }, ['b']],
    ['asks for a share', { attributes: { [percentage]: '50' }, targets: { a: 'Hh', b: 'Hhh' } }, ['b']],
    ['is left alone where that is off', { attributes: { [count]: 'off' }, targets: { a: 'H', b: 'h' } }, []],
  ])('%s', (_name, shape, expected) => {
    expect(zonesLeftOut(shape)).toEqual(expected);
  });
});
