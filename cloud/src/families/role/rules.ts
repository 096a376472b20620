import { words } from '../../words.ts';
import { refusedItem } from '../contract/refused.ts';
import { form, length, range, unique } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';

const role = ['AWS::IAM::Role'];
const profile = ['AWS::IAM::InstanceProfile'];
const page = 'IAM/latest/APIReference/API_CreateRole.html';
const quotas = 'IAM/latest/UserGuide/reference_iam-quotas.html';
const characters = /^[\w+=,.@-]+$/;
const said = words(
  'a name has letters, digits and _ + = , . @ -',
  '이름에는 영문자, 숫자, _ + = , . @ - 만 쓸 수 있습니다.',
);

/** Names and how long they may be. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const names: readonly (readonly [string, string, number])[] = [
  ['AWS::IAM::Role', 'RoleName', 64],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName', 128],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName', 128],
  ['AWS::IAM::Policy', 'PolicyName', 128],
  ['AWS::IAM::User', 'UserName', 64],
  ['AWS::IAM::Group', 'GroupName', 128],
];

/** Documents and their characters without white space. */
const documents: readonly (readonly [string, string, number])[] = [
  ['AWS::IAM::Role', 'AssumeRolePolicyDocument', 4096],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', 6144],
];

/** What AWS refuses of roles, profiles, users and their policies. */
export const rules: readonly Rule[] = [
  ...names.flatMap(([type, path, most]) => [
    length({ types: [type], path, most, page: quotas }),
    form({ types: [type], path, pattern: characters, said, page: quotas }),
  ]),
  ...names
    .filter(([, path]) => path !== 'PolicyName')
    .map(([type, path]) =>
      unique({
        types: [type],
        path,
        code: 'NAME_TAKEN',
        said: words(
          'A name is unique in its account, whatever its case.',
          '이름은 대소문자와 관계없이 계정 안에서 하나뿐입니다.',
        ),
        key: (resource, value, estate) => `${estate.homeOf(resource).split(' ')[0]} ${String(value).toLowerCase()}`,
        page: quotas,
      }),
    ),
  range({ types: role, path: 'MaxSessionDuration', from: 3600, to: 43_200, page }),
  ...[
    'AWS::IAM::Role',
    'AWS::IAM::InstanceProfile',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::User',
    'AWS::IAM::Group',
  ].map((type) =>
    form({
      types: [type],
      path: 'Path',
      code: 'WRONG_FORM',
      pattern: /^\/([!-~]*\/)?$/,
      said: words('a path begins and ends with /', '경로는 /로 시작하고 끝나야 합니다.'),
      page,
    }),
  ),
  length({ types: role, path: 'Description', least: 0, most: 1000, code: 'TOO_LONG', page }),
  {
    code: 'TOO_MANY',
    types: profile,
    page: 'IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html',
    what: words('An instance profile has one role.', '인스턴스 프로파일에는 역할이 하나입니다.'),
    check: ({ properties }) => {
      const list = properties.Roles;
      if (!Array.isArray(list) || list.length <= 1) return [];
      return [
        {
          at: ['Roles'],
          cause: words(
            `The profile has ${list.length} roles; AWS takes one.`,
            `프로파일에 역할이 ${list.length}개 있습니다. AWS는 하나만 받습니다.`,
          ),
          next: words('Keep one role.', '역할을 하나만 남기세요.'),
          aws: 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
        },
      ];
    },
  },
  form({
    types: profile,
    path: 'Roles.*',
    code: 'WRONG_FORM',
    pattern: characters,
    said: words('a role is named by its name, not by its ARN', '역할은 ARN이 아니라 이름으로 지정합니다.'),
    page: 'IAM/latest/APIReference/API_AddRoleToInstanceProfile.html',
    aws: () => 'The specified value for roleName is invalid.',
  }),
  form({
    types: ['AWS::IAM::User'],
    path: 'Groups.*',
    pattern: characters,
    said,
    page: 'IAM/latest/APIReference/API_AddUserToGroup.html',
  }),
  ...['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'].map((type) =>
    refusedItem({
      code: 'LISTED_TWICE',
      types: [type],
      list: 'Policies',
      page: quotas,
      what: words('Inline policies have a name of their own each.', '인라인 정책의 이름은 서로 달라야 합니다.'),
      where: (item, _, index, all) =>
        all.findIndex((each) => each.PolicyName === item.PolicyName) < index ? ['PolicyName'] : [],
    }),
  ),
  ...['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::InstanceProfile'].map((type) =>
    refusedItem({
      code: 'LISTED_TWICE',
      types: [type],
      list: 'Tags',
      page: 'IAM/latest/UserGuide/id_tags.html',
      what: words('Keys of IAM’s tags differ by more than case.', 'IAM 태그의 키는 대소문자만 달라서는 안 됩니다.'),
      where: (item, _, index, all) =>
        all.findIndex((each) => String(each.Key).toLowerCase() === String(item.Key).toLowerCase()) < index
          ? ['Key']
          : [],
    }),
  ),
  ...documents.map(
    ([type, path, most]): Rule => ({
      code: 'TOO_LONG',
      types: [type],
      page: quotas,
      what: words(
        `${path}: up to ${most} characters without white space.`,
        `${path}: 공백을 빼고 ${most}자까지입니다.`,
      ),
      check: ({ properties }) => {
        const document = properties[path];
        const count = document === undefined ? 0 : JSON.stringify(document).replace(/\s/g, '').length;
        if (count <= most || !isKnown(document)) return [];
        return [
          {
            at: [path],
            cause: words(
              `The document has ${count} characters; AWS takes ${most}.`,
              `문서가 ${count}자입니다. AWS는 ${most}자까지 받습니다.`,
            ),
            next: words('Split it, or use wildcards.', '나누거나 와일드카드를 쓰세요.'),
          },
        ];
      },
    }),
  ),
];
