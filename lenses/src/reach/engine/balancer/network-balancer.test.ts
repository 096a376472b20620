import { describe, expect, test } from 'vitest';
import {
  gateway,
  group,
  groupOf,
  instance,
  plain,
  type Resources,
  ref,
  subnet,
  table,
  vpc,
} from '../../../../../region/test/connectivity-templates.ts';
import { codesOf, outcomeOf } from '../../check/proof.fixture.ts';

const base: readonly Resources[] = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24'),
  gateway('Vpc'),
  table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']),
  group('Open', 'Vpc', ['-1 0.0.0.0/0']),
  group('Inside', 'Vpc', ['tcp 8080 10.20.0.0/16']),
  instance('Server', 'B', ['Inside']),
  instance('Client', 'B', ['Open']),
];

interface Shape {
  readonly scheme?: string;
  readonly type?: string;
  readonly groups?: readonly string[];
  readonly targetType?: 'instance' | 'ip';
  readonly protocol?: string;
  readonly preserve?: string;
  readonly targets?: readonly string[];
}

function balancer({ scheme = 'internet-facing', groups = [], preserve, ...shape }: Shape): Resources {
  const { targetType = 'instance', protocol = 'TCP', targets = ['Server'] } = shape;
  const id = (name: string) => (targetType === 'ip' ? { 'Fn::GetAtt': [name, 'PrivateIp'] } : ref(name));
  return {
    ...plain('Front', 'ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'network',
      Scheme: scheme,
      Subnets: [ref('A')],
      ...(groups.length > 0 ? { SecurityGroups: groups.map(groupOf) } : {}),
    }),
    ...plain('Targets', 'ElasticLoadBalancingV2::TargetGroup', {
      VpcId: ref('Vpc'),
      Protocol: protocol,
      Port: 8080,
      TargetType: targetType,
      Targets: targets.map((each) => ({ Id: id(each) })),
      ...(preserve ? { TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: preserve }] } : {}),
    }),
    ...plain('Listener', 'ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Front'),
      Port: 80,
      Protocol: protocol,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
  };
}

const of = (shape: Shape, ...more: readonly Resources[]) => Object.assign({}, ...base, ...more, balancer(shape));

describe('a network load balancer as one question', () => {
  test.each<[string, Shape, string, string]>([
    [
      'keeps the client’s address for instances, which the target refuses',
      {},
      'allow internet → Front tcp 80',
      'broken',
    ],
    ['does not keep it where that is off', { preserve: 'false' }, 'allow internet → Front tcp 80', 'holds'],
    ['does not keep it for addresses', { targetType: 'ip' }, 'allow internet → Front tcp 80', 'holds'],
    [
      'keeps it for addresses where that is on',
      { targetType: 'ip', preserve: 'true' },
      'allow internet → Front tcp 80',
      'broken',
    ],
    ['takes a client of the VPC', { scheme: 'internal' }, 'allow Client → Front tcp 80', 'holds'],
    ['has no listener for another port', { scheme: 'internal' }, 'forbid Client → Front tcp 81', 'holds'],
    ['has no listener for another protocol', { scheme: 'internal' }, 'forbid Client → Front udp 80', 'holds'],
    ['gives a target that asks itself no connection', { scheme: 'internal' }, 'allow Server → Front tcp 80', 'broken'],
    [
      'gives it one without the address',
      { scheme: 'internal', preserve: 'false' },
      'allow Server → Front tcp 80',
      'holds',
    ],
    [
      'is filtered by a group of its own',
      { scheme: 'internal', groups: ['Inside'] },
      'allow Client → Front tcp 80',
      'broken',
    ],
    ['has a target that is elsewhere', { targets: ['Server', 'Gone'] }, 'allow Client → Front tcp 80', 'broken'],
  ])('%s', async (_, shape, line, outcome) => {
    const gone = shape.targets?.includes('Gone') ? [instance('Gone', 'B', ['Inside'])] : [];
    expect(await outcomeOf(of(shape, ...gone), line)).toBe(outcome);
  });

  test('may be named by its target’s group, whatever address it keeps', async () => {
    const named = [group('Inside', 'Vpc', ['tcp 8080 Open'])];
    expect(await outcomeOf(of({ groups: ['Open'] }, ...named), 'allow internet → Front tcp 80')).toBe('holds');
    expect(await outcomeOf(of({}, ...named), 'allow internet → Front tcp 80')).toBe('broken');
  });

  test('tells what is in the way at the target', async () => {
    expect(await codesOf(of({}), 'allow internet → Front tcp 80')).toEqual(['ENI_SG_RULES_MISMATCH']);
    expect(await codesOf(of({}), 'allow internet → Front tcp 81')).toContain('ELBV2_LISTENERS_MISMATCH');
    expect(await codesOf(of({ scheme: 'internal' }), 'allow Server → Front tcp 80')).toEqual(['NLB_HAIRPIN']);
    expect(await codesOf(of({ targets: [] }), 'allow internet → Front tcp 80')).toContain('ELBV2_LISTENER_HAS_NO_TG');
  });
});
