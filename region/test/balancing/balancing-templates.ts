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
} from '../connectivity-templates.ts';

type Json = Parameters<typeof plain>[2][string];

/** Two zones with a public and a private subnet each, and everything open: what a case needs besides is stated in it. */
export const ground: Resources = Object.assign(
  {},
  vpc('Vpc', '10.40.0.0/16'),
  gateway('Vpc'),
  subnet('A', 'Vpc', '10.40.1.0/24'),
  subnet('B', 'Vpc', '10.40.2.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
  subnet('PrivateA', 'Vpc', '10.40.11.0/24'),
  subnet('PrivateB', 'Vpc', '10.40.12.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
  table('Public', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway']),
  group('Open', 'Vpc', ['-1 0.0.0.0/0']),
);

export const server = (name: string, subnetName = 'PrivateA', groups: readonly string[] = ['Open']): Resources =>
  instance(name, subnetName, groups);

const attributes = (given: Readonly<Record<string, string>>): Json =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));

/** An Application Load Balancer in both zones, called `Balancer`. */
export const balancer = (
  given: Readonly<Record<string, string>> = {},
  more: Readonly<Record<string, Json>> = {},
): Resources =>
  plain('Balancer', 'ElasticLoadBalancingV2::LoadBalancer', {
    Name: 'Balancer',
    Subnets: [ref('A'), ref('B')],
    SecurityGroups: [groupOf('Open')],
    LoadBalancerAttributes: attributes(given),
    ...more,
  });

/** Health is asked every 5 s, as often as AWS allows; two failures in a row take a target off. */
export const targets = (
  name: string,
  members: readonly string[],
  more: Readonly<Record<string, Json>> = {},
  given: Readonly<Record<string, string>> = {},
): Resources =>
  plain(name, 'ElasticLoadBalancingV2::TargetGroup', {
    VpcId: ref('Vpc'),
    Protocol: 'HTTP',
    Port: 8080,
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: 5,
    HealthCheckTimeoutSeconds: 2,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 2,
    Targets: members.map((each) => ({ Id: /^\d/.test(each) ? each : ref(each) })),
    TargetGroupAttributes: attributes(given),
    ...more,
  });

export const forward = (name: string): Json => [{ Type: 'forward', TargetGroupArn: ref(name) }];

export const listener = (
  name: string,
  port: number,
  actions: Json,
  more: Readonly<Record<string, Json>> = {},
): Resources =>
  plain(name, 'ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('Balancer'),
    Port: port,
    Protocol: 'HTTP',
    DefaultActions: actions,
    ...more,
  });

let numbered = 0;

export const rule = (listenerName: string, priority: number, conditions: Json, actions: Json): Resources => {
  numbered += 1;
  return plain(`Rule${numbered}`, 'ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: ref(listenerName),
    Priority: priority,
    Conditions: conditions,
    Actions: actions,
  });
};

export const saying = (text: string): Json => [
  { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: text } },
];
