import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { listsVpcs } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::RouteTable', ['route table', '라우팅 테이블'], 'ec2/route-table', {
    create: ['ec2:CreateRouteTable DescribeRouteTables', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeRouteTables'],
    update: ['ec2:DescribeRouteTables CreateTags DeleteTags'],
    delete: ['ec2:DeleteRouteTable DescribeRouteTables'],
    console: [{ ...given('VpcId', 'ec2:DescribeVpcs'), reason: listsVpcs }],
  }),
  needsOf('AWS::EC2::Route', ['route', '경로'], null, {
    create: [
      'ec2:CreateRoute DescribeRouteTables',
      given('NetworkInterfaceId InstanceId', 'ec2:DescribeNetworkInterfaces'),
    ],
    read: ['ec2:DescribeRouteTables'],
    update: [
      'ec2:ReplaceRoute DescribeRouteTables',
      given('NetworkInterfaceId InstanceId', 'ec2:DescribeNetworkInterfaces'),
    ],
    delete: ['ec2:DeleteRoute DescribeRouteTables'],
  }),
  needsOf('AWS::EC2::SubnetRouteTableAssociation', ["subnet's route table", '서브넷과 라우팅 테이블의 연결'], null, {
    create: ['ec2:AssociateRouteTable ReplaceRouteTableAssociation DescribeSubnets DescribeRouteTables'],
    read: ['ec2:DescribeRouteTables'],
    delete: ['ec2:DisassociateRouteTable DescribeSubnets DescribeRouteTables'],
  }),
];
