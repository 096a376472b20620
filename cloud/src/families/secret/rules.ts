import type { text } from '../../property.ts';
import { words } from '../../words.ts';
import { exclusive, form, length, oneOf, range, unique } from '../contract/rows.ts';
import type { Rule } from '../contract/rule.ts';

const types = ['AWS::SecretsManager::Secret'];
const page = 'secretsmanager/latest/apireference/API_CreateSecret.html';
const parameter = ['AWS::SSM::Parameter'];
const parameterPage = 'systems-manager/latest/APIReference/API_PutParameter.html';
const key = ['AWS::KMS::Key'];
const alias = ['AWS::KMS::Alias'];
const keyPage = 'kms/latest/APIReference/API_CreateKey.html';
const aliasPage = 'kms/latest/APIReference/API_CreateAlias.html';

/** What AWS refuses of secrets, parameters and keys. */
export const rules: readonly Rule[] = [
  length({ types, path: 'Name', most: 512, page }),
  form({
    types,
    path: 'Name',
    pattern: /^[A-Za-z0-9/_+=.@-]+$/,
    said: words('a name has letters, digits and /_+=.@-', '이름에는 영문자, 숫자, /_+=.@- 만 쓸 수 있습니다.'),
    page,
    aws: () =>
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  }),
  exclusive({
    types,
    paths: ['SecretString', 'GenerateSecretString'],
    page: 'AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html',
  }),
  exclusive({ types, paths: ['GenerateSecretString.SecretStringTemplate', 'SecretString'], page }),
  range({
    types,
    path: 'GenerateSecretString.PasswordLength',
    from: 1,
    to: 4096,
    page: 'secretsmanager/latest/apireference/API_GetRandomPassword.html',
  }),
  {
    code: 'MISSING_COMPANION',
    types,
    page: 'AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html',
    what: words(
      'GenerateStringKey and SecretStringTemplate stand together.',
      'GenerateStringKey와 SecretStringTemplate은 함께 씁니다.',
    ),
    check: ({ properties }) => {
      const made = properties.GenerateSecretString as Parameters<typeof text>[0] | undefined;
      if (!made || typeof made !== 'object') return [];
      const [one, other] = [made.GenerateStringKey !== undefined, made.SecretStringTemplate !== undefined];
      if (one === other) return [];
      const missing = one ? 'SecretStringTemplate' : 'GenerateStringKey';
      return [
        {
          at: ['GenerateSecretString'],
          cause: words(`${missing} is missing.`, `${missing}{이/가} 없습니다.`),
          next: words(`Add ${missing}.`, `${missing}{을/를} 추가하세요.`),
        },
      ];
    },
  },
  unique({
    types,
    path: 'Name',
    code: 'NAME_TAKEN',
    said: words(
      'A secret’s name is unique in its account and region.',
      '보안 암호의 이름은 계정과 리전 안에서 하나뿐입니다.',
    ),
    key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value)}`,
    page,
    aws: 'The operation failed because the secret already exists.',
  }),
  form({
    types: parameter,
    path: 'Name',
    pattern: /^[\w./-]+$/,
    said: words('a name has letters, digits and . _ - /', '이름에는 영문자, 숫자, . _ - / 만 쓸 수 있습니다.'),
    page: parameterPage,
  }),
  form({
    types: parameter,
    path: 'Name',
    code: 'NAME_RESERVED',
    pattern: /^(?!\/?(aws|ssm))/i,
    said: words('AWS keeps names that begin with "aws" or "ssm"', '"aws"나 "ssm"으로 시작하는 이름은 AWS가 씁니다.'),
    page: parameterPage,
    aws: () => 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
  }),
  range({ types: key, path: 'PendingWindowInDays', from: 7, to: 30, page: keyPage }),
  range({ types: key, path: 'RotationPeriodInDays', from: 90, to: 2560, page: keyPage }),
  oneOf({
    types: key,
    path: 'KeyUsage',
    values: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'],
    page: keyPage,
  }),
  form({
    types: alias,
    path: 'AliasName',
    pattern: /^alias\/[\w/-]+$/,
    said: words('an alias is written as alias/name', '별칭은 alias/이름으로 씁니다.'),
    page: aliasPage,
    aws: () => 'Alias must start with the prefix "alias/"',
  }),
  form({
    types: alias,
    path: 'AliasName',
    code: 'NAME_RESERVED',
    pattern: /^(?!alias\/aws\/)/,
    said: words('AWS keeps alias/aws/', 'alias/aws/는 AWS가 씁니다.'),
    page: aliasPage,
  }),
  unique({
    types: alias,
    path: 'AliasName',
    code: 'NAME_TAKEN',
    said: words('An alias is unique in its account and region.', '별칭은 계정과 리전 안에서 하나뿐입니다.'),
    key: (resource, value, estate) => `${estate.homeOf(resource)} ${String(value)}`,
    page: aliasPage,
  }),
];
