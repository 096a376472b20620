import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::EIP', ['Elastic IP address', '탄력적 IP 주소'], 'ec2/elastic-ip', {
    create: [
      'ec2:AllocateAddress DescribeAddresses',
      given('InstanceId', 'ec2:AssociateAddress'),
      given('TransferAddress', 'ec2:AcceptAddressTransfer'),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeAddresses'],
    update: [
      'ec2:DescribeAddresses CreateTags DeleteTags',
      given('InstanceId', 'ec2:AssociateAddress DisassociateAddress'),
    ],
    delete: ['ec2:ReleaseAddress DescribeAddresses', given('InstanceId', 'ec2:DisassociateAddress')],
  }),
  needsOf('AWS::EC2::EIPAssociation', ["address's association", '주소 연결'], null, {
    create: ['ec2:AssociateAddress DescribeAddresses'],
    read: ['ec2:DescribeAddresses'],
    delete: ['ec2:DisassociateAddress DescribeAddresses'],
  }),
];
