import { describe, expect, test } from 'vitest';
import {
  acl,
  gateway,
  group,
  instance,
  nat,
  plain,
  type Resources,
  ref,
  subnet,
  table,
  vpc,
} from '../../../../../region/test/connectivity-templates.ts';
import { codesOf, outcomeOf } from '../../check/proof.fixture.ts';

const transit = (properties: object = {}) => plain('Hub', 'EC2::TransitGateway', properties as never);
const attach = (name: string, vpcName: string, subnets: readonly string[]) =>
  plain(name, 'EC2::TransitGatewayAttachment', {
    TransitGatewayId: ref('Hub'),
    VpcId: ref(vpcName),
    SubnetIds: subnets.map(ref),
  });
const hubTable = (name: string) => plain(name, 'EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Hub') });
const onTable = (kind: 'Association' | 'Propagation', name: string, tableName: string, attachment: string) =>
  plain(name, `EC2::TransitGatewayRouteTable${kind}`, {
    TransitGatewayRouteTableId: ref(tableName),
    TransitGatewayAttachmentId: ref(attachment),
  });

/** Two VPCs with an instance each, and routes to the hub both ways. */
const two: readonly Resources[] = [
  vpc('East', '10.1.0.0/16'),
  subnet('EastA', 'East', '10.1.1.0/24'),
  vpc('West', '10.2.0.0/16'),
  subnet('WestA', 'West', '10.2.1.0/24'),
  group('Open', 'East'),
  group('Served', 'West', ['tcp 80 10.1.0.0/16']),
  instance('Client', 'EastA', ['Open']),
  instance('Server', 'WestA', ['Served']),
  table('ToWest', 'East', ['EastA'], ['10.2.0.0/16 TransitGatewayId Hub']),
  table('ToEast', 'West', ['WestA'], ['10.1.0.0/16 TransitGatewayId Hub']),
];
const joined = [attach('AtEast', 'East', ['EastA']), attach('AtWest', 'West', ['WestA'])];
const of = (...parts: readonly Resources[]) => Object.assign({}, ...parts);
const allow = 'allow Client → Server tcp 80';
const own = { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' };
const associated = [
  hubTable('Routes'),
  onTable('Association', 'EastOn', 'Routes', 'AtEast'),
  onTable('Association', 'WestOn', 'Routes', 'AtWest'),
];

describe('a transit gateway', () => {
  test('carries by its default table, and what it carries is not forbidden', async () => {
    const network = of(...two, transit(), ...joined);
    expect(await outcomeOf(network, allow)).toBe('holds');
    expect(await outcomeOf(network, 'forbid Client → Server tcp 80')).toBe('broken');
    expect(await outcomeOf(network, 'forbid Client → Server tcp 81')).toBe('holds');
  });

  test.each([
    [
      'without a table, where the default one is off',
      [transit(own), ...joined],
      'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
    ],
    ['by a table without routes', [transit(own), ...joined, ...associated], 'TGW_RTB_CANNOT_ROUTE'],
    [
      'into a blackhole',
      [
        transit(own),
        ...joined,
        ...associated,
        onTable('Propagation', 'WestKnown', 'Routes', 'AtWest'),
        plain('Hole', 'EC2::TransitGatewayRoute', {
          TransitGatewayRouteTableId: ref('Routes'),
          DestinationCidrBlock: '10.2.0.0/16',
          Blackhole: true,
        }),
      ],
      'TGW_RTB_BAD_STATE_ROUTE',
    ],
    [
      'from a zone without a subnet of the attachment',
      [
        transit(),
        subnet('EastB', 'East', '10.1.2.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
        attach('AtEast', 'East', ['EastB']),
        attach('AtWest', 'West', ['WestA']),
      ],
      'TGW_ROUTE_AZ_RESTRICTION',
    ],
    ['to a VPC that is not attached', [transit(), attach('AtEast', 'East', ['EastA'])], 'TGW_RTB_CANNOT_ROUTE'],
  ])('does not carry %s', async (_, parts, code) => {
    const network = of(...two, ...parts);
    expect(await outcomeOf(network, 'forbid Client → Server tcp 80')).toBe('holds');
    expect(await codesOf(network, allow)).toContain(code);
  });

  test('carries by a static route of a table of its own', async () => {
    const toward = (name: string, range: string, attachment: string) =>
      plain(name, 'EC2::TransitGatewayRoute', {
        TransitGatewayRouteTableId: ref('Routes'),
        DestinationCidrBlock: range,
        TransitGatewayAttachmentId: ref(attachment),
      });
    const there = toward('There', '10.2.0.0/16', 'AtWest');
    const back = toward('Back', '10.1.0.0/16', 'AtEast');
    expect(await outcomeOf(of(...two, transit(own), ...joined, ...associated, there, back), allow)).toBe('holds');
    const oneWay = of(...two, transit(own), ...joined, ...associated, there);
    expect(await codesOf(oneWay, allow)).toEqual(['TGW_RTB_CANNOT_ROUTE']);
    expect(await outcomeOf(oneWay, 'forbid Client → Server tcp 80')).toBe('broken');
  });

  test('needs a route back in the receiver’s subnet', async () => {
    const [, , , , , , , , toWest] = two;
    const network = of(...two.slice(0, 8), toWest!, transit(), ...joined);
    expect(await codesOf(network, allow)).toEqual(['NO_ROUTE_TO_DESTINATION']);
  });

  test('is entered past the ACL of the attachment’s subnet, by the source', async () => {
    const network = of(
      ...two,
      subnet('Entry', 'East', '10.1.9.0/28'),
      transit(),
      attach('AtEast', 'East', ['Entry']),
      attach('AtWest', 'West', ['WestA']),
      acl('Shut', 'East', ['Entry'], ['out 100 allow all 0.0.0.0/0', 'in 100 deny all 10.1.1.0/24']),
    );
    expect(await codesOf(network, allow)).toEqual(['SUBNET_ACL_RESTRICTION']);
  });

  test.each([
    ['enable', 'holds'],
    ['disable', 'broken'],
  ])('with group references %sd: a rule that names the sender’s group %s', async (support, outcome) => {
    const network = of(
      ...two.slice(0, 5),
      group('Served', 'West', ['tcp 80 Open']),
      ...two.slice(6),
      transit({ SecurityGroupReferencingSupport: support }),
      ...joined,
    );
    expect(await outcomeOf(network, allow)).toBe(outcome);
  });

  test('leads to a NAT gateway of another VPC', async () => {
    const network = of(
      vpc('East', '10.1.0.0/16'),
      subnet('EastA', 'East', '10.1.1.0/24'),
      vpc('Exit', '10.2.0.0/16'),
      subnet('Public', 'Exit', '10.2.1.0/24'),
      subnet('Entry', 'Exit', '10.2.2.0/24'),
      gateway('Exit'),
      nat('Nat', 'Public'),
      group('Open', 'East'),
      instance('Client', 'EastA', ['Open']),
      transit(),
      attach('AtEast', 'East', ['EastA']),
      attach('AtExit', 'Exit', ['Entry']),
      table('Out', 'East', ['EastA'], ['0.0.0.0/0 TransitGatewayId Hub']),
      table('ToNat', 'Exit', ['Entry'], ['0.0.0.0/0 NatGatewayId Nat']),
      table('ToInternet', 'Exit', ['Public'], ['0.0.0.0/0 GatewayId ExitGateway', '10.1.0.0/16 TransitGatewayId Hub']),
      hubTable('Spokes'),
      onTable('Association', 'EastOn', 'Spokes', 'AtEast'),
      plain('Default', 'EC2::TransitGatewayRoute', {
        TransitGatewayRouteTableId: ref('Spokes'),
        DestinationCidrBlock: '0.0.0.0/0',
        TransitGatewayAttachmentId: ref('AtExit'),
      }),
    );
    expect(await outcomeOf(network, 'allow Client → internet tcp 443')).toBe('holds');
  });

  test('behind which a VPN announces routes is not known', async () => {
    const network = of(
      ...two,
      transit(),
      ...joined,
      table('More', 'East', [], []),
      plain('Site', 'EC2::CustomerGateway', { Type: 'ipsec.1', BgpAsn: 65000, IpAddress: '198.51.100.7' }),
      plain('Vpn', 'EC2::VPNConnection', {
        Type: 'ipsec.1',
        CustomerGatewayId: ref('Site'),
        TransitGatewayId: ref('Hub'),
      }),
    );
    expect(await outcomeOf(network, 'forbid 192.168.0.0/16 → Server tcp 80')).toBe('holds');
    expect(await outcomeOf(network, 'forbid 192.168.0.0/16 → Client tcp 80')).toBe('holds');
    expect(await outcomeOf(network, allow)).toBe('holds');
  });
});
