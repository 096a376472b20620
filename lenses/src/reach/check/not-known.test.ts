import { describe, expect, test } from 'vitest';
import {
  gateway,
  group,
  instance,
  plain,
  type Resources,
  ref,
  subnet,
  table,
  vpc,
} from '../../../../region/test/connectivity-templates.ts';
import { junit, sarif } from '../../controls/check-formats.ts';
import { checkData } from './check-data.ts';
import { checkLines } from './check-text.ts';
import { codesOf, outcomeOf, proofOf } from './proof.fixture.ts';

const of = (...parts: readonly Resources[]) => Object.assign({}, ...parts);
const base = of(
  vpc('Vpc', '10.50.0.0/16'),
  subnet('A', 'Vpc', '10.50.1.0/24'),
  group('Open', 'Vpc', ['-1 0.0.0.0/0']),
  instance('Host', 'A', ['Open']),
);
const onTable = (...routes: readonly string[]) => table('Table', 'Vpc', ['A'], routes);
const vpn = of(
  plain('Vgw', 'EC2::VPNGateway', { Type: 'ipsec.1' }),
  plain('VgwOn', 'EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), VpnGatewayId: ref('Vgw') }),
);
const propagated = plain('Learned', 'EC2::VPNGatewayRoutePropagation', {
  RouteTableIds: [ref('Table')],
  VpnGatewayId: ref('Vgw'),
});
const routeTo = (property: string, id: string, destination = '10.20.0.0/16') =>
  of(
    onTable(),
    plain('Out', 'EC2::Route', { RouteTableId: ref('Table'), DestinationCidrBlock: destination, [property]: id }),
  );
const endpoint = plain('Objects', 'EC2::VPCEndpoint', {
  VpcId: ref('Vpc'),
  ServiceName: 'com.amazonaws.ap-northeast-2.s3',
  VpcEndpointType: 'Gateway',
  RouteTableIds: [ref('Table')],
});
const guarded = (ingress: object) =>
  plain('Open', 'EC2::SecurityGroup', {
    GroupDescription: 'guarded',
    VpcId: ref('Vpc'),
    SecurityGroupIngress: [ingress as never],
  });
const facing = of(
  gateway('Vpc'),
  onTable('0.0.0.0/0 GatewayId VpcGateway'),
  plain('Address', 'EC2::EIP', { Domain: 'vpc', InstanceId: ref('Host') }),
);

describe('what is not modelled or not known', () => {
  test.each<[string, object, string, string]>([
    [
      'a static route to a virtual private gateway',
      of(vpn, onTable('10.20.0.0/16 GatewayId Vgw')),
      'Host → 10.20.0.1',
      'UNKNOWN_BEHIND_GATEWAY',
    ],
    [
      'routes that a virtual private gateway learns',
      of(vpn, onTable(), propagated),
      'Host → 10.20.0.1',
      'UNKNOWN_BEHIND_GATEWAY',
    ],
    [
      'who comes by a virtual private gateway',
      of(vpn, onTable('10.20.0.0/16 GatewayId Vgw')),
      '10.20.0.0/16 → Host',
      'UNKNOWN_BEHIND_GATEWAY',
    ],
    [
      'an address that may be of a service with a gateway endpoint',
      of(onTable(), endpoint),
      'Host → 52.219.0.0/16',
      'UNKNOWN_ADDRESS',
    ],
    [
      'a transit gateway of another stack',
      routeTo('TransitGatewayId', 'tgw-0123456789abcdef0'),
      'Host → 10.20.0.1',
      'UNKNOWN_TARGET',
    ],
    [
      'an endpoint of a Gateway Load Balancer',
      routeTo('VpcEndpointId', 'vpce-0123456789abcdef0'),
      'Host → 10.20.0.1',
      'UNKNOWN_TARGET',
    ],
    ['a carrier gateway', routeTo('CarrierGatewayId', 'cagw-0123456789abcdef0'), 'Host → 10.20.0.1', 'UNKNOWN_TARGET'],
    ['a local gateway', routeTo('LocalGatewayId', 'lgw-0123456789abcdef0'), 'Host → 10.20.0.1', 'UNKNOWN_TARGET'],
    [
      'a core network',
      routeTo('CoreNetworkArn', 'arn:aws:networkmanager::000000000000:core-network/core-network-0'),
      'Host → 10.20.0.1',
      'UNKNOWN_TARGET',
    ],
    [
      'a prefix list of AWS in a rule',
      of(facing, guarded({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourcePrefixListId: 'pl-22a6434b' })),
      'internet → Host',
      'UNKNOWN_PREFIX_LIST',
    ],
    [
      'a group of another stack',
      of(facing, {
        Host: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            ImageId: 'ami-0123456789abcdef0',
            SubnetId: { Ref: 'A' },
            SecurityGroupIds: ['sg-0123456789abcdef0'],
          },
        },
      }),
      'internet → Host',
      'UNKNOWN_GROUP',
    ],
  ])('%s: forbidden or allowed, it is not known', async (_, more, ends, code) => {
    const network = { ...base, ...more };
    expect(await outcomeOf(network, `forbid ${ends} tcp 443`)).toBe('unknown');
    expect(await outcomeOf(network, `allow ${ends} tcp 443`)).toBe('unknown');
    expect(await codesOf(network, `forbid ${ends} tcp 443`)).toContain(code);
  });

  test.each<[string, object, string]>([
    [
      'another port than the list’s',
      of(facing, guarded({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourcePrefixListId: 'pl-22a6434b' })),
      'forbid internet → Host tcp 22',
    ],
    ['a range behind nothing', of(onTable()), 'forbid 10.20.0.0/16 → Host tcp 22'],
    [
      'a group that refuses what comes by a gateway',
      of(vpn, onTable('10.20.0.0/16 GatewayId Vgw'), group('Open', 'Vpc')),
      'forbid 10.20.0.0/16 → Host tcp 22',
    ],
    ['the VPC itself, beside a gateway', of(vpn, onTable(), propagated), 'forbid Host → internet tcp 22'],
  ])('%s is known all the same', async (_, more, line) => {
    expect(await outcomeOf({ ...base, ...more }, line)).toBe('holds');
  });

  test('has a verdict of its own in every form', async () => {
    const report = await proofOf({ ...base, ...routeTo('LocalGatewayId', 'lgw-0') }, 'forbid Host → 10.20.0.1 tcp 443');
    expect(report.ok).toBe(false);
    expect(checkData(report, null).intents[0]).toMatchObject({
      outcome: 'unknown',
      holds: false,
      failures: [{ outcome: 'unknown', blockers: [], unknowns: [{ code: 'UNKNOWN_TARGET' }] }],
    });
    const english = checkLines(report, null, [], 'en').join('\n');
    expect(english).toContain('? forbid i0');
    expect(english).toContain('tcp 443 may get there');
    expect(english).toContain('1 of 1 intents are not known.');
    expect(english).not.toContain('✓');
    expect(checkLines(report, null, [], 'ko').join('\n')).toContain('통신 규칙 1개 중 1개는 알 수 없습니다.');
    expect(junit(report, [])).toContain('<failure type="unknown" message="i0 is not known">');
    expect(sarif(report, [])).toMatchObject({ runs: [{ results: [{ kind: 'open', level: 'none' }] }] });
  });
});

describe('a service in a VPC', () => {
  const called = of(base, group('Caller', 'Vpc'), group('Served', 'Vpc', ['tcp 2049 Caller', 'tcp 443 10.50.1.0/25']));
  const role = plain('Role', 'IAM::Role', {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  });
  const sg = (name: string) => ({ 'Fn::GetAtt': [name, 'GroupId'] });
  const caller = plain('Function', 'Lambda::Function', {
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { ZipFile: 'x' },
    VpcConfig: { SubnetIds: [ref('A')], SecurityGroupIds: [sg('Caller')] },
  });
  const files = {
    ...plain('Files', 'EFS::FileSystem', {}),
    ...plain('Mount', 'EFS::MountTarget', {
      FileSystemId: ref('Files'),
      SubnetId: ref('A'),
      SecurityGroups: [sg('Served')],
    }),
  };
  const network = of(called, role, caller, files);

  test.each([
    ['allow Function → Mount tcp 2049', 'holds'],
    ['forbid Host → Mount tcp 2049', 'holds'],
    ['forbid Function → Host tcp 80', 'broken'],
    ['allow Host → Function tcp 443', 'broken'],
    // The rule names half of the subnet, and AWS chooses the function's address.
    ['allow Function → Mount tcp 443', 'unknown'],
    ['forbid Function → Mount tcp 443', 'unknown'],
    ['forbid Caller → Mount tcp 443', 'unknown'],
  ])('%s: %s', async (line, outcome) => {
    expect(await outcomeOf(network, line)).toBe(outcome);
  });

  test('takes no connection where it only calls', async () => {
    expect(await codesOf(network, 'allow Host → Function tcp 443')).toContain('SERVICE_TAKES_NO_CONNECTIONS');
  });
});

describe('a gateway’s own route table', () => {
  const box = (ingress: readonly string[]) => [
    subnet('Box', 'Vpc', '10.50.9.0/24'),
    group('Boxed', 'Vpc', ingress),
    instance('Appliance', 'Box', ['Boxed'], { SourceDestCheck: false }),
    table('ToInternet', 'Vpc', ['Box'], ['0.0.0.0/0 GatewayId VpcGateway']),
    plain('Edge', 'EC2::RouteTable', { VpcId: ref('Vpc') }),
    plain('AtEdge', 'EC2::GatewayRouteTableAssociation', { GatewayId: ref('VpcGateway'), RouteTableId: ref('Edge') }),
    plain('ToBox', 'EC2::Route', {
      RouteTableId: ref('Edge'),
      DestinationCidrBlock: '10.50.1.0/24',
      InstanceId: ref('Appliance'),
    }),
  ];

  test.each([
    ['whose group refuses', [], 'forbid internet → Host tcp 80', 'holds'],
    ['whose group lets it in', ['-1 0.0.0.0/0'], 'forbid internet → Host tcp 80', 'broken'],
    ['whose group lets it in', ['-1 0.0.0.0/0'], 'allow internet → Host tcp 80', 'holds'],
  ])('sends what comes in to an appliance %s', async (_, ingress, line, outcome) => {
    expect(await outcomeOf(of(base, facing, ...box(ingress)), line)).toBe(outcome);
  });
});

describe('an instance without a source check on the way to the internet', () => {
  const nat = (...more: readonly Resources[]) => [
    subnet('Box', 'Vpc', '10.50.9.0/24'),
    instance('Nat', 'Box', ['Open'], { SourceDestCheck: false }),
    gateway('Vpc'),
    table('ToInternet', 'Vpc', ['Box'], ['0.0.0.0/0 GatewayId VpcGateway']),
    table('ByNat', 'Vpc', ['A'], ['0.0.0.0/0 InstanceId Nat']),
    ...more,
  ];
  const address = plain('NatAddress', 'EC2::EIP', { Domain: 'vpc', InstanceId: ref('Nat') });

  test('may translate: neither allowed nor forbidden is proven', async () => {
    const network = of(base, ...nat(address));
    expect(await outcomeOf(network, 'allow Host → internet tcp 443')).toBe('unknown');
    expect(await outcomeOf(network, 'forbid Host → internet tcp 443')).toBe('unknown');
    expect(await codesOf(network, 'allow Host → internet tcp 443')).toContain('UNKNOWN_TRANSLATION');
  });

  test('without a public address leads nowhere', async () => {
    expect(await outcomeOf(of(base, ...nat()), 'forbid Host → internet tcp 443')).toBe('holds');
  });
});

describe('a separate egress rule', () => {
  const egress = (groupName: string | object) =>
    plain('Only', 'EC2::SecurityGroupEgress', {
      GroupId: groupName as never,
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8080,
      CidrIp: '10.50.0.0/16',
    });

  test.each([
    ['a group’s', { 'Fn::GetAtt': ['Quiet', 'GroupId'] }, ['Quiet']],
    ['a VPC’s default group’s', { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }, []],
  ])('undoes %s rule that lets everything out', async (_, groupId, groups) => {
    const network = of(base, group('Quiet', 'Vpc'), instance('Web', 'A', groups), egress(groupId));
    expect(await outcomeOf(network, 'allow Web → Host tcp 8080')).toBe('holds');
    expect(await outcomeOf(network, 'forbid Web → Host tcp 9090')).toBe('holds');
  });
});

test.each([
  ['forbid internet → Lost tcp 80'],
  ['allow internet → Lost tcp 80'],
  ['forbid Lost → Host tcp 80'],
])('of what stands outside of the templates nothing is known: %s', async (line) => {
  const lost = plain('Lost', 'EC2::Instance', {
    ImageId: 'ami-0123456789abcdef0',
    SubnetId: 'subnet-0123456789abcdef0',
  });
  expect(await outcomeOf(of(base, lost), line)).toBe('unknown');
});
