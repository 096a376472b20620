import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::IAM::Role', ['role', '역할'], 'iam/role', {
    create: [
      'iam:CreateRole',
      given('Policies', 'iam:PutRolePolicy GetRolePolicy'),
      given('ManagedPolicyArns', 'iam:AttachRolePolicy'),
      tagged('iam:TagRole UntagRole'),
      'iam:GetRole',
    ],
    read: ['iam:GetRole ListAttachedRolePolicies ListRolePolicies', given('Policies', 'iam:GetRolePolicy')],
    update: [
      'iam:UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy TagRole UntagRole',
      given('Policies', 'iam:PutRolePolicy DeleteRolePolicy'),
      given('ManagedPolicyArns', 'iam:AttachRolePolicy DetachRolePolicy'),
      given('PermissionsBoundary', 'iam:PutRolePermissionsBoundary DeleteRolePermissionsBoundary'),
    ],
    delete: [
      'iam:DeleteRole GetRole ListAttachedRolePolicies ListRolePolicies',
      given('Policies', 'iam:DeleteRolePolicy'),
      given('ManagedPolicyArns', 'iam:DetachRolePolicy'),
      tagged('iam:TagRole UntagRole'),
    ],
  }),
  needsOf('AWS::IAM::InstanceProfile', ['instance profile', '인스턴스 프로파일'], 'iam/instance-profile', {
    create: [
      'iam:CreateInstanceProfile GetInstanceProfile',
      given('Roles', 'iam:AddRoleToInstanceProfile PassRole', passes()),
    ],
    read: ['iam:GetInstanceProfile'],
    update: [
      'iam:GetInstanceProfile',
      given('Roles', 'iam:AddRoleToInstanceProfile RemoveRoleFromInstanceProfile PassRole', passes()),
    ],
    delete: ['iam:DeleteInstanceProfile GetInstanceProfile', given('Roles', 'iam:RemoveRoleFromInstanceProfile')],
  }),
  needsOf('AWS::IAM::ServiceLinkedRole', ['service-linked role', '서비스 연결 역할'], 'iam/role', {
    create: ['iam:CreateServiceLinkedRole GetRole'],
    read: ['iam:GetRole'],
    update: ['iam:UpdateRole GetRole'],
    delete: ['iam:DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus GetRole'],
  }),
];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html */
function passes() {
  return passesRole('ec2.amazonaws.com', 'Roles.*');
}
