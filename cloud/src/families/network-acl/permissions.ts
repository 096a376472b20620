import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::NetworkAcl', ['network ACL', '네트워크 ACL'], 'ec2/network-acl', {
    create: ['ec2:CreateNetworkAcl DescribeNetworkAcls', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeNetworkAcls', tagged('ec2:DescribeTags')],
    update: ['ec2:DescribeNetworkAcls CreateTags DeleteTags'],
    delete: ['ec2:DeleteNetworkAcl DescribeNetworkAcls', tagged('ec2:DeleteTags')],
  }),
  needsOf('AWS::EC2::NetworkAclEntry', ['network ACL rule', '네트워크 ACL 규칙'], null, {
    create: ['ec2:CreateNetworkAclEntry DescribeNetworkAcls'],
    read: ['ec2:DescribeNetworkAcls'],
    update: ['ec2:ReplaceNetworkAclEntry DescribeNetworkAcls'],
    delete: ['ec2:DeleteNetworkAclEntry DescribeNetworkAcls'],
  }),
  needsOf('AWS::EC2::SubnetNetworkAclAssociation', ["subnet's network ACL", '서브넷과 네트워크 ACL의 연결'], null, {
    create: ['ec2:ReplaceNetworkAclAssociation DescribeNetworkAcls'],
    read: ['ec2:DescribeNetworkAcls'],
    delete: ['ec2:ReplaceNetworkAclAssociation DescribeNetworkAcls'],
  }),
];
