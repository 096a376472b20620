import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::RDS::DBProxy', ['database proxy', 'DB 프록시'], 'rds/proxy', {
    create: [
      'rds:CreateDBProxy DescribeDBProxies',
      given('RoleArn', 'iam:PassRole', passesRole('rds.amazonaws.com', 'RoleArn')),
      tagged('rds:AddTagsToResource'),
    ],
    read: ['rds:DescribeDBProxies'],
    update: [
      'rds:ModifyDBProxy AddTagsToResource RemoveTagsFromResource',
      given('RoleArn', 'iam:PassRole', passesRole('rds.amazonaws.com', 'RoleArn')),
      'rds:DescribeDBProxies',
    ],
    delete: ['rds:DeleteDBProxy DescribeDBProxies'],
  }),
  needsOf('AWS::RDS::DBProxyTargetGroup', ["proxy's target group", '프록시 대상 그룹'], 'rds/target-group', {
    create: [
      'rds:DescribeDBProxies DescribeDBProxyTargetGroups ModifyDBProxyTargetGroup RegisterDBProxyTargets',
      'rds:DescribeDBProxyTargets',
    ],
    read: ['rds:DescribeDBProxyTargetGroups DescribeDBProxyTargets'],
    update: [
      'rds:DescribeDBProxyTargetGroups ModifyDBProxyTargetGroup RegisterDBProxyTargets DeregisterDBProxyTargets',
      'rds:DescribeDBProxyTargets',
    ],
    delete: ['rds:DeregisterDBProxyTargets'],
  }),
];
