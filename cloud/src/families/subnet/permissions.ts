import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { listsVpcs } from '../contract/reasons.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::Subnet', ['subnet', '서브넷'], 'ec2/subnet', {
    create: [
      'ec2:CreateSubnet DescribeSubnets',
      given(
        'MapPublicIpOnLaunch AssignIpv6AddressOnCreation EnableDns64 PrivateDnsNameOptionsOnLaunch',
        'ec2:ModifySubnetAttribute',
      ),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeSubnets DescribeNetworkAcls'],
    update: [
      'ec2:DescribeSubnets ModifySubnetAttribute CreateTags DeleteTags',
      given('Ipv6CidrBlock', 'ec2:AssociateSubnetCidrBlock DisassociateSubnetCidrBlock'),
    ],
    delete: ['ec2:DeleteSubnet DescribeSubnets'],
    console: [{ ...given('VpcId', 'ec2:DescribeVpcs DescribeAvailabilityZones'), reason: listsVpcs }],
  }),
];
