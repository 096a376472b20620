import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { form, oneOf } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';

const types = ['AWS::SSM::Parameter'];
const page = 'systems-manager/latest/APIReference/API_PutParameter.html';

/** What AWS refuses of Systems Manager's parameters. */
export const rules: readonly Rule[] = [
  form({
    types,
    path: 'Name',
    pattern: /^[\w./-]+$/,
    said: words('a name has letters, digits and . _ - /', '이름에는 영문자, 숫자, . _ - / 만 쓸 수 있습니다.'),
    page,
  }),
  form({
    types,
    path: 'Name',
    code: 'NAME_RESERVED',
    pattern: /^(?!\/?(aws|ssm))/i,
    said: words('AWS keeps names that begin with "aws" or "ssm"', '"aws"나 "ssm"으로 시작하는 이름은 AWS가 씁니다.'),
    page,
    aws: () => 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
  }),
  form({
    types,
    path: 'Name',
    code: 'WRONG_FORM',
    pattern: /^(\/.*|[^/]*)$/,
    said: words('a name with a slash begins with one', '슬래시가 있는 이름은 /로 시작해야 합니다.'),
    page,
    aws: () => 'Parameter name must be a fully qualified name.',
  }),
  refused({
    code: 'TOO_LONG',
    types,
    page,
    what: words('A value has 4 KB, of the tier Advanced 8 KB.', '값은 4KB까지, Advanced 계층은 8KB까지입니다.'),
    where: ({ properties }) => {
      const [value, tier] = [text(properties, 'Value') ?? '', text(properties, 'Tier') ?? 'Standard'];
      const most = tier === 'Standard' ? 4096 : 8192;
      return Buffer.byteLength(value) > most && isKnown([value, tier]) ? ['Value'] : [];
    },
    aws: 'Standard tier parameters support a maximum parameter value of 4096 characters.',
  }),
  refused({
    code: 'WRONG_FORM',
    types,
    page,
    what: words('A value matches the AllowedPattern.', '값은 AllowedPattern과 맞아야 합니다.'),
    where: ({ properties }) => {
      const [value, pattern] = [text(properties, 'Value'), text(properties, 'AllowedPattern')];
      if (value === undefined || pattern === undefined || !isKnown([value, pattern]) || value.length > 1024) return [];
      return fits(value, pattern) ? [] : ['Value'];
    },
    aws: 'Parameter value, cannot be validated against allowedPattern',
  }),
  oneOf({ types, path: 'Tier', values: ['Standard', 'Advanced', 'Intelligent-Tiering'], page }),
];

/** A pattern that cannot be read here is left to AWS; so is one whose time may grow without bounds. */
function fits(value: string, pattern: string): boolean {
  if (/[+*}]\)*[+*{]|\([^)]*[+*][^)]*\)[+*{]/.test(pattern)) return true;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return true;
  }
}
