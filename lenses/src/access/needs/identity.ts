import { given, needsOf, type TypeNeeds, tagged } from '@terrace/cloud/families/contract/need';
import { passesRole } from '@terrace/cloud/families/contract/reasons';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const identityNeeds: readonly TypeNeeds[] = [
  needsOf('AWS::IAM::Role', ['role', '역할'], 'iam/role', {
    create: [
      'iam:CreateRole',
      given('Policies', 'iam:PutRolePolicy GetRolePolicy'),
      given('ManagedPolicyArns', 'iam:AttachRolePolicy'),
      tagged('iam:TagRole UntagRole'),
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
  needsOf('AWS::IAM::Policy', ['inline policy', '인라인 정책'], null, {
    create: inlinePolicy('Put'),
    read: [
      given('Roles', 'iam:GetRolePolicy'),
      given('Groups', 'iam:GetGroupPolicy'),
      given('Users', 'iam:GetUserPolicy'),
    ],
    update: inlinePolicy('Put'),
    delete: inlinePolicy('Delete'),
  }),
  inlinePolicyOf('Role'),
  inlinePolicyOf('User'),
  inlinePolicyOf('Group'),
  needsOf('AWS::IAM::ManagedPolicy', ['managed policy', '관리형 정책'], 'iam/policy', {
    create: [
      'iam:CreatePolicy GetPolicy',
      given('Roles', 'iam:AttachRolePolicy'),
      given('Groups', 'iam:AttachGroupPolicy'),
      given('Users', 'iam:AttachUserPolicy'),
    ],
    read: ['iam:GetPolicy GetPolicyVersion ListEntitiesForPolicy'],
    update: [
      'iam:CreatePolicyVersion DeletePolicyVersion ListPolicyVersions GetPolicy',
      given('Roles', 'iam:AttachRolePolicy DetachRolePolicy'),
      given('Groups', 'iam:AttachGroupPolicy DetachGroupPolicy'),
      given('Users', 'iam:AttachUserPolicy DetachUserPolicy'),
    ],
    delete: [
      'iam:DeletePolicy DeletePolicyVersion ListPolicyVersions ListEntitiesForPolicy',
      given('Roles', 'iam:DetachRolePolicy'),
      given('Groups', 'iam:DetachGroupPolicy'),
      given('Users', 'iam:DetachUserPolicy'),
    ],
  }),
  needsOf('AWS::IAM::User', ['user', '사용자'], 'iam/user', {
    create: [
      'iam:CreateUser GetUser',
      given('LoginProfile', 'iam:CreateLoginProfile'),
      given('Groups', 'iam:AddUserToGroup'),
      given('Policies', 'iam:PutUserPolicy'),
      given('ManagedPolicyArns', 'iam:AttachUserPolicy'),
      tagged('iam:TagUser'),
    ],
    read: [
      'iam:GetUser ListGroupsForUser ListAttachedUserPolicies ListUserPolicies',
      given('Policies', 'iam:GetUserPolicy'),
      given('LoginProfile', 'iam:GetLoginProfile'),
    ],
    update: [
      'iam:UpdateUser GetUser TagUser UntagUser ListUserTags',
      given('LoginProfile', 'iam:CreateLoginProfile GetLoginProfile UpdateLoginProfile DeleteLoginProfile'),
      given('Groups', 'iam:AddUserToGroup RemoveUserFromGroup'),
      given('Policies', 'iam:PutUserPolicy DeleteUserPolicy'),
      given('ManagedPolicyArns', 'iam:AttachUserPolicy DetachUserPolicy'),
      given('PermissionsBoundary', 'iam:PutUserPermissionsBoundary DeleteUserPermissionsBoundary'),
    ],
    delete: [
      'iam:DeleteUser GetUser ListGroupsForUser ListAttachedUserPolicies ListUserPolicies ListAccessKeys DeleteAccessKey',
      given('LoginProfile', 'iam:GetLoginProfile DeleteLoginProfile'),
      given('Groups', 'iam:RemoveUserFromGroup'),
      given('Policies', 'iam:GetUserPolicy DeleteUserPolicy'),
      given('ManagedPolicyArns', 'iam:DetachUserPolicy'),
    ],
  }),
  needsOf('AWS::IAM::Group', ['group', '그룹'], 'iam/group', {
    create: [
      'iam:CreateGroup GetGroup',
      given('Policies', 'iam:PutGroupPolicy GetGroupPolicy'),
      given('ManagedPolicyArns', 'iam:AttachGroupPolicy'),
    ],
    read: ['iam:GetGroup ListGroupPolicies ListAttachedGroupPolicies', given('Policies', 'iam:GetGroupPolicy')],
    update: [
      'iam:GetGroup UpdateGroup',
      given('Policies', 'iam:PutGroupPolicy DeleteGroupPolicy GetGroupPolicy'),
      given('ManagedPolicyArns', 'iam:AttachGroupPolicy DetachGroupPolicy'),
    ],
    delete: [
      'iam:DeleteGroup GetGroup ListAttachedGroupPolicies ListGroupPolicies',
      given('Policies', 'iam:GetGroupPolicy DeleteGroupPolicy'),
      given('ManagedPolicyArns', 'iam:DetachGroupPolicy'),
    ],
  }),
  needsOf('AWS::IAM::UserToGroupAddition', ["user's membership", '그룹 가입'], null, {
    create: ['iam:AddUserToGroup GetGroup'],
    read: ['iam:GetGroup'],
    update: ['iam:AddUserToGroup RemoveUserFromGroup GetGroup'],
    delete: ['iam:RemoveUserFromGroup GetGroup'],
  }),
  needsOf('AWS::IAM::AccessKey', ['access key', '액세스 키'], null, {
    create: ['iam:CreateAccessKey'],
    read: ['iam:ListAccessKeys'],
    update: ['iam:UpdateAccessKey'],
    delete: ['iam:DeleteAccessKey'],
  }),
  needsOf('AWS::IAM::ServiceLinkedRole', ['service-linked role', '서비스 연결 역할'], 'iam/role', {
    create: ['iam:CreateServiceLinkedRole GetRole'],
    read: ['iam:GetRole'],
    update: ['iam:UpdateRole GetRole'],
    delete: ['iam:DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus GetRole'],
  }),
];

function inlinePolicy(verb: 'Put' | 'Delete') {
  return ['Role', 'Group', 'User'].map((kind) => given(`${kind}s`, `iam:${verb}${kind}Policy Get${kind}Policy`));
}

function inlinePolicyOf(kind: 'Role' | 'User' | 'Group'): TypeNeeds {
  return needsOf(`AWS::IAM::${kind}Policy`, ['inline policy', '인라인 정책'], null, {
    create: [`iam:Put${kind}Policy Get${kind}Policy`],
    read: [`iam:Get${kind}Policy`],
    update: [`iam:Put${kind}Policy Get${kind}Policy`],
    delete: [`iam:Delete${kind}Policy Get${kind}Policy`],
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html */
function passes() {
  return passesRole('ec2.amazonaws.com', 'Roles.*');
}
