import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const permissions: readonly TypeNeeds[] = [
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
];
