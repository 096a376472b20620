import { describe, expect, test } from 'vitest';
import { formatAddress, formatPrefix } from '../../address.ts';
import type { Inventory, Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { initialFleet } from '../initial-fleet.ts';
import type { NetworkView } from '../network.ts';
import { networkView } from './network-view.ts';

function inventory(...resources: Resource[]): Inventory {
  return {
    account: '000000000000',
    region: 'ap-northeast-2',
    stacks: [],
    resources,
    allocations: {},
    secrets: [],
    notKnown: [],
    assets: [],
  };
}

function resource(logicalId: string, type: string, properties: JsonObject, attributes: JsonObject = {}): Resource {
  return {
    key: `Stack/${logicalId}`,
    stack: 'Stack',
    logicalId,
    type: `AWS::${type}`,
    physicalId: logicalId.toLowerCase(),
    attributes,
    properties,
    metadata: {},
    creationPolicy: {},
    updatePolicy: {},
    deletionPolicy: 'Delete',
    dependsOn: [],
    tags: {},
    place: { file: 'template.yaml', logicalId },
  };
}

function viewOf(...resources: Resource[]): NetworkView {
  const all = inventory(...resources);
  return networkView(all, initialFleet(all));
}

const vpc = resource('Vpc', 'EC2::VPC', { CidrBlock: '10.20.0.0/16' });
const subnetA = resource('A', 'EC2::Subnet', {
  VpcId: 'vpc',
  CidrBlock: '10.20.1.0/24',
  AvailabilityZone: 'ap-northeast-2a',
});
const subnetB = resource('B', 'EC2::Subnet', {
  VpcId: 'vpc',
  CidrBlock: '10.20.2.0/24',
  AvailabilityZone: 'ap-northeast-2b',
});
const network = [vpc, subnetA, subnetB];

function named(view: NetworkView, name: string) {
  const found = view.interfaces.find((each) => each.name === name);
  if (!found) throw new Error(`no interface ${name} among ${view.interfaces.map((each) => each.name)}`);
  return found;
}

function routesOf(view: NetworkView, table: string): string[] {
  const found = view.routeTables.find((each) => each.id === table)!;
  return found.routes.map(({ destination, target }) => `${formatPrefix(destination)} ${target.kind}`);
}

describe('what AWS supplies without being asked', () => {
  const view = viewOf(...network, resource('Block', 'EC2::VPCCidrBlock', { VpcId: 'vpc', CidrBlock: '10.21.0.0/16' }));

  test('local-route-per-range: a local route for each range, secondary ones included', () => {
    expect(routesOf(view, view.vpcs[0]!.mainRouteTable)).toEqual(['10.20.0.0/16 local', '10.21.0.0/16 local']);
  });

  test('subnet-without-association-uses-main-table', () => {
    expect(view.subnets.map((subnet) => subnet.routeTable)).toEqual(Array(2).fill(view.vpcs[0]!.mainRouteTable));
  });

  test('acl-default-allows: a default ACL that allows everything both ways', () => {
    const [acl] = view.networkAcls;
    expect(view.subnets.map((subnet) => subnet.networkAcl)).toEqual([acl!.id, acl!.id]);
    expect([acl!.ingress, acl!.egress].map(([entry]) => `${entry!.ruleNumber} ${entry!.action}`)).toEqual([
      '100 allow',
      '100 allow',
    ]);
  });

  test('sg-default-group: in from its own members, out to everywhere', () => {
    const [group] = view.securityGroups;
    expect(group!.ingress.map((rule) => rule.peer)).toEqual([{ kind: 'security-group', id: group!.id }]);
    expect(group!.egress.map((rule) => rule.peer.kind)).toEqual(['range']);
  });

  test('a DNS resolver, but no public host names', () => {
    expect(view.vpcs[0]).toMatchObject({ dnsSupport: true, dnsHostnames: false });
  });
});

describe('a security group', () => {
  const open = { IpProtocol: '-1', CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22 };
  const group = (properties: JsonObject) =>
    viewOf(...network, resource('Group', 'EC2::SecurityGroup', { VpcId: 'vpc', ...properties })).securityGroups[1]!;

  test('cfn-egress-default: without inline egress everything may leave', () => {
    expect(group({}).egress.map((rule) => rule.traffic.protocol)).toEqual(['all']);
  });

  test('cfn-egress-default: inline egress takes the place of the default', () => {
    const rules = group({
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: '443', ToPort: '443', CidrIp: '0.0.0.0/0' }],
    });
    expect(rules.egress.map((rule) => rule.traffic)).toEqual([{ protocol: 'tcp', ports: { from: 443, to: 443 } }]);
  });

  test('sg-protocol-minus-one: ports written beside it mean nothing', () => {
    expect(group({ SecurityGroupIngress: [open] }).ingress[0]!.traffic).toEqual({ protocol: 'all' });
  });

  test('sg-icmp-rules: type and code stand where ports do', () => {
    const ping = { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, CidrIp: '10.0.0.0/24' };
    expect(group({ SecurityGroupIngress: [ping] }).ingress[0]!.traffic).toEqual({
      protocol: 'icmp',
      type: 8,
      code: null,
    });
  });

  test('takes rules that are resources of their own, and knows who stated what', () => {
    const own = resource('Rule', 'EC2::SecurityGroupIngress', {
      GroupId: 'group',
      IpProtocol: '6',
      FromPort: 80,
      ToPort: 81,
      SourceSecurityGroupId: 'other',
    });
    const view = viewOf(
      ...network,
      resource('Group', 'EC2::SecurityGroup', { VpcId: 'vpc', SecurityGroupIngress: [open] }),
      own,
    );
    expect(view.securityGroups[1]!.ingress.map(({ statedBy, index, peer }) => [statedBy, index, peer.kind])).toEqual([
      ['Stack/Group', 0, 'range'],
      ['Stack/Rule', null, 'security-group'],
    ]);
  });
});

describe('routes', () => {
  const table = resource('Table', 'EC2::RouteTable', { VpcId: 'vpc' });
  const route = (properties: JsonObject) =>
    resource('Route', 'EC2::Route', { RouteTableId: 'table', DestinationCidrBlock: '0.0.0.0/0', ...properties });
  const gateway = resource('Igw', 'EC2::InternetGateway', {});
  const attachment = resource('Attachment', 'EC2::VPCGatewayAttachment', { VpcId: 'vpc', InternetGatewayId: 'igw' });

  test.each([
    ['a NAT gateway that no template makes', { NatGatewayId: 'nat-elsewhere' }],
    ['a peering that no template makes', { VpcPeeringConnectionId: 'pcx-elsewhere' }],
    ['a transit gateway that no template makes', { TransitGatewayId: 'tgw-elsewhere' }],
    ['a gateway that no template makes', { GatewayId: 'igw-elsewhere' }],
    ['an endpoint of a Gateway Load Balancer', { VpcEndpointId: 'vpce' }],
    ['a carrier gateway', { CarrierGatewayId: 'cagw' }],
    ['a local gateway', { LocalGatewayId: 'lgw' }],
    ['a core network', { CoreNetworkArn: 'arn:aws:networkmanager::000000000000:core-network/c' }],
    ['a target whose value nobody knows', { GatewayId: {} }],
  ])('lead to something unknown: %s', (_, properties) => {
    expect(routesOf(viewOf(...network, table, route(properties)), 'table')[1]).toBe('0.0.0.0/0 unknown');
  });

  test('lead to an attached internet gateway', () => {
    const view = viewOf(...network, table, gateway, attachment, route({ GatewayId: 'igw' }));
    expect(routesOf(view, 'table')).toEqual(['10.20.0.0/16 local', '0.0.0.0/0 internet-gateway']);
  });

  test.each([
    ['a gateway that is not attached', [gateway], { GatewayId: 'igw' }],
    [
      'an interface attached to nothing',
      [resource('Eni', 'EC2::NetworkInterface', { SubnetId: 'a' })],
      { NetworkInterfaceId: 'eni' },
    ],
    [
      'a transit gateway that the VPC is not attached to',
      [resource('Tgw', 'EC2::TransitGateway', {})],
      { TransitGatewayId: 'tgw' },
    ],
    [
      'a virtual private gateway that is not attached',
      [resource('Vgw', 'EC2::VPNGateway', { Type: 'ipsec.1' })],
      { GatewayId: 'vgw' },
    ],
  ])('blackhole-route: to %s', (_, resources, properties) => {
    expect(routesOf(viewOf(...network, table, ...resources, route(properties)), 'table')[1]).toBe(
      '0.0.0.0/0 blackhole',
    );
  });

  test('peering-overlap-refused: a peering of overlapping VPCs carries nothing', () => {
    const peer = resource('Peer', 'EC2::VPC', { CidrBlock: '10.20.128.0/17' });
    const peering = resource('Pcx', 'EC2::VPCPeeringConnection', { VpcId: 'vpc', PeerVpcId: 'peer' });
    const view = viewOf(
      ...network,
      peer,
      peering,
      table,
      route({ VpcPeeringConnectionId: 'pcx', DestinationCidrBlock: '10.9.0.0/16' }),
    );
    expect(view.peerings).toEqual([]);
    expect(routesOf(view, 'table')[1]).toBe('10.9.0.0/16 blackhole');
  });

  test('gateway-endpoint-route: a gateway endpoint is a route by prefix list in its tables', () => {
    const endpoint = resource('Endpoint', 'EC2::VPCEndpoint', {
      VpcId: 'vpc',
      ServiceName: 'com.amazonaws.ap-northeast-2.s3',
      RouteTableIds: ['table'],
    });
    expect(routesOf(viewOf(...network, table, endpoint), 'table')[1]).toBe('198.19.1.0/24 gateway-endpoint');
  });
});

describe('interfaces', () => {
  const launchTemplate = resource('Launch', 'EC2::LaunchTemplate', {
    LaunchTemplateData: { SecurityGroupIds: ['group'] },
  });
  const group = resource('Web', 'AutoScaling::AutoScalingGroup', {
    VPCZoneIdentifier: ['a', 'b'],
    MinSize: '1',
    DesiredCapacity: '3',
    LaunchTemplate: { LaunchTemplateId: 'launch', Version: '1' },
  });

  test('asg-zone-balance: members of a group spread level over its zones', () => {
    const view = viewOf(...network, launchTemplate, group);
    expect(view.interfaces.map(({ name, subnet, securityGroups }) => [name, subnet, securityGroups])).toEqual([
      ['Web/0', 'a', ['group']],
      ['Web/1', 'b', ['group']],
      ['Web/2', 'a', ['group']],
    ]);
  });

  test('asg-zone-balance: a full zone sends its members to the other', () => {
    const tiny = resource('A', 'EC2::Subnet', {
      VpcId: 'vpc',
      CidrBlock: '10.20.1.0/29',
      AvailabilityZone: 'ap-northeast-2a',
    });
    const many = resource('Web', 'AutoScaling::AutoScalingGroup', { ...group.properties, DesiredCapacity: 8 });
    const view = viewOf(vpc, tiny, subnetB, launchTemplate, many);
    expect(view.interfaces.filter((each) => each.subnet === 'a')).toHaveLength(3);
    expect(view.interfaces.filter((each) => each.subnet === 'b')).toHaveLength(5);
  });

  test('reserved-addresses: nobody gets the first four or the last of a subnet, or the same as another', () => {
    const many = resource('Web', 'AutoScaling::AutoScalingGroup', { ...group.properties, DesiredCapacity: 100 });
    const addresses = viewOf(...network, launchTemplate, many).interfaces.map((each) =>
      formatAddress(each.addresses[0]!),
    );
    expect(new Set(addresses).size).toBe(100);
    expect(addresses.filter((each) => /\.([0-3]|255)$/.test(each))).toEqual([]);
  });

  test('a load balancer has a node in each zone, public where it faces the internet', () => {
    const balancer = (scheme: string) =>
      resource('Balancer', 'ElasticLoadBalancingV2::LoadBalancer', {
        Subnets: ['a', 'b'],
        Scheme: scheme,
        SecurityGroups: ['group'],
      });
    expect(
      viewOf(...network, balancer('internal')).interfaces.map(({ name, publicAddress }) => [name, publicAddress]),
    ).toEqual([
      ['Balancer/ap-northeast-2a', null],
      ['Balancer/ap-northeast-2b', null],
    ]);
    const facing = viewOf(...network, balancer('internet-facing')).interfaces.map((each) => each.publicAddress);
    expect(new Set(facing).size).toBe(2);
    expect(facing).not.toContain(null);
  });

  test('nlb-security-groups: a Network Load Balancer without a group is not filtered by one', () => {
    const view = viewOf(
      ...network,
      resource('Nlb', 'ElasticLoadBalancingV2::LoadBalancer', { Subnets: ['a'], Type: 'network', Scheme: 'internal' }),
    );
    expect(view.interfaces[0]).toMatchObject({ filtered: false, securityGroups: [] });
  });

  test('rds-multi-az-failover: a database has its standby in another zone', () => {
    const subnets = resource('Subnets', 'RDS::DBSubnetGroup', { SubnetIds: ['a', 'b'] });
    const database = resource('Database', 'RDS::DBInstance', {
      DBSubnetGroupName: 'subnets',
      MultiAZ: true,
      VPCSecurityGroups: ['group'],
    });
    const view = viewOf(...network, subnets, database);
    expect(view.interfaces.map(({ name, subnet, publicAddress }) => [name, subnet, publicAddress])).toEqual([
      ['Database', 'a', null],
      ['Database/standby', 'b', null],
    ]);
  });

  test('a NAT gateway holds its Elastic IP and has no group', () => {
    const eip = resource('Eip', 'EC2::EIP', { Domain: 'vpc' }, { AllocationId: 'eipalloc-1', PublicIp: '198.18.0.9' });
    const nat = resource('Nat', 'EC2::NatGateway', { SubnetId: 'a', AllocationId: 'eipalloc-1' });
    const view = viewOf(...network, eip, nat);
    expect(formatAddress(named(view, 'Nat').publicAddress!)).toBe('198.18.0.9');
    expect(named(view, 'Nat')).toMatchObject({ filtered: false, sourceDestinationCheck: false });
    expect(view.natGateways[0]).toMatchObject({ id: 'nat', connectivity: 'public', interface: named(view, 'Nat').id });
  });

  test('public-address-on-launch: with one new interface in such a subnet, not with two', () => {
    const open = resource('A', 'EC2::Subnet', { ...subnetA.properties, MapPublicIpOnLaunch: true });
    const one = resource('One', 'EC2::Instance', { SubnetId: 'a' });
    const two = resource('Two', 'EC2::Instance', {
      NetworkInterfaces: [
        { DeviceIndex: '0', SubnetId: 'a' },
        { DeviceIndex: '1', SubnetId: 'b' },
      ],
    });
    const view = viewOf(vpc, open, subnetB, one, two);
    expect(named(view, 'One').publicAddress).not.toBeNull();
    expect(named(view, 'Two').publicAddress).toBeNull();
    expect(named(view, 'Two:eth1').subnet).toBe('b');
  });

  test('an interface of the template is found on the instance that it is attached to', () => {
    const eni = resource('Eni', 'EC2::NetworkInterface', {
      SubnetId: 'a',
      PrivateIpAddress: '10.20.1.77',
      SourceDestCheck: 'false',
    });
    const instance = resource('Box', 'EC2::Instance', {
      NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: 'eni' }],
    });
    const view = viewOf(...network, eni, instance);
    expect(view.interfaces).toHaveLength(1);
    expect(named(view, 'Eni')).toMatchObject({
      sourceDestinationCheck: false,
      owner: { kind: 'instance', id: 'box', index: 0 },
    });
    expect(initialFleet(inventory(...network, eni, instance)).instances[0]).toMatchObject({ id: 'box', subnet: 'a' });
  });

  test('interface-endpoint: one interface for each subnet, with the default group where none is stated', () => {
    const endpoint = resource('Endpoint', 'EC2::VPCEndpoint', {
      VpcId: 'vpc',
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.ap-northeast-2.ssm',
      SubnetIds: ['a', 'b'],
    });
    const view = viewOf(...network, endpoint);
    expect(view.interfaces.map((each) => each.securityGroups)).toEqual(
      Array(2).fill([view.vpcs[0]!.defaultSecurityGroup]),
    );
  });

  test('a change elsewhere renumbers nothing', () => {
    const before = viewOf(...network, launchTemplate, group);
    const after = viewOf(...network, resource('Extra', 'EC2::Instance', { SubnetId: 'b' }), launchTemplate, group);
    expect(named(after, 'Web/0')).toEqual(named(before, 'Web/0'));
  });
});
