import { describe, expect, test } from 'vitest';
import { endpointsOf, projectOf } from '../../../../region/test/connectivity-project.ts';
import {
  acl,
  gateway,
  group,
  instance,
  nat,
  networkInterface,
  peering,
  plain,
  type Resources,
  ref,
  subnet,
  table,
  template,
  vpc,
} from '../../../../region/test/connectivity-templates.ts';
import { readTraffic, trafficOf } from '../traffic/read-traffic.ts';
import { answerData, answerLines } from './answer-text.ts';
import { ask, openReach } from './ask.ts';
import type { Answer } from './question.ts';

const two: readonly Resources[] = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  vpc('Other', '172.16.0.0/16'),
  subnet('D', 'Other', '172.16.1.0/24'),
  peering('Peering', 'Vpc', 'Other'),
  group('Was', 'Vpc'),
  group('Data', 'Other', ['tcp 5432 Was']),
  instance('Client', 'A', ['Was']),
  instance('Database', 'D', ['Data']),
];
const there = table('There', 'Vpc', ['A'], ['172.16.0.0/16 VpcPeeringConnectionId Peering']);
const back = table('Back', 'Other', ['D'], ['10.20.0.0/16 VpcPeeringConnectionId Peering']);

async function answer(
  parts: readonly Resources[],
  port: string | null = '5432',
  from = 'Client',
  to = 'Database',
): Promise<Answer> {
  const project = await projectOf(template(...parts));
  const traffic = port === null ? null : trafficOf('tcp', port);
  if (traffic && !traffic.ok) throw new Error(JSON.stringify(traffic.mistakes));
  return ask(openReach(project.network), {
    from: endpointsOf(project, from),
    to: endpointsOf(project, to),
    traffic: traffic ? traffic.value : null,
  });
}

function codes({ pairs }: Answer): string[] {
  return pairs.flatMap((pair) => pair.blockers.map(({ code, way, component }) => `${way} ${code} ${component.name}`));
}

describe('a question', () => {
  test('is answered with the way there and back, and what let it through', async () => {
    const { verdict, pairs } = await answer([...two, there, back]);
    expect(verdict).toBe('yes');
    expect(pairs[0]!.path.map(({ way, component }) => `${way} ${component.kind} ${component.name}`)).toEqual([
      'forward security-group Was',
      'forward route-table There',
      'forward peering Peering',
      'forward security-group Data',
      'forward interface Database',
      'return route-table Back',
      'return peering Peering',
    ]);
  });

  test('is answered with everything in the way at once, return included', async () => {
    const shut = acl('Shut', 'Other', ['D'], ['in 100 allow tcp 5432 10.20.0.0/16']);
    const blocked = await answer([...two, shut, group('Data', 'Other', ['tcp 3306 Was'])]);
    expect(codes(blocked)).toEqual([
      'forward NO_ROUTE_TO_DESTINATION main table of Vpc',
      'forward ENI_SG_RULES_MISMATCH Data',
      'return NO_ROUTE_TO_DESTINATION main table of Other',
      'return SUBNET_ACL_RESTRICTION Shut',
    ]);
  });

  test('names the smallest change for each, as a resource to add', async () => {
    const { pairs } = await answer([...two, there, group('Data', 'Other')]);
    const changes = pairs[0]!.blockers.map(({ change }) => [change!.type, change!.properties]);
    expect(changes[0]).toMatchObject([
      'AWS::EC2::SecurityGroupIngress',
      { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 },
    ]);
    expect(changes[0]![1]).toHaveProperty('SourceSecurityGroupId');
    expect(changes[1]).toMatchObject(['AWS::EC2::Route', { DestinationCidrBlock: '10.20.0.0/16' }]);
    expect(changes[1]![1]).toHaveProperty('VpcPeeringConnectionId');
  });

  test('an answer that passes for some of the client’s ports only is no answer to rely on', async () => {
    const narrow = acl(
      'Narrow',
      'Other',
      ['D'],
      ['in 100 allow all 0.0.0.0/0', 'out 100 allow tcp 32768-40000 0.0.0.0/0'],
    );
    const found = await answer([...two, there, back, narrow]);
    expect([found.verdict, found.pairs[0]!.onlySometimes]).toEqual(['no', true]);
    expect(codes(found)).toEqual(['return SUBNET_ACL_RESTRICTION Narrow']);
  });

  test('without a port is about what passes at all', async () => {
    const { verdict, pairs } = await answer([...two, there, back], null);
    expect([verdict, pairs[0]!.allowed]).toEqual(['yes', [5432, 5432]]);
  });

  test('about a range of ports says which of them', async () => {
    const { verdict, pairs } = await answer([...two, there, back], '5000-6000');
    expect([verdict, pairs[0]!.allowed]).toEqual(['no', [5432, 5432]]);
  });

  test('knows an interface that is attached to nothing', async () => {
    const loose = await answer([...two, networkInterface('Loose', 'A', ['Was'])], '80', 'Client', 'Loose');
    expect(codes(loose)).toEqual(['forward BAD_STATE_ATTACHMENT Loose', 'forward SG_HAS_NO_RULES Was']);
  });

  test('is printed in both languages, and as JSON with path and blockers', async () => {
    const blocked = await answer([...two, there]);
    expect(answerLines(blocked, [5432, 5432], 'en').join('\n')).toContain('NOT reachable');
    expect(answerLines(blocked, [5432, 5432], 'ko').join('\n')).toContain('연결할 수 없음');
    expect(answerData(blocked, [5432, 5432])).toMatchObject({
      verdict: 'no',
      reachable: false,
      blockers: [{ code: 'NO_ROUTE_TO_DESTINATION', way: 'return' }],
      asked: [{ protocol: 'tcp', ports: { from: 5432, to: 5432 } }],
    });
  });
});

describe('what carries some protocols only', () => {
  const one: readonly Resources[] = [
    vpc('Vpc', '10.20.0.0/16'),
    subnet('A', 'Vpc', '10.20.1.0/24'),
    subnet('B', 'Vpc', '10.20.2.0/24'),
    gateway('Vpc'),
    group('Open', 'Vpc'),
    instance('Client', 'B', ['Open']),
  ];
  const byNat = [
    ...one,
    nat('Nat', 'A'),
    table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']),
    table('Private', 'Vpc', ['B'], ['0.0.0.0/0 NatGatewayId Nat']),
  ];
  const byEndpoint = [
    ...one,
    table('Private', 'Vpc', ['B'], []),
    plain('Endpoint', 'EC2::VPCEndpoint', {
      VpcId: ref('Vpc'),
      ServiceName: 'com.amazonaws.ap-northeast-2.s3',
      RouteTableIds: [ref('Private')],
    }),
  ];

  test.each([
    ['nat-protocols-and-idle: TCP', byNat, 'tcp', '203.0.113.10', []],
    ['nat-protocols-and-idle: UDP', byNat, 'udp', '203.0.113.10', []],
    ['nat-protocols-and-idle: not GRE', byNat, '47', '203.0.113.10', ['PROTOCOL_RESTRICTION']],
    ['a gateway endpoint: TCP', byEndpoint, 'tcp', '198.19.1.1', []],
    ['a gateway endpoint: not UDP', byEndpoint, 'udp', '198.19.1.1', ['VPCE_GATEWAY_PROTOCOL_RESTRICTION']],
  ] as const)('%s', async (_, parts, protocol, to, expected) => {
    const project = await projectOf(template(...parts));
    const traffic = trafficOf(protocol, protocol === '47' ? 'all' : '443');
    const asked = ask(openReach(project.network), {
      from: endpointsOf(project, 'Client'),
      to: endpointsOf(project, to),
      traffic: traffic.ok ? traffic.value : [],
    });
    expect(asked.pairs.flatMap((pair) => pair.blockers.map((each) => each.code))).toEqual(expected);
  });
});

describe('what is asked about', () => {
  test.each([
    ['tcp', '99999', 'PORT_OUT_OF_RANGE'],
    ['tcp', '80-70', 'PORT_OUT_OF_RANGE'],
    ['quic', '443', 'UNKNOWN_PROTOCOL'],
  ])('%s %s is a mistake: %s', (protocol, ports, code) => {
    const read = trafficOf(protocol, ports);
    expect(read.ok ? [] : read.mistakes.map((each) => each.code)).toEqual([code]);
  });

  test.each(['icmp', 'all', '47'])('a port of %s is a mistake, not passed over', (protocol) => {
    const read = readTraffic({ protocol, port: '443' });
    expect(read.ok ? [] : read.mistakes.map((each) => each.code)).toEqual(['PROTOCOL_WITHOUT_PORTS']);
    expect(readTraffic({ protocol }).ok).toBe(true);
  });
});
