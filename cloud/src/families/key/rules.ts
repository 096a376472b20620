import { isObject, type Json, type JsonObject } from '../../json.ts';
import { flag, text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, oneOf, range, unique } from '../contract/rows.ts';
import { isKnown, isStated, type Rule } from '../contract/rule.ts';

const types = ['AWS::KMS::Key'];
const page = 'kms/latest/APIReference/API_CreateKey.html';
const alias = ['AWS::KMS::Alias'];
const aliasPage = 'kms/latest/APIReference/API_CreateAlias.html';

const specOf = (properties: JsonObject) => text(properties, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';

/** Usages of each kind of key. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html#KMS-CreateKey-request-KeyUsage */
const usages: readonly (readonly [spec: RegExp, usages: readonly string[]])[] = [
  [/^SYMMETRIC_DEFAULT$/, ['ENCRYPT_DECRYPT']],
  [/^HMAC_/, ['GENERATE_VERIFY_MAC']],
  [/^RSA_/, ['ENCRYPT_DECRYPT', 'SIGN_VERIFY']],
  [/^ECC_NIST_P(256|384|521)$/, ['SIGN_VERIFY', 'KEY_AGREEMENT']],
  [/^ECC_/, ['SIGN_VERIFY']],
  [/^ML_DSA/, ['SIGN_VERIFY']],
  [/^SM2$/, ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT']],
];

/** What AWS refuses of keys and their aliases. */
export const rules: readonly Rule[] = [
  refused({
    code: 'KEY_LOCKED_OUT',
    types,
    page: 'kms/latest/developerguide/key-policy-default.html',
    what: words(
      'A key’s policy lets an identity of the account change the policy later, by kms:PutKeyPolicy.',
      '키 정책은 계정의 자격 증명이 나중에 정책을 바꿀 수 있도록 kms:PutKeyPolicy를 허용해야 합니다.',
    ),
    next: words(
      'Allow kms:* to the account’s root, or state BypassPolicyLockoutSafetyCheck.',
      '계정의 root에 kms:*를 허용하거나 BypassPolicyLockoutSafetyCheck를 쓰세요.',
    ),
    where: ({ properties }) => {
      const policy = properties.KeyPolicy;
      if (!isObject(policy) || !isKnown(policy) || flag(properties, 'BypassPolicyLockoutSafetyCheck')) return [];
      const statements = (Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement]).filter(isObject);
      const whole = statements.every((each) => each.Principal !== undefined || each.NotPrincipal !== undefined);
      const judged =
        statements.length > 0 && whole && statements.every(({ Effect }) => Effect === 'Allow' || Effect === 'Deny');
      return judged && !statements.some(letsChange) ? ['KeyPolicy'] : [];
    },
    aws: 'The new key policy will not allow you to update the key policy in the future.',
  }),
  range({
    types,
    path: 'PendingWindowInDays',
    from: 7,
    to: 30,
    page: 'kms/latest/APIReference/API_ScheduleKeyDeletion.html',
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page,
    what: words('A key is used for what its spec can do.', '키의 용도는 키 사양이 할 수 있는 것이어야 합니다.'),
    where: ({ properties }) => {
      const usage = text(properties, 'KeyUsage') ?? 'ENCRYPT_DECRYPT';
      const may = usages.find(([spec]) => spec.test(specOf(properties)))?.[1];
      if (!may || may.includes(usage) || !isKnown([properties.KeySpec ?? null, properties.KeyUsage ?? null])) return [];
      return [isStated(properties, 'KeyUsage') ? 'KeyUsage' : 'KeySpec'];
    },
    aws: 'KeyUsage is not compatible with KeySpec',
  }),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types,
    page: 'kms/latest/developerguide/rotate-keys.html',
    what: words('AWS rotates symmetric keys for encryption only.', '자동 교체는 대칭 암호화 키에만 됩니다.'),
    where: ({ properties }) =>
      flag(properties, 'EnableKeyRotation') && specOf(properties) !== 'SYMMETRIC_DEFAULT' ? ['EnableKeyRotation'] : [],
  }),
  range({ types, path: 'RotationPeriodInDays', from: 90, to: 2560, page }),
  oneOf({
    types,
    path: 'KeyUsage',
    values: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'],
    page,
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

/** Whether a statement lets somebody who is not a service change the key's policy. */
function letsChange({ Effect, Action, NotAction, Principal }: JsonObject): boolean {
  if (Effect !== 'Allow') return false;
  const actions = texts(Action);
  const changes =
    NotAction !== undefined ||
    actions.some((each) =>
      new RegExp(
        `^${each
          .replace(/[.+^$()|[\]{}\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
        'i',
      ).test('kms:PutKeyPolicy'),
    );
  const people = Principal === undefined || Principal === '*' || (isObject(Principal) && Principal.AWS !== undefined);
  return changes && people;
}

function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}
