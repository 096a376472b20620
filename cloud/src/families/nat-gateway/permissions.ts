import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, pages } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::NatGateway', ['NAT gateway', 'NAT 게이트웨이'], 'ec2/natgateway', {
    create: ['ec2:CreateNatGateway DescribeNatGateways', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeNatGateways'],
    update: [
      'ec2:DescribeNatGateways CreateTags DeleteTags',
      given(
        'SecondaryAllocationIds AvailabilityZoneAddresses',
        'ec2:AssociateNatGatewayAddress DisassociateNatGatewayAddress',
      ),
      given(
        'SecondaryPrivateIpAddresses SecondaryPrivateIpAddressCount',
        'ec2:AssignPrivateNatGatewayAddress UnassignPrivateNatGatewayAddress',
      ),
    ],
    delete: ['ec2:DeleteNatGateway DescribeNatGateways'],
    console: [
      {
        ...given('SubnetId', 'ec2:DescribeSubnets DescribeAddresses'),
        reason: because(
          'the console offers subnets and addresses to choose from',
          '콘솔이 선택할 서브넷과 주소 목록을 보여 줍니다',
          pages.vpcConsole,
        ),
      },
    ],
  }),
];
