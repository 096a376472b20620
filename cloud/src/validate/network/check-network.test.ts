import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../assembly/load.ts';

/** Two VPCs, each with two subnets and a table; faults are added to it. */
const base = `
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: ap-northeast-2a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: ap-northeast-2a}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Other, CidrBlock: 10.9.1.0/24, AvailabilityZone: ap-northeast-2b}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: one, VpcId: !Ref Vpc}}
  Stranger: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: other, VpcId: !Ref Other}}
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}
`;

const route = (properties: string) => `{Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, ${properties}}}`;
const entry = (cidr: string) =>
  `{Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, RuleAction: allow, CidrBlock: ${cidr}}}`;
const ingress = (properties: string) =>
  `{Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: tcp, ${properties}}}`;
const nic = (properties: string) => `{Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref A, ${properties}}}`;
const association =
  '{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}';
const attached =
  '{Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}';
const peering = (one: string, other: string) =>
  `{Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref ${one}, PeerVpcId: !Ref ${other}}}`;

async function findings(added: Record<string, string>): Promise<string[]> {
  const text = `${base}${Object.entries(added)
    .map(([name, definition]) => `  ${name}: ${definition}\n`)
    .join('')}`;
  const result = await loadTexts({ 'a.yaml': text });
  return (result.ok ? result.warnings : result.mistakes).map((each) => `${each.code} ${each.place.logicalId}`);
}

describe('a network', () => {
  test('that is in order has no finding', async () => {
    const added = {
      Attached: attached,
      Out: route('DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway').replace(
        'Type:',
        'DependsOn: Attached, Type:',
      ),
      Peering: peering('Vpc', 'Other'),
      Shared: route('DestinationCidrBlock: 10.66.0.0/16, TransitGatewayId: tgw-0123456789abcdef0'),
      Across: route('DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref Peering'),
      Rule: ingress('FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Stranger').replace(
        'Type:',
        'DependsOn: Peering, Type:',
      ),
    };
    expect(await findings(added)).toEqual([]);
  });

  const faults: readonly (readonly [string, Record<string, string>])[] = [
    [
      'PEERED_VPCS_OVERLAP P',
      { Twin: '{Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/20}}', P: peering('Vpc', 'Twin') },
    ],
    [
      'ROUTE_WITHIN_VPC R',
      {
        G: attached,
        R: route('DestinationCidrBlock: 10.0.2.0/24, GatewayId: !Ref Gateway').replace('Type:', 'DependsOn: G, Type:'),
      },
    ],
    ['ROUTE_TO_NOTHING R', { R: route('DestinationCidrBlock: 0.0.0.0/0') }],
    ['ROUTE_TO_NOTHING R', { R: route('DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway') }],
    ['ROUTE_TO_NOTHING R', { R: route('DestinationCidrBlock: 0.0.0.0/0, GatewayId: igw-0123') }],
    [
      'ROUTE_TO_NOTHING R',
      {
        Twin: '{Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.8.0.0/16}}',
        P: peering('Other', 'Twin'),
        R: route('DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref P'),
      },
    ],
    [
      'ROUTE_TO_NOTHING R',
      {
        N: '{Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref C, ConnectivityType: private}}',
        R: route('DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref N'),
      },
    ],
    [
      'DUPLICATE_ROUTE R',
      { P: peering('Vpc', 'Other'), R: route('DestinationCidrBlock: 10.0.0.0/16, VpcPeeringConnectionId: !Ref P') },
    ],
    [
      'DUPLICATE_ROUTE S',
      {
        P: peering('Vpc', 'Other'),
        R: route('DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref P'),
        S: route('DestinationCidrBlock: 10.9.0.0/16, VpcPeeringConnectionId: !Ref P'),
      },
    ],
    [
      'BAD_RANGE R',
      { P: peering('Vpc', 'Other'), R: route('DestinationCidrBlock: everywhere, VpcPeeringConnectionId: !Ref P') },
    ],
    ['TWO_ROUTE_TABLES Y', { X: association, Y: association }],
    ['OTHER_VPC X', { X: association.replace('!Ref A', '!Ref C') }],
    ['GROUP_OUT_OF_REACH I', { I: ingress('FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Stranger') }],
    ['BAD_PROTOCOL I', { I: ingress('FromPort: 90, ToPort: 80, CidrIp: 10.0.0.0/8').replace('tcp', 'tpc') }],
    [
      'WRONG_VALUE L',
      {
        L: '{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: intrenal, Subnets: [!Ref A]}}',
      },
    ],
    ['BAD_PORTS I', { I: ingress('FromPort: 90, ToPort: 80, CidrIp: 10.0.0.0/8') }],
    ['BAD_RANGE I', { I: ingress('FromPort: 80, ToPort: 80, CidrIp: 10.0.0.300/8') }],
    ['RULE_WITHOUT_PEER I', { I: ingress('FromPort: 80, ToPort: 80') }],
    ['DUPLICATE_RULE_NUMBER F', { E: entry('10.0.0.0/8'), F: entry('0.0.0.0/0') }],
    ['ADDRESS_NOT_IN_SUBNET N', { N: nic('PrivateIpAddress: 10.0.1.2') }],
    ['ADDRESS_NOT_IN_SUBNET N', { N: nic('PrivateIpAddress: 10.0.7.9') }],
    ['ADDRESS_TAKEN M', { N: nic('PrivateIpAddress: 10.0.1.9'), M: nic('PrivateIpAddress: 10.0.1.9') }],
    ['OTHER_VPC N', { N: nic('GroupSet: [!Ref Stranger]') }],
    // rds-subnet-group
    [
      'TOO_FEW_ZONES D',
      { D: '{Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: a, SubnetIds: [!Ref A, !Ref B]}}' },
    ],
    [
      'TOO_FEW_ZONES L',
      { L: '{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [!Ref A]}}' },
    ],
    [
      'ZONE_TWICE L',
      {
        L: '{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internal, Subnets: [!Ref A, !Ref B]}}',
      },
    ],
    [
      'UNKNOWN_ZONE Z',
      {
        Z: '{Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24, AvailabilityZone: us-east-1a}}',
      },
    ],
    ['RANGE_NOT_CANONICAL Z', { Z: '{Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.1/24}}' }],
    ['BAD_RANGE Z', { Z: '{Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/29}}' }],
    [
      'BAD_DESCRIPTION G',
      { G: "{Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: the web's, VpcId: !Ref Vpc}}" },
    ],
    [
      'USER_DATA_TOO_LARGE I',
      {
        I: `{Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, UserData: {'Fn::Base64': ${'x'.repeat(17_000)}}}}`,
      },
    ],
  ];

  test.each(faults)('%s', async (expected, added) => {
    expect(await findings(added)).toEqual([expected]);
  });

  const remarks: readonly (readonly [string, Record<string, string>])[] = [
    // cfn-gateway-before-public
    ['MISSING_DEPENDENCY R', { T: attached, R: route('DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway') }],
    // cfn-peering-before-group-reference
    [
      'MISSING_DEPENDENCY I',
      { P: peering('Vpc', 'Other'), I: ingress('FromPort: 80, ToPort: 80, SourceSecurityGroupId: !Ref Stranger') },
    ],
    ['OUTSIDE_RESOURCE S', { S: '{Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-0123, CidrBlock: 10.0.9.0/24}}' }],
  ];

  // cfn-gateway-before-public
  test.each([
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref P}}',
    ],
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref A, AssociatePublicIpAddress: true}]}}',
    ],
    [
      undefined,
      '{Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref P, AssociatePublicIpAddress: false}]}}',
    ],
    [undefined, '{Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref A}}'],
    [
      undefined,
      '{Type: AWS::EC2::Instance, DependsOn: T, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref P}}',
    ],
    ['MISSING_DEPENDENCY S', '{Type: AWS::EC2::EIP, Properties: {Domain: vpc, InstanceId: !Ref I}}'],
    [undefined, '{Type: AWS::EC2::EIP, Properties: {Domain: vpc}}'],
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::EC2::EIPAssociation, Properties: {AllocationId: eipalloc-0123, InstanceId: !Ref I}}',
    ],
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref P, AllocationId: eipalloc-0123}}',
    ],
    [undefined, '{Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref P, ConnectivityType: private}}'],
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [!Ref A]}}',
    ],
    [
      undefined,
      '{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internal, Subnets: [!Ref A]}}',
    ],
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "1", VPCZoneIdentifier: [!Ref P], LaunchTemplate: {LaunchTemplateId: !Ref L, Version: "1"}}}',
    ],
    [
      undefined,
      '{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "0", MaxSize: "1", VPCZoneIdentifier: [!Ref A], LaunchTemplate: {LaunchTemplateId: !Ref L, Version: "1"}}}',
    ],
    [
      'MISSING_DEPENDENCY S',
      '{Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.t4g.micro, PubliclyAccessible: true, DBSubnetGroupName: !Ref D}}',
    ],
    [
      undefined,
      '{Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.t4g.micro, PubliclyAccessible: false, DBSubnetGroupName: !Ref D}}',
    ],
  ])('%s for what needs the gateway: %s', async (expected, needing) => {
    const subnet = (cidr: string, zone: string, more = '') =>
      `{Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: ${cidr}, AvailabilityZone: ap-northeast-2${zone}${more}}}`;
    const added = {
      T: attached,
      P: subnet('10.0.8.0/24', 'a', ', MapPublicIpOnLaunch: true'),
      Q: subnet('10.0.9.0/24', 'b'),
      I: '{Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref A}}',
      L: '{Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}}',
      D: '{Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: a, SubnetIds: [!Ref A, !Ref Q]}}',
      S: needing,
    };
    expect(await findings(added)).toEqual(expected === undefined ? [] : [expected]);
  });

  // sg-quotas
  describe('is told what goes beyond an account’s quotas', () => {
    const range = (index: number) => `{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 10.1.${index}.0/24}`;
    const six = (index: number) => `{IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIpv6: "fd00:${index}::/32"}`;
    const list = '{IpProtocol: tcp, FromPort: 80, ToPort: 80, SourcePrefixListId: !Ref List}';
    const rules = (count: number, one: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => one(index));
    const groupOf = (stated: readonly string[], more = '') =>
      `{Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: many, VpcId: !Ref Vpc, SecurityGroupIngress: [${stated}]${more}}}`;
    const prefixList =
      '{Type: AWS::EC2::PrefixList, Properties: {PrefixListName: list, AddressFamily: IPv4, MaxEntries: 20, Entries: [{Cidr: 10.0.0.0/8}]}}';
    const single = `{Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !GetAtt Many.GroupId, IpProtocol: tcp, FromPort: 81, ToPort: 81, CidrIp: 10.9.0.0/16}}`;

    test.each([
      ['60 rules', { Many: groupOf(rules(60, range)) }, []],
      ['61 rules', { Many: groupOf(rules(61, range)) }, ['OVER_QUOTA Many']],
      ['60 rules and one of its own', { Many: groupOf(rules(60, range)), Single: single }, ['OVER_QUOTA Many']],
      ['60 rules of each family', { Many: groupOf([...rules(60, range), ...rules(60, six)]) }, []],
      ['a list that may hold 20', { List: prefixList, Many: groupOf([...rules(40, range), list]) }, []],
      ['41 rules and that list', { List: prefixList, Many: groupOf([...rules(41, range), list]) }, ['OVER_QUOTA Many']],
      ['61 rules outwards', { Many: groupOf([], `, SecurityGroupEgress: [${rules(61, range)}]`) }, ['OVER_QUOTA Many']],
    ])('%s', async (_what, added: Record<string, string>, expected) => {
      expect(await findings(added)).toEqual(expected);
    });

    const many = (count: number, of: (index: number) => string) =>
      Object.fromEntries(rules(count, (index) => `M${index}`).map((name, index) => [name, of(index)]));
    const address = () => '{Type: AWS::EC2::EIP, Properties: {Domain: vpc}}';
    const entry = (index: number) =>
      `{Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: acl-0123456789abcdef0, RuleNumber: ${index + 1}, Protocol: -1, RuleAction: allow, CidrBlock: 10.0.0.0/8}}`;

    test.each([
      ['5 addresses', many(5, address), []],
      ['6 addresses', many(6, address), ['OVER_QUOTA M5']],
      ['20 entries of an ACL', many(20, entry), []],
      ['21 entries of an ACL', many(21, entry), ['OVER_QUOTA M20']],
    ])('%s', async (_what, added: Record<string, string>, expected) => {
      expect(await findings(added)).toEqual(expected);
    });

    test.each([
      [5, []],
      [6, ['OVER_QUOTA N']],
    ])('%i groups on an interface', async (count, expected) => {
      const groups = Object.fromEntries(rules(count, (index) => `G${index}`).map((name) => [name, groupOf([])]));
      const named = Object.keys(groups).map((name) => `!GetAtt ${name}.GroupId`);
      expect(await findings({ ...groups, N: nic(`GroupSet: [${named}]`) })).toEqual(expected);
    });
  });

  test('that waits by way of another resource waits all the same', async () => {
    const group = '{Type: AWS::EC2::SecurityGroup, DependsOn: P, Properties: {VpcId: !Ref Other, GroupDescription: g}}';
    const rule = ingress('FromPort: 80, ToPort: 80, SourceSecurityGroupId: !GetAtt Waiting.GroupId');
    expect(await findings({ P: peering('Vpc', 'Other'), Waiting: group, I: rule })).toEqual([]);
  });

  test.each(remarks)('%s is a warning, and the template loads', async (expected, added) => {
    expect(await findings(added)).toEqual([expected]);
  });
});
