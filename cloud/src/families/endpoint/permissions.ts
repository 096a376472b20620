import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
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
