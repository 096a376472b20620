import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, listsVpcs } from '../contract/reasons.ts';

const peerRole = because(
  'the other side belongs to another account, whose role accepts',
  '상대 VPC가 다른 계정에 있어 그 계정의 역할로 수락합니다',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html',
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
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
];
