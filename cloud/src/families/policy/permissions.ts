import { given, needsOf, type TypeNeeds } from '../contract/need.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::IAM::Policy', ['inline policy', '인라인 정책'], null, {
    create: inlinePolicy('Put'),
    read: [
      given('Roles', 'iam:GetRolePolicy'),
      given('Groups', 'iam:GetGroupPolicy'),
      given('Users', 'iam:GetUserPolicy'),
    ],
    update: [...inlinePolicy('Put'), ...inlinePolicy('Delete')],
    delete: inlinePolicy('Delete'),
  }),
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
      'iam:GetPolicy',
    ],
  }),
  inlinePolicyOf('Role'),
  inlinePolicyOf('User'),
  inlinePolicyOf('Group'),
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
