import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
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
