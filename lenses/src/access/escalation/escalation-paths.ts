import { expand } from '@terrace/cloud/families/contract/need';
import { words } from '@terrace/cloud/words';
import { byPassing } from './escalation-by-passing.ts';
import { byTakingOver } from './escalation-by-taking-over.ts';
import type { EscalationPath, How } from './escalation-path.ts';

/** Ways by permissions, credentials and roles themselves. */
const byIdentity: readonly EscalationPath[] = [
  change(
    'iam-001',
    'any-policy',
    'iam:CreatePolicyVersion',
    'writes a new version of a policy that it holds',
    '자신에게 붙은 정책의 새 버전을 씁니다',
  ),
  change(
    'iam-016',
    'any-policy',
    'iam:SetDefaultPolicyVersion',
    'brings an older, stronger version of a policy back',
    '더 강했던 예전 정책 버전을 되살립니다',
  ),
  change(
    'iam-008',
    'own-user',
    'iam:AttachUserPolicy',
    'attaches AdministratorAccess to itself',
    '자기 자신에게 AdministratorAccess를 붙입니다',
  ),
  change('iam-007', 'own-user', 'iam:PutUserPolicy', 'writes itself a policy', '자기 자신에게 정책을 써 넣습니다'),
  change(
    'iam-010',
    'any-group',
    'iam:AttachGroupPolicy',
    'attaches AdministratorAccess to its group',
    '자기 그룹에 AdministratorAccess를 붙입니다',
  ),
  change('iam-011', 'any-group', 'iam:PutGroupPolicy', 'writes its group a policy', '자기 그룹에 정책을 써 넣습니다'),
  change('iam-013', 'any-group', 'iam:AddUserToGroup', 'joins the administrators’ group', '관리자 그룹에 들어갑니다'),
  change(
    'iam-009',
    'any-role',
    'iam:AttachRolePolicy',
    'attaches AdministratorAccess to a role that it can become or use',
    '자신이 쓸 수 있는 역할에 AdministratorAccess를 붙입니다',
  ),
  change(
    'iam-005',
    'any-role',
    'iam:PutRolePolicy',
    'writes a role that it can become or use a policy',
    '자신이 쓸 수 있는 역할에 정책을 써 넣습니다',
  ),
  change(
    'iam-012',
    'any-role',
    'iam:UpdateAssumeRolePolicy',
    'lets itself assume a stronger role',
    '더 강한 역할을 맡을 수 있도록 신뢰 정책을 바꿉니다',
  ),
  change(
    'boundary-user',
    'own-user',
    'iam:DeleteUserPermissionsBoundary',
    'takes its own permissions boundary away',
    '자신의 권한 경계를 없앱니다',
  ),
  change(
    'boundary-user-put',
    'own-user',
    'iam:PutUserPermissionsBoundary',
    'widens its own permissions boundary',
    '자신의 권한 경계를 넓힙니다',
  ),
  change(
    'boundary-role',
    'any-role',
    'iam:DeleteRolePermissionsBoundary',
    'takes the permissions boundary of a role away',
    '역할의 권한 경계를 없앱니다',
  ),
  change(
    'boundary-role-put',
    'any-role',
    'iam:PutRolePermissionsBoundary',
    'widens the permissions boundary of a role',
    '역할의 권한 경계를 넓힙니다',
  ),
  change(
    'denies-user',
    'own-user',
    'iam:DeleteUserPolicy',
    'takes a policy that refuses it something away',
    '자신을 막던 인라인 정책을 지웁니다',
  ),
  change(
    'denies-detach',
    'own-user',
    'iam:DetachUserPolicy',
    'detaches a policy that refuses it something',
    '자신을 막던 정책을 떼어 냅니다',
  ),
  change(
    'denies-group',
    'any-group',
    'iam:DetachGroupPolicy',
    'detaches a policy that refuses its group something',
    '자기 그룹을 막던 정책을 떼어 냅니다',
  ),
  change(
    'new-role',
    'any-role',
    'iam:CreateRole AttachRolePolicy sts:AssumeRole',
    'makes itself an administrative role',
    '관리자 역할을 새로 만들어 맡습니다',
  ),
  another('iam-002', 'iam:CreateAccessKey', 'makes access keys for another user', '다른 사용자의 액세스 키를 만듭니다'),
  another(
    'iam-004',
    'iam:CreateLoginProfile',
    'gives another user a password',
    '다른 사용자의 로그인 비밀번호를 만듭니다',
  ),
  another('iam-006', 'iam:UpdateLoginProfile', 'changes another user’s password', '다른 사용자의 비밀번호를 바꿉니다'),
  another(
    'new-user',
    'iam:CreateUser AttachUserPolicy CreateAccessKey',
    'makes a new administrator',
    '새 관리자를 만듭니다',
  ),
  {
    id: 'sts-001',
    actions: ['sts:AssumeRole'],
    how: { kind: 'assume' },
    says: words('assumes an administrative role', '관리자 역할을 맡습니다'),
  },
];

/**
 * Published ways in which somebody who is no administrator becomes one.
 *
 * Rhino Security Labs, AWS IAM Privilege Escalation: Methods and Mitigation: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * Bishop Fox, IAM Vulnerable: https://bishopfox.com/blog/privilege-escalation-in-aws
 * Datadog Security Labs, pathfinding.cloud, whose names are used here: https://pathfinding.cloud/paths/
 */
export const escalationPaths: readonly EscalationPath[] = [...byIdentity, ...byPassing, ...byTakingOver];

function change(
  id: string,
  on: Extract<How, { kind: 'change' }>['on'],
  actions: string,
  en: string,
  ko: string,
): EscalationPath {
  return { id, actions: expand(actions), how: { kind: 'change', on }, says: words(en, ko) };
}

function another(id: string, actions: string, en: string, ko: string): EscalationPath {
  return { id, actions: expand(actions), how: { kind: 'another-user' }, says: words(en, ko) };
}
