import { isObject, type Json, type JsonObject } from '../../json.ts';
import { words } from '../../words.ts';
import { form, length, range, unique } from '../contract/rows.ts';
import { type Fault, isKnown, type Rule } from '../contract/rule.ts';

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
  {
    code: 'TRUST_POLICY',
    types: role,
    page: 'IAM/latest/UserGuide/reference_policies_elements_principal.html',
    what: words(
      'Statements of a trust policy name a principal and an action, and no resource.',
      '신뢰 정책의 문에는 보안 주체와 작업이 있고 리소스는 없어야 합니다.',
    ),
    check: ({ properties }) => {
      const document = properties.AssumeRolePolicyDocument;
      if (!isObject(document) || !isKnown(document)) return [];
      const next = words('Correct the statement.', '문을 고치세요.');
      const at = ['AssumeRolePolicyDocument', 'Statement'];
      return statementsOf(document).flatMap((each, index): Fault[] => {
        const place = Array.isArray(document.Statement) ? [...at, index] : at;
        if (each.Resource !== undefined || each.NotResource !== undefined)
          return [
            {
              at: [...place, 'Resource'],
              cause: words('A trust policy has no Resource.', '신뢰 정책에는 Resource를 쓰지 않습니다.'),
              next,
              aws: 'Has prohibited field Resource',
            },
          ];
        if (each.Principal === undefined && each.NotPrincipal === undefined)
          return [
            {
              at: place,
              cause: words('The statement names no Principal.', '문에 Principal이 없습니다.'),
              next,
              aws: 'Missing required field Principal',
            },
          ];
        if (each.Action === undefined && each.NotAction === undefined)
          return [
            {
              at: place,
              cause: words('The statement names no Action.', '문에 Action이 없습니다.'),
              next,
              aws: 'Missing required field Action',
            },
          ];
        const wrong = list(each.Action).find((action) => action !== '*' && !/^sts:/i.test(action));
        if (wrong !== undefined)
          return [
            {
              at: [...place, 'Action'],
              cause: words(`${wrong} is not an action of STS.`, `${wrong}{은/는} STS의 작업이 아닙니다.`),
              next,
              aws: 'AssumeRole policy may only specify STS AssumeRole actions.',
            },
          ];
        return [];
      });
    },
  },
  {
    code: 'POLICY_FORM',
    types: [
      'AWS::IAM::Policy',
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::RolePolicy',
      'AWS::IAM::UserPolicy',
      'AWS::IAM::GroupPolicy',
    ],
    page: 'IAM/latest/UserGuide/reference_policies_grammar.html',
    what: words(
      'Statements of an identity’s policy have Effect, Action and Resource, and no Principal.',
      '자격 증명 기반 정책의 문에는 Effect, Action, Resource가 있고 Principal은 없어야 합니다.',
    ),
    check: ({ properties }) => policyFaults(properties.PolicyDocument, ['PolicyDocument']),
  },
  {
    code: 'POLICY_FORM',
    types: ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'],
    page: 'IAM/latest/UserGuide/reference_policies_grammar.html',
    what: words('So do those of inline policies.', '인라인 정책의 문도 같습니다.'),
    check: ({ properties }) =>
      (Array.isArray(properties.Policies) ? properties.Policies : []).flatMap((each: Json, index) =>
        isObject(each) ? policyFaults(each.PolicyDocument, ['Policies', index, 'PolicyDocument']) : [],
      ),
  },
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

function policyFaults(document: Json | undefined, at: readonly (string | number)[]): Fault[] {
  if (!isObject(document) || !isKnown(document)) return [];
  const next = words('Correct the statement.', '문을 고치세요.');
  return statementsOf(document).flatMap((each, index): Fault[] => {
    const place = Array.isArray(document.Statement) ? [...at, 'Statement', index] : [...at, 'Statement'];
    const malformed = (name: string, cause: ReturnType<typeof words>): Fault[] => [
      { at: name ? [...place, name] : place, cause, next, aws: 'MalformedPolicyDocument' },
    ];
    if (each.Principal !== undefined || each.NotPrincipal !== undefined)
      return malformed(
        'Principal',
        words('A policy of an identity has no Principal.', '자격 증명 정책에는 Principal을 쓰지 않습니다.'),
      );
    if (!['Allow', 'Deny'].includes(String(each.Effect)))
      return malformed('', words('Effect is Allow or Deny.', 'Effect는 Allow 또는 Deny입니다.'));
    if (each.Action === undefined && each.NotAction === undefined)
      return malformed('', words('The statement names no Action.', '문에 Action이 없습니다.'));
    if (each.Resource === undefined && each.NotResource === undefined)
      return malformed('', words('The statement names no Resource.', '문에 Resource가 없습니다.'));
    const wrong = [...list(each.Action), ...list(each.NotAction)].find(
      (action) => action !== '*' && !action.includes(':'),
    );
    if (wrong !== undefined)
      return malformed(
        'Action',
        words(
          `${wrong} names no service: actions are written as s3:GetObject.`,
          `${wrong}에 서비스가 없습니다. 작업은 s3:GetObject처럼 씁니다.`,
        ),
      );
    return [];
  });
}

function statementsOf(document: JsonObject): JsonObject[] {
  const { Statement } = document;
  return (Array.isArray(Statement) ? Statement : [Statement]).filter(isObject);
}

function list(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}
