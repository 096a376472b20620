import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::VPC', ['VPC', 'VPC'], 'ec2/vpc', {
    create: [
      'ec2:CreateVpc DescribeVpcs DescribeVpcAttribute',
      given('EnableDnsHostnames EnableDnsSupport', 'ec2:ModifyVpcAttribute'),
      given('VpcEncryptionControl', 'ec2:CreateVpcEncryptionControl'),
      tagged('ec2:CreateTags'),
    ],
    read: [
      'ec2:DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeSecurityGroups',
      given('VpcEncryptionControl', 'ec2:DescribeVpcEncryptionControls'),
    ],
    update: [
      'ec2:ModifyVpcAttribute DescribeVpcAttribute',
      given('InstanceTenancy', 'ec2:ModifyVpcTenancy'),
      'ec2:CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteVpc DescribeVpcs'],
  }),
  needsOf('AWS::EC2::VPCCidrBlock', ['additional VPC range', 'VPC 추가 대역'], null, {
    create: [
      'ec2:AssociateVpcCidrBlock DescribeVpcs',
      given('Ipv4IpamPoolId Ipv6IpamPoolId', 'ec2:AllocateIpamPoolCidr'),
    ],
    read: ['ec2:DescribeVpcs'],
    delete: ['ec2:DisassociateVpcCidrBlock DescribeVpcs'],
  }),
  needsOf('AWS::EC2::DHCPOptions', ['DHCP option set', 'DHCP 옵션 세트'], 'ec2/dhcp-options', {
    create: ['ec2:CreateDhcpOptions DescribeDhcpOptions', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeDhcpOptions', tagged('ec2:DescribeTags')],
    update: ['ec2:DescribeDhcpOptions CreateTags DeleteTags'],
    delete: ['ec2:DeleteDhcpOptions DescribeDhcpOptions', tagged('ec2:DeleteTags')],
  }),
  needsOf('AWS::EC2::VPCDHCPOptionsAssociation', ["VPC's DHCP options", 'VPC의 DHCP 옵션 연결'], null, {
    create: ['ec2:AssociateDhcpOptions'],
    read: ['ec2:DescribeVpcs'],
    update: ['ec2:AssociateDhcpOptions'],
    delete: ['ec2:AssociateDhcpOptions'],
  }),
];
