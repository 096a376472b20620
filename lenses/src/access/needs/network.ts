import { given, needsOf, type TypeNeeds, tagged } from '@terrace/cloud/families/contract/need';
import { because, listsVpcs } from '@terrace/cloud/families/contract/reasons';

const peerRole = because(
  'the other side belongs to another account, whose role accepts',
  '상대 VPC가 다른 계정에 있어 그 계정의 역할로 수락합니다',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html',
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const networkNeeds: readonly TypeNeeds[] = [
  needsOf(
    'AWS::EC2::VPCPeeringConnection',
    ['VPC peering connection', 'VPC 피어링 연결'],
    'ec2/vpc-peering-connection',
    {
      create: [
        'ec2:CreateVpcPeeringConnection DescribeVpcPeeringConnections AcceptVpcPeeringConnection',
        given('PeerRoleArn', 'sts:AssumeRole', peerRole),
        tagged('ec2:CreateTags'),
      ],
      read: ['ec2:DescribeVpcPeeringConnections'],
      update: ['ec2:CreateTags DeleteTags', 'ec2:DescribeVpcPeeringConnections'],
      delete: ['ec2:DeleteVpcPeeringConnection DescribeVpcPeeringConnections'],
      console: [{ ...given('VpcId', 'ec2:DescribeVpcs'), reason: listsVpcs }],
    },
  ),
  needsOf('AWS::EC2::SecurityGroup', ['security group', '보안 그룹'], 'ec2/security-group', {
    create: [
      'ec2:CreateSecurityGroup DescribeSecurityGroups',
      given('SecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress'),
      // A new group lets everything out; CloudFormation takes that rule away before it writes the template's.
      given('SecurityGroupEgress', 'ec2:AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress'),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeSecurityGroups'],
    update: [
      'ec2:DescribeSecurityGroups AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress',
      'ec2:UpdateSecurityGroupRuleDescriptionsIngress UpdateSecurityGroupRuleDescriptionsEgress CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteSecurityGroup DescribeSecurityGroups DescribeInstances'],
    console: [{ ...given('VpcId', 'ec2:DescribeVpcs'), reason: listsVpcs }],
  }),
  needsOf('AWS::EC2::SecurityGroupIngress', ['inbound rule', '인바운드 규칙'], null, {
    create: ['ec2:AuthorizeSecurityGroupIngress DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
    read: ['ec2:DescribeSecurityGroups'],
    update: ['ec2:UpdateSecurityGroupRuleDescriptionsIngress DescribeSecurityGroups'],
    delete: ['ec2:RevokeSecurityGroupIngress DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
  }),
  needsOf('AWS::EC2::SecurityGroupEgress', ['outbound rule', '아웃바운드 규칙'], null, {
    create: [
      'ec2:AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress DescribeSecurityGroups',
      'ec2:DescribeSecurityGroupRules',
    ],
    read: ['ec2:DescribeSecurityGroups'],
    update: ['ec2:UpdateSecurityGroupRuleDescriptionsEgress DescribeSecurityGroups'],
    delete: ['ec2:RevokeSecurityGroupEgress DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
  }),
  needsOf('AWS::EC2::VPCEndpoint', ['VPC endpoint', 'VPC 엔드포인트'], 'ec2/vpc-endpoint', {
    create: [
      'ec2:CreateVpcEndpoint DescribeVpcEndpoints DescribeVpcs',
      given('SubnetIds', 'ec2:DescribeSubnets'),
      given('SecurityGroupIds', 'ec2:DescribeSecurityGroups'),
      ...endpointExtras(),
      tagged('ec2:CreateTags DeleteTags'),
    ],
    read: [
      'ec2:DescribeVpcEndpoints DescribeVpcs',
      given('SubnetIds', 'ec2:DescribeSubnets'),
      given('SecurityGroupIds', 'ec2:DescribeSecurityGroups'),
    ],
    update: [
      'ec2:ModifyVpcEndpoint DescribeVpcEndpoints DescribeVpcs DescribeSubnets DescribeSecurityGroups CreateTags DeleteTags',
      ...endpointExtras(),
    ],
    delete: [
      'ec2:DeleteVpcEndpoints DescribeVpcEndpoints DescribeVpcs',
      given('SubnetIds', 'ec2:DescribeSubnets'),
      given('SecurityGroupIds', 'ec2:DescribeSecurityGroups'),
      given('ServiceRegion', 'vpce:AllowMultiRegion'),
      tagged('ec2:CreateTags DeleteTags'),
    ],
  }),
  needsOf('AWS::EC2::NetworkInterface', ['network interface', '네트워크 인터페이스'], 'ec2/network-interface', {
    create: [
      'ec2:CreateNetworkInterface DescribeNetworkInterfaces',
      given('SourceDestCheck', 'ec2:ModifyNetworkInterfaceAttribute'),
      tagged('ec2:CreateTags'),
      given('PublicIpDnsHostnameTypeSpecification', 'ec2:ModifyPublicIpDnsNameOptions'),
    ],
    read: ['ec2:DescribeNetworkInterfaces'],
    update: [
      'ec2:DescribeNetworkInterfaces ModifyNetworkInterfaceAttribute CreateTags DeleteTags',
      given('Ipv6Addresses Ipv6AddressCount', 'ec2:AssignIpv6Addresses UnassignIpv6Addresses'),
      given(
        'PrivateIpAddresses SecondaryPrivateIpAddressCount',
        'ec2:AssignPrivateIpAddresses UnassignPrivateIpAddresses',
      ),
      given('PublicIpDnsHostnameTypeSpecification', 'ec2:ModifyPublicIpDnsNameOptions'),
    ],
    delete: ['ec2:DeleteNetworkInterface DescribeNetworkInterfaces'],
  }),
];

function endpointExtras() {
  const lattice = because(
    'the endpoint leads to a VPC Lattice service network',
    '엔드포인트가 VPC Lattice 서비스 네트워크로 연결됩니다',
    'https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html',
  );
  return [
    given('ServiceNetworkArn', 'vpc-lattice:CreateServiceNetworkVpcEndpointAssociation', lattice),
    given('ServiceRegion', 'vpce:AllowMultiRegion'),
  ];
}
