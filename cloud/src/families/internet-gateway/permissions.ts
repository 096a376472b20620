import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::InternetGateway', ['internet gateway', '인터넷 게이트웨이'], 'ec2/internet-gateway', {
    create: ['ec2:CreateInternetGateway DescribeInternetGateways', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeInternetGateways'],
    update: ['ec2:DescribeInternetGateways CreateTags DeleteTags'],
    delete: ['ec2:DeleteInternetGateway DescribeInternetGateways'],
  }),
  needsOf('AWS::EC2::VPCGatewayAttachment', ["gateway's attachment", '게이트웨이 연결'], null, {
    create: [
      given('InternetGatewayId', 'ec2:AttachInternetGateway DescribeInternetGateways'),
      given('VpnGatewayId', 'ec2:AttachVpnGateway DescribeVpnGateways'),
    ],
    read: ['ec2:DescribeInternetGateways'],
    delete: [
      given('InternetGatewayId', 'ec2:DetachInternetGateway DescribeInternetGateways'),
      given('VpnGatewayId', 'ec2:DetachVpnGateway DescribeVpnGateways'),
    ],
    update: [
      given('InternetGatewayId', 'ec2:AttachInternetGateway DetachInternetGateway DescribeInternetGateways'),
      given('VpnGatewayId', 'ec2:AttachVpnGateway DetachVpnGateway DescribeVpnGateways'),
    ],
  }),
  needsOf(
    'AWS::EC2::EgressOnlyInternetGateway',
    ['egress-only internet gateway', '송신 전용 인터넷 게이트웨이'],
    'ec2/egress-only-internet-gateway',
    {
      create: ['ec2:CreateEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways', tagged('ec2:CreateTags')],
      read: ['ec2:DescribeEgressOnlyInternetGateways'],
      delete: [
        'ec2:DeleteEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways',
        'ec2:DescribeVpcs',
        tagged('ec2:DeleteTags'),
      ],
      update: ['ec2:DescribeEgressOnlyInternetGateways CreateTags DeleteTags'],
    },
  ),
];
