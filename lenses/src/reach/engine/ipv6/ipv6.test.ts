import { resolveEndpoint } from '@terrace/cloud/views/reference';
import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../../../region/test/connectivity-project.ts';
import {
  elasticIp,
  gateway,
  instance,
  plain,
  type Resources,
  ref,
  template,
  vpc,
} from '../../../../../region/test/connectivity-templates.ts';
import { ask, openReach } from '../../ask/ask.ts';
import { outcomeOf, proofOf } from '../../check/proof.fixture.ts';
import { tcpPorts } from '../../traffic/traffic-set.ts';

const rule6 = (from: string, port = 22) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIpv6: from });
const subnet6 = (name: string, range: string, six: string) =>
  plain(name, 'EC2::Subnet', {
    VpcId: ref('Vpc'),
    CidrBlock: range,
    Ipv6CidrBlock: six,
    AvailabilityZone: 'ap-northeast-2a',
    AssignIpv6AddressOnCreation: true,
  });
const group6 = (name: string, ingress: readonly object[], egress: readonly object[] = []) =>
  plain(name, 'EC2::SecurityGroup', {
    GroupDescription: name,
    VpcId: ref('Vpc'),
    SecurityGroupIngress: ingress as never,
    ...(egress.length > 0 ? { SecurityGroupEgress: egress as never } : {}),
  });
const route6 = (property: string, target: string) => ({
  ...plain('Table', 'EC2::RouteTable', { VpcId: ref('Vpc') }),
  ...plain('OnTable', 'EC2::SubnetRouteTableAssociation', { RouteTableId: ref('Table'), SubnetId: ref('A') }),
  ...plain('Out', 'EC2::Route', {
    RouteTableId: ref('Table'),
    DestinationIpv6CidrBlock: '::/0',
    [property]: ref(target),
  }),
});
const base = (ingress: readonly object[], ...more: readonly Resources[]) =>
  Object.assign(
    {},
    vpc('Vpc', '10.0.0.0/16'),
    plain('Six', 'EC2::VPCCidrBlock', { VpcId: ref('Vpc'), Ipv6CidrBlock: '2600:1f14:aaaa:bb00::/56' }),
    subnet6('A', '10.0.0.0/24', '2600:1f14:aaaa:bb00::/64'),
    subnet6('B', '10.0.1.0/24', '2600:1f14:aaaa:bb01::/64'),
    group6('Guard', ingress),
    group6('Plain', []),
    instance('Server', 'A', ['Guard']),
    instance('Other', 'B', ['Plain']),
    ...more,
  );
const open = [gateway('Vpc'), route6('GatewayId', 'VpcGateway')];
const egressOnly = [
  plain('Only', 'EC2::EgressOnlyInternetGateway', { VpcId: ref('Vpc') }),
  route6('EgressOnlyInternetGatewayId', 'Only'),
];

describe('IPv6', () => {
  test.each<[string, object, string, string]>([
    [
      'a rule open to all of it lets the internet in',
      base([rule6('::/0')], ...open),
      'forbid internet → Server tcp 22',
      'broken',
    ],
    ['answers go out by the gateway', base([rule6('::/0')], ...open), 'allow internet → Server tcp 22', 'holds'],
    ['another port stays shut', base([rule6('::/0')], ...open), 'forbid internet → Server tcp 23', 'holds'],
    [
      'a rule for a part of it lets that part in',
      base([rule6('2a00::/12')], ...open),
      'forbid internet → Server tcp 22',
      'broken',
    ],
    [
      'a rule for a part is no rule for all',
      base([rule6('2a00::/12')], ...open),
      'allow internet → Server tcp 22',
      'broken',
    ],
    ['nothing comes without a gateway', base([rule6('::/0')]), 'forbid internet → Server tcp 22', 'holds'],
    [
      'nothing comes in by an egress-only gateway',
      base([rule6('::/0')], ...egressOnly),
      'forbid internet → Server tcp 22',
      'holds',
    ],
    ['an egress-only gateway lets out', base([], ...egressOnly), 'forbid Server → internet tcp 443', 'broken'],
    [
      'subnets reach each other by it',
      base([rule6('2600:1f14:aaaa:bb01::/64')]),
      'allow Other → Server tcp 22',
      'holds',
    ],
    [
      'a rule for another subnet is none',
      base([rule6('2600:1f14:aaaa:bb02::/64')]),
      'forbid Other → Server tcp 22',
      'holds',
    ],
  ])('%s', async (_, resources, line, outcome) => {
    expect(await outcomeOf(resources, line)).toBe(outcome);
  });

  test('is named where a forbidden flow is open over it alone, once for all of the internet', async () => {
    const report = await proofOf(base([rule6('::/0')], ...open), 'forbid internet → Server tcp 22');
    expect(report.intents[0]!.failures.map(({ from, to }) => [from, to])).toEqual([['internet (IPv6)', 'Server']]);
  });

  test('of a VPC that AWS provides is cut into its subnets’ ranges', async () => {
    const provided = {
      ...base([rule6('::/0')], ...open),
      Six: { Type: 'AWS::EC2::VPCCidrBlock', Properties: { VpcId: { Ref: 'Vpc' }, AmazonProvidedIpv6CidrBlock: true } },
      A: {
        Type: 'AWS::EC2::Subnet',
        DependsOn: 'Six',
        Properties: {
          VpcId: { Ref: 'Vpc' },
          CidrBlock: '10.0.0.0/24',
          Ipv6CidrBlock: {
            'Fn::Select': [
              0,
              { 'Fn::Cidr': [{ 'Fn::Select': [0, { 'Fn::GetAtt': ['Vpc', 'Ipv6CidrBlocks'] }] }, 1, 64] },
            ],
          },
          AssignIpv6AddressOnCreation: true,
        },
      },
    };
    expect(await outcomeOf(provided, 'forbid internet → Server tcp 22')).toBe('broken');
  });
});

describe('a question about IPv6', () => {
  const ends = async (from: string, to: string, family?: 4 | 6) => {
    const { inventory, network } = await projectOf(
      template(
        base([rule6('::/0')], ...open),
        plain('Old', 'EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' }),
        instance('Four', 'Old', ['Plain']),
        elasticIp('Address', 'Other'),
      ),
    );
    const [sender, receiver] = [from, to].map((each) => resolveEndpoint(each, inventory, network));
    if (!sender?.ok || !receiver?.ok) throw new Error('no such end');
    const traffic = tcpPorts({ from: 22, to: 22 });
    const more = family === undefined ? {} : { family };
    return ask(openReach(network), { from: sender.value, to: receiver.value, traffic, ...more });
  };

  test.each<[string, string, 4 | 6 | undefined, string]>([
    ['internet', 'Server', undefined, 'yes'],
    ['internet', 'Server', 6, 'yes'],
    ['internet', 'Server', 4, 'no'],
    ['Server', 'internet', undefined, 'yes'],
    ['Server', 'internet', 4, 'no'],
    ['internet', 'Other', undefined, 'no'],
    ['Four', 'Server', 6, 'no'],
    ['2a00:1450:4001::1', 'Server', undefined, 'yes'],
    ['Other', 'Server', undefined, 'yes'],
    ['Other', 'Server', 4, 'no'],
  ])('%s to %s by %s: %s', async (from, to, family, verdict) => {
    const answer = await ends(from, to, family);
    expect(answer.verdict).toBe(verdict);
    for (const pair of answer.pairs) expect(pair.blockers.length > 0).toBe(verdict === 'no');
  });

  test('says who has no address of it, and shows the addresses that there are', async () => {
    const [pair] = (await ends('Four', 'Server', 6)).pairs;
    expect(pair?.blockers.map(({ code, component }) => [code, component.name])).toEqual([['NO_IPV6_ADDRESS', 'Four']]);
    const [open6] = (await ends('internet', 'Server', 6)).pairs;
    expect([open6?.fromAddress, open6?.toAddress]).toEqual(['::/0', expect.stringMatching(/^2600:1f14:aaaa:bb00:/)]);
    expect(open6?.path.map(({ component }) => component.kind)).toContain('route-table');
  });
});
