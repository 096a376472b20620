import { flag, number, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { exclusive, form, length, range, unique } from '../contract/rows.ts';
import { isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::SecretsManager::Secret'];
const page = 'secretsmanager/latest/apireference/API_CreateSecret.html';

const generated = 'GenerateSecretString';
const passwordPage = 'secretsmanager/latest/apireference/API_GetRandomPassword.html';
const rotation = ['AWS::SecretsManager::RotationSchedule'];
const rotationPage = 'secretsmanager/latest/apireference/API_RotationRulesType.html';

/** What AWS refuses of secrets. */
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
  length({
    types,
    path: 'SecretString',
    most: 65_536,
    code: 'TOO_LONG',
    page,
  }),
  length({ types, path: `${generated}.ExcludeCharacters`, least: 0, most: 4096, code: 'TOO_LONG', page: passwordPage }),
  refused({
    code: 'PASSWORD_LENGTH',
    types,
    page: passwordPage,
    what: words(
      'A password is as long as it has kinds of characters, and some kind is left.',
      '비밀번호는 문자 종류의 수만큼 길어야 하고, 쓸 수 있는 문자가 남아 있어야 합니다.',
    ),
    where: ({ properties }) => {
      if (!isStated(properties, generated)) return [];
      const made = object(properties, generated);
      const excluded = ['Lowercase', 'Uppercase', 'Numbers', 'Punctuation'].filter(
        (each) => flag(made, `Exclude${each}`) === true,
      );
      if (excluded.length === 4) return [generated];
      const length = number(made, 'PasswordLength');
      const each = flag(made, 'RequireEachIncludedType') !== false;
      return length !== undefined && length > 0 && each && length < 4 - excluded.length
        ? [`${generated}.PasswordLength`]
        : [];
    },
  }),
  refused({
    code: 'WRONG_FORM',
    types,
    page: 'AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html',
    what: words('The template of a secret is JSON.', '보안 암호의 템플릿은 JSON이어야 합니다.'),
    where: ({ properties }) => {
      const template = text(object(properties, generated), 'SecretStringTemplate');
      return template !== undefined && isKnown(template) && !isJson(template)
        ? [`${generated}.SecretStringTemplate`]
        : [];
    },
  }),
  refused({
    code: 'OTHER_REGION',
    types,
    page: 'secretsmanager/latest/apireference/API_ReplicateSecretToRegions.html',
    what: words('A secret is replicated to other regions.', '보안 암호는 다른 리전으로만 복제합니다.'),
    where: (resource, estate) =>
      valuesAt(resource.properties, 'ReplicaRegions.*.Region').flatMap(([at, region]) =>
        region === estate.homeOf(resource).split(' ')[1] ? [at] : [],
      ),
    aws: 'Invalid replica region.',
  }),
  range({ types: rotation, path: 'RotationRules.AutomaticallyAfterDays', from: 1, to: 1000, page: rotationPage }),
  exclusive({
    types: rotation,
    paths: ['RotationRules.AutomaticallyAfterDays', 'RotationRules.ScheduleExpression'],
    page: rotationPage,
  }),
  form({
    types: rotation,
    path: 'RotationRules.ScheduleExpression',
    code: 'WRONG_FORM',
    pattern: /^(rate\(\d+ (hours?|days?)\)|cron\(.+\))$/,
    said: words('a schedule is written as rate(10 days) or cron(…)', '일정은 rate(10 days)나 cron(…)으로 씁니다.'),
    page: rotationPage,
  }),
  form({
    types: rotation,
    path: 'RotationRules.Duration',
    code: 'WRONG_FORM',
    pattern: /^\d{1,2}h$/,
    said: words('a duration is written as 3h', '기간은 3h처럼 씁니다.'),
    page: rotationPage,
  }),
];

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
