import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { listsVpcs } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const permissions: readonly TypeNeeds[] = [
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
];
