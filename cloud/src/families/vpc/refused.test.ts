import { describe } from 'vitest';
import { get, network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
  Route: {
    Type: 'AWS::EC2::Route',
    DependsOn: 'Attachment',
    Properties: { RouteTableId: ref('Table'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') },
  },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('A'), RouteTableId: ref('Table') },
  },
  Address: { Type: 'AWS::EC2::EIP', DependsOn: 'Attachment', Properties: { Domain: 'vpc' } },
  Nat: {
    Type: 'AWS::EC2::NatGateway',
    DependsOn: 'Attachment',
    Properties: { SubnetId: ref('A'), AllocationId: get('Address', 'AllocationId') },
  },
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
  Entry: {
    Type: 'AWS::EC2::NetworkAclEntry',
    Properties: {
      NetworkAclId: ref('Acl'),
      RuleNumber: 100,
      Protocol: 6,
      RuleAction: 'allow',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 80, To: 80 },
    },
  },
  Peering: { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { VpcId: ref('Vpc'), PeerVpcId: ref('Other') } },
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      VpcEndpointType: 'Interface',
      ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.ssm' },
      SubnetIds: [ref('A')],
      SecurityGroupIds: [ref('Group')],
    },
  },
  Web: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'one',
      VpcId: ref('Vpc'),
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }],
    },
  },
  Ingress: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: ref('Group'),
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      SourceSecurityGroupId: ref('Web'),
    },
  },
};
const rule = (more: object) => ({
  'SecurityGroupIngress.0': { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0', ...more },
});
const s3 = {
  VpcEndpointType: 'Gateway',
  ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
  SubnetIds: out,
  SecurityGroupIds: out,
};
const named = { 'Vpc:EnableDnsHostnames': true };

describe('a VPC', () => {
  table(base, 'Vpc', [
    [
      'CidrBlock',
      { CidrBlock: '10.0.0.0/15', 'Peering:': { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.6.0.0/16' } } },
      { CidrBlock: '10.0.0.0/16' },
    ],
    ['InstanceTenancy', { InstanceTenancy: 'shared' }, { InstanceTenancy: 'dedicated' }],
    ['EnableDnsHostnames', { EnableDnsHostnames: true, EnableDnsSupport: false }, { EnableDnsHostnames: true }],
    ['', { CidrBlock: out, 'A:CidrBlock': '10.0.1.0/24' }, { CidrBlock: '10.0.0.0/20' }],
  ]);
  table(base, 'A', [
    ['CidrBlock', { CidrBlock: '10.1.1.0/24' }, { CidrBlock: '10.0.255.0/24' }],
    ['CidrBlock', { CidrBlock: '10.0.1.0/29' }, { CidrBlock: '10.0.1.0/28' }],
    ['CidrBlock', { CidrBlock: '10.0.2.128/25' }, { CidrBlock: '10.0.3.128/25' }],
    [
      'PrivateDnsNameOptionsOnLaunch.HostnameType',
      { PrivateDnsNameOptionsOnLaunch: { HostnameType: 'name' } },
      { PrivateDnsNameOptionsOnLaunch: { HostnameType: 'resource-name' } },
    ],
  ]);
  table(base, 'Route', [
    ['', { DestinationCidrBlock: out }, { DestinationCidrBlock: '192.168.0.0/16' }],
    ['', { GatewayId: out }, { GatewayId: out, NatGatewayId: ref('Nat'), 'Association:SubnetId': ref('B') }],
    [
      '',
      { NatGatewayId: ref('Nat') },
      { DestinationCidrBlock: '10.9.0.0/16', GatewayId: out, VpcPeeringConnectionId: ref('Peering') },
    ],
    [
      'DestinationIpv6CidrBlock',
      { DestinationIpv6CidrBlock: '::/0' },
      { DestinationCidrBlock: out, DestinationIpv6CidrBlock: '::/0' },
    ],
    ['DestinationCidrBlock', { DestinationCidrBlock: '0.0.0.0' }, { DestinationCidrBlock: '8.8.8.8/32' }],
    [
      'Two: DestinationCidrBlock',
      { 'Two:': { ...base.Route } },
      { 'Two:': { ...base.Route, Properties: { ...base.Route.Properties, DestinationCidrBlock: '8.8.8.0/24' } } },
    ],
    ['GatewayId', { GatewayId: ref('Nat') }, { GatewayId: ref('Gateway') }],
    [
      'NatGatewayId',
      { GatewayId: out, NatGatewayId: ref('Gateway') },
      { GatewayId: out, NatGatewayId: ref('Nat'), 'Association:SubnetId': ref('B') },
    ],
    ['RouteTableId', { RouteTableId: 'main' }, { RouteTableId: 'rtb-0123456789abcdef0' }],
  ]);
  table(base, 'Association', [
    [
      'Again: SubnetId',
      { 'Again:': { ...base.Association } },
      { 'Again:': { ...base.Association, Properties: { SubnetId: ref('B'), RouteTableId: ref('Table') } } },
    ],
    [
      'RouteTableId',
      { 'Table:VpcId': ref('Other'), 'Route:': { Type: 'AWS::EC2::InternetGateway' } },
      { SubnetId: ref('B') },
    ],
  ]);
  table(base, 'Nat', [
    ['', { AllocationId: out }, { AllocationId: out, ConnectivityType: 'private' }],
    ['AllocationId', { ConnectivityType: 'private' }, { ConnectivityType: 'public' }],
    ['ConnectivityType', { ConnectivityType: 'internal' }, { ConnectivityType: 'public' }],
    ['AllocationId', { AllocationId: ref('Address') }, { AllocationId: 'eipalloc-0123456789abcdef0' }],
    ['PrivateIpAddress', { PrivateIpAddress: '10.0.2.9' }, { PrivateIpAddress: '10.0.1.9' }],
    ['SubnetId', { SubnetId: ref('Vpc') }, { SubnetId: ref('B') }],
    [
      'SecondaryPrivateIpAddressCount',
      {
        ConnectivityType: 'private',
        AllocationId: out,
        SecondaryPrivateIpAddressCount: 1,
        SecondaryPrivateIpAddresses: ['10.0.1.9'],
      },
      { ConnectivityType: 'private', AllocationId: out, SecondaryPrivateIpAddressCount: 1 },
    ],
    [
      'SecondaryPrivateIpAddressCount',
      { SecondaryPrivateIpAddressCount: 1 },
      { ConnectivityType: 'private', AllocationId: out, SecondaryPrivateIpAddressCount: 7 },
    ],
  ]);
  table(base, 'Address', [
    ['Domain', { Domain: 'public' }, { Domain: 'standard' }],
    ['NetworkBorderGroup', { NetworkBorderGroup: 'us-east-1' }, { NetworkBorderGroup: 'ap-northeast-2' }],
    [
      'InstanceId',
      { InstanceId: 'web' },
      { InstanceId: 'i-0123456789abcdef0', 'Nat:AllocationId': 'eipalloc-0123456789abcdef0' },
    ],
  ]);
  table(base, 'Entry', [
    ['RuleNumber', { RuleNumber: 0 }, { RuleNumber: 1 }],
    ['RuleNumber', { RuleNumber: 32767 }, { RuleNumber: 32766 }],
    ['RuleAction', { RuleAction: 'reject' }, { RuleAction: 'deny' }],
    ['', { PortRange: out }, { Protocol: -1, PortRange: out }],
    ['PortRange', { PortRange: { From: 90, To: 80 } }, { PortRange: { From: 80, To: 90 } }],
    ['PortRange', { PortRange: { From: 80, To: 65536 } }, { PortRange: { From: 80, To: 65535 } }],
    ['', { Protocol: 1, PortRange: out }, { Protocol: 1, PortRange: out, Icmp: { Type: -1, Code: -1 } }],
    ['Ipv6CidrBlock', { Ipv6CidrBlock: '::/0' }, { CidrBlock: out, Ipv6CidrBlock: '::/0' }],
    ['Protocol', { Protocol: 'tcp' }, { Protocol: 17 }],
    [
      'Two: RuleNumber',
      { 'Two:': { ...base.Entry } },
      { 'Two:': { ...base.Entry, Properties: { ...base.Entry.Properties, Egress: true } } },
    ],
    ['CidrBlock', { CidrBlock: '10.0.0.0' }, { CidrBlock: '10.0.0.0/8' }],
  ]);
  table(base, 'Peering', [
    ['PeerVpcId', { PeerVpcId: ref('Vpc') }, { PeerVpcId: ref('Other') }],
    ['PeerVpcId', { 'Other:CidrBlock': '10.0.0.0/20' }, { 'Other:CidrBlock': '10.1.0.0/20' }],
    [
      'PeerOwnerId',
      { PeerOwnerId: '1234' },
      {
        PeerOwnerId: '111122223333',
        PeerVpcId: 'vpc-0123456789abcdef0',
        PeerRoleArn: 'arn:aws:iam::111122223333:role/one',
      },
    ],
  ]);
  table(base, 'Endpoint', [
    ['SubnetIds.0', { SubnetIds: ['web'] }, { SubnetIds: ['subnet-0123456789abcdef0'] }],
    ['VpcEndpointType', { VpcEndpointType: 'Private' }, { VpcEndpointType: 'Interface' }],
    ['ServiceName', { VpcEndpointType: out, SubnetIds: out, SecurityGroupIds: out }, s3],
    [
      'VpcEndpointType',
      { VpcEndpointType: 'Gateway', SubnetIds: out, SecurityGroupIds: out },
      { ...s3, RouteTableIds: [ref('Table')] },
    ],
    ['SubnetIds.0', { ...s3, SubnetIds: [ref('A')] }, { ...s3, VpcEndpointType: 'Interface', SubnetIds: [ref('A')] }],
    ['SecurityGroupIds.0', { ...s3, SecurityGroupIds: [ref('Group')] }, s3],
    ['RouteTableIds.0', { RouteTableIds: [ref('Table')] }, { SubnetIds: [ref('A'), ref('B')] }],
    ['PrivateDnsEnabled', { ...s3, PrivateDnsEnabled: true }, { ...named, PrivateDnsEnabled: true }],
    [
      'PrivateDnsEnabled',
      { PrivateDnsEnabled: true, 'Vpc:EnableDnsHostnames': false },
      { ...named, PrivateDnsEnabled: true },
    ],
    [
      'SubnetIds.1',
      { SubnetIds: [ref('A'), ref('C')], 'C:': subnet('10.0.7.0/24') },
      { SubnetIds: [ref('A'), ref('B')] },
    ],
    ['ServiceName', { ServiceName: 'ssm' }, { ServiceName: 'com.amazonaws.ap-northeast-2.ec2messages' }],
    [
      'ServiceName',
      { ServiceName: 'com.amazonaws.us-east-1.ssm' },
      { ServiceName: 'com.amazonaws.vpce.ap-northeast-2.vpce-svc-0123456789abcdef0' },
    ],
    ['IpAddressType', { IpAddressType: 'ipv5' }, { IpAddressType: 'ipv4' }],
    [
      'DnsOptions.DnsRecordIpType',
      { DnsOptions: { DnsRecordIpType: 'all' } },
      { DnsOptions: { DnsRecordIpType: 'service-defined' } },
    ],
  ]);
  table(base, 'Web', [
    ['GroupName', { GroupName: 'sg-web' }, { GroupName: 'web-sg' }],
    ['GroupName', { GroupName: 'default' }, { GroupName: 'web default' }],
    ['GroupDescription', { GroupDescription: 'it’s one' }, { GroupDescription: 'one (two) #3' }],
    ['GroupDescription', { GroupDescription: 'a'.repeat(256) }, { GroupDescription: 'a'.repeat(255) }],
    ['SecurityGroupIngress.0.FromPort', rule({ FromPort: 90 }), rule({ FromPort: 70 })],
    ['SecurityGroupIngress.0.FromPort', rule({ FromPort: -1, ToPort: 80 }), rule({ FromPort: 0, ToPort: 65535 })],
    ['SecurityGroupIngress.0.ToPort', rule({ FromPort: 80, ToPort: 70000 }), rule({ FromPort: 80, ToPort: 65535 })],
    [
      'SecurityGroupIngress.0.FromPort',
      rule({ FromPort: out, ToPort: out }),
      rule({ IpProtocol: '-1', FromPort: out, ToPort: out }),
    ],
    ['SecurityGroupIngress.0.FromPort', rule({ ToPort: out }), rule({ IpProtocol: 'icmp', FromPort: -1, ToPort: -1 })],
    ['SecurityGroupIngress.0', rule({ CidrIp: out }), rule({ CidrIp: out, CidrIpv6: '::/0' })],
    ['SecurityGroupIngress.0.CidrIpv6', rule({ CidrIpv6: '::/0' }), rule({ CidrIp: '10.0.0.0/8' })],
    ['SecurityGroupIngress.0.IpProtocol', rule({ IpProtocol: 'http' }), rule({ IpProtocol: 'udp' })],
    [
      'SecurityGroupIngress.0.IpProtocol',
      rule({ IpProtocol: '256' }),
      rule({ IpProtocol: '50', FromPort: out, ToPort: out }),
    ],
    ['SecurityGroupIngress.0.CidrIp', rule({ CidrIp: '10.0.0.0/33' }), rule({ CidrIp: '10.0.0.0/32' })],
    ['SecurityGroupIngress.0.CidrIp', rule({ CidrIp: '10.0.0.1' }), rule({ CidrIp: '10.0.0.1/32' })],
    ['SecurityGroupIngress.0.Description', rule({ Description: 'a<b' }), rule({ Description: 'a=b' })],
    [
      'SecurityGroupIngress.0.FromPort',
      rule({ IpProtocol: 'icmp', FromPort: 256, ToPort: 0 }),
      rule({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1 }),
    ],
    [
      'SecurityGroupIngress.1',
      {
        SecurityGroupIngress: [
          base.Web.Properties.SecurityGroupIngress[0] as object,
          base.Web.Properties.SecurityGroupIngress[0] as object,
        ],
      },
      {
        SecurityGroupIngress: [
          base.Web.Properties.SecurityGroupIngress[0] as object,
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' },
        ],
      },
    ],
    [
      'SecurityGroupIngress.0.SourceSecurityGroupId',
      rule({ CidrIp: out, SourceSecurityGroupId: 'web' }),
      rule({ CidrIp: out, SourceSecurityGroupId: ref('Group') }),
    ],
    [
      'SecurityGroupIngress.0.SourcePrefixListId',
      rule({ CidrIp: out, SourcePrefixListId: 's3' }),
      rule({ CidrIp: out, SourcePrefixListId: 'pl-0123456789abcdef0' }),
    ],
  ] as never);
  table(base, 'Ingress', [
    ['', { SourceSecurityGroupId: out }, { SourceSecurityGroupId: out, CidrIp: '10.0.0.0/8' }],
    ['', { GroupId: out }, { GroupId: ref('Web'), SourceSecurityGroupId: ref('Group') }],
    ['GroupId', { GroupId: 'text' }, { GroupId: 'sg-0123456789abcdef0' }],
    ['FromPort', { FromPort: out }, { FromPort: 79 }],
    ['SourceSecurityGroupId', { SourceSecurityGroupId: 'text' }, { SourceSecurityGroupId: ref('Group') }],
  ]);
});

function subnet(range: string) {
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: ref('Vpc'), CidrBlock: range, AvailabilityZone: 'ap-northeast-2a' },
  };
}
