import { parseAddress } from '../../address.ts';
import { parsePrefix6 } from '../../address6.ts';
import { object, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { type Fault, isKnown, itemsAt, type Rule } from '../contract/rule.ts';

const types = ['AWS::ElasticLoadBalancingV2::ListenerRule'];
const page = 'elasticloadbalancing/latest/APIReference/API_RuleCondition.html';
const quotas = 'elasticloadbalancing/latest/application/load-balancer-limits.html';

/** Values of a rule, of all its conditions together. */
const valuesPerRule = 5;

const wildcardsPerRule = 6;

const configOf: Readonly<Record<string, string>> = {
  'path-pattern': 'PathPatternConfig',
  'host-header': 'HostHeaderConfig',
  'http-request-method': 'HttpRequestMethodConfig',
  'source-ip': 'SourceIpConfig',
  'http-header': 'HttpHeaderConfig',
  'query-string': 'QueryStringConfig',
};

/** Fields that a rule may have once. */
const once = ['host-header', 'http-request-method', 'path-pattern', 'source-ip'];

export const conditionRules: readonly Rule[] = [
  {
    code: 'TOO_MANY',
    types,
    page: quotas,
    what: words(
      `A rule has up to ${valuesPerRule} condition values.`,
      `규칙 하나의 조건 값은 모두 ${valuesPerRule}개까지입니다.`,
    ),
    check: ({ properties }) => {
      const count = itemsAt(properties, 'Conditions').reduce((sum, [, each]) => {
        const config = object(each, configOf[text(each, 'Field') ?? ''] ?? '');
        const pairs = objects(config, 'Values').length;
        return sum + texts(each, 'Values').length + (pairs || texts(config, 'Values').length);
      }, 0);
      if (count <= valuesPerRule || !isKnown(properties.Conditions)) return [];
      return [
        {
          at: ['Conditions'],
          cause: words(`The conditions have ${count} values.`, `조건 값이 ${count}개입니다.`),
          next: words('Split the rule in two.', '규칙을 둘로 나누세요.'),
          aws: "A rule can only have '5' condition values",
        },
      ];
    },
  },
  refused({
    code: 'TOO_MANY',
    types,
    page: quotas,
    what: words(
      `A rule has up to ${wildcardsPerRule} wildcards in its conditions.`,
      `규칙 하나의 조건에는 와일드카드를 ${wildcardsPerRule}개까지 씁니다.`,
    ),
    where: ({ properties }) => {
      const values = itemsAt(properties, 'Conditions').flatMap(([, each]) => {
        const config = object(each, configOf[text(each, 'Field') ?? ''] ?? '');
        const pairs = objects(config, 'Values').flatMap((pair) => [...texts(pair, 'Key'), ...texts(pair, 'Value')]);
        return [...texts(each, 'Values'), ...texts(config, 'Values'), ...pairs];
      });
      const count = values.join('').replace(/[^*?]/g, '').length;
      return count > wildcardsPerRule && isKnown(properties.Conditions) ? ['Conditions'] : [];
    },
    aws: "A rule can only have '6' wildcards in its conditions",
  }),
  refused({
    code: 'MISSING_COMPANION',
    types,
    page,
    what: words('A rule has a condition.', '규칙에는 조건이 있어야 합니다.'),
    where: ({ properties }) =>
      Array.isArray(properties.Conditions) && properties.Conditions.length === 0 ? ['Conditions'] : [],
    aws: 'A condition must be specified',
  }),
  {
    code: 'CONDITION_FORM',
    types,
    page,
    what: words(
      'A condition has values of the form that its field takes; host, path, method and source stand once in a rule.',
      '조건의 값은 필드가 받는 형식이어야 하며 호스트, 경로, 메서드, 원본은 규칙에 한 번만 씁니다.',
    ),
    check: ({ properties }) => {
      const seen = new Set<string>();
      return itemsAt(properties, 'Conditions').flatMap(([at, condition]): Fault[] => {
        const field = text(condition, 'Field') ?? '';
        const name = configOf[field];
        if (!name || !isKnown(condition)) return [];
        if (once.includes(field) && seen.has(field))
          return [
            {
              at: [...at, 'Field'],
              cause: words(`The rule has a second condition for ${field}.`, `규칙에 ${field} 조건이 둘 있습니다.`),
              next: words('Put all values into one condition.', '값을 한 조건에 모으세요.'),
            },
          ];
        seen.add(field);
        const config = object(condition, name);
        if (field === 'query-string')
          return objects(config, 'Values').length === 0 ||
            objects(config, 'Values').some((each) => text(each, 'Value') === undefined)
            ? [
                {
                  at,
                  cause: words(
                    'A query string needs values, each with its Value.',
                    '쿼리 문자열 조건에는 Value가 있는 값이 필요합니다.',
                  ),
                  next: words(`Add ${name}.Values with Key and Value.`, `${name}.Values에 Key와 Value를 쓰세요.`),
                  aws: 'A condition value must be specified',
                },
              ]
            : [];
        const header = text(config, 'HttpHeaderName');
        if (
          field === 'http-header' &&
          (header === undefined || header.length > 40 || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(header))
        )
          return [
            {
              at,
              cause: words(
                'A condition on a header names the header, in up to 40 characters.',
                '헤더 조건에는 40자까지의 HttpHeaderName이 필요합니다.',
              ),
              next: words('Correct HttpHeaderName.', 'HttpHeaderName을 고치세요.'),
            },
          ];
        const values = [...texts(condition, 'Values'), ...texts(config, 'Values')];
        const expressions = [...texts(condition, 'RegexValues'), ...texts(config, 'RegexValues')];
        if (values.length === 0 && expressions.length === 0)
          return [
            {
              at,
              cause: words(`The condition for ${field} has no values.`, `${field} 조건에 값이 없습니다.`),
              next: words(`Add ${name}.Values.`, `${name}.Values를 추가하세요.`),
              aws: 'A condition value must be specified',
            },
          ];
        const wrong = values.find((value) => !fits(field, value)) ?? expressions.find((value) => value.length > 128);
        if (wrong === undefined) return [];
        return [
          {
            at,
            cause: words(
              `"${wrong}" is not a value for ${field}: ${said[field]?.[0]}.`,
              `"${wrong}"{은/는} ${field} 값이 될 수 없습니다. ${said[field]?.[1]}`,
            ),
            next: words('Correct the value.', '값을 고치세요.'),
          },
        ];
      });
    },
  },
];

function fits(field: string, value: string): boolean {
  switch (field) {
    case 'path-pattern':
      return value.length <= 128 && /^[A-Za-z0-9_.$/~"'@:+&*?-]+$/.test(value.replaceAll('&amp;', '&'));
    case 'host-header':
      return value.length <= 128 && /^[A-Za-z0-9._*?-]+$/.test(value);
    case 'http-request-method':
      return /^[A-Z_-]{1,40}$/.test(value);
    case 'source-ip':
      return isRange(value);
    default:
      return value.length <= 128;
  }
}

/** A range in CIDR notation; bits behind its length do no harm. */
function isRange(value: string): boolean {
  const [head = '', tail = ''] = value.split('/');
  return (
    (parseAddress(head) !== undefined && /^([0-9]|[12]\d|3[0-2])$/.test(tail)) || parsePrefix6(value) !== undefined
  );
}

const said: Readonly<Record<string, readonly [string, string]>> = {
  'path-pattern': [
    'it has up to 128 letters, digits and _-.$/~"\'@:+& with * and ?',
    '128자까지이며 영문자, 숫자, _-.$/~"\'@:+&와 *, ?만 씁니다.',
  ],
  'host-header': [
    'it has up to 128 letters, digits, hyphens and periods with * and ?',
    '128자까지이며 영문자, 숫자, 하이픈, 마침표와 *, ?만 씁니다.',
  ],
  'http-request-method': ['a method has capitals, hyphens and underscores', '메서드는 대문자, 하이픈, 밑줄로 씁니다.'],
  'source-ip': ['a source is a range such as 203.0.113.0/24', '203.0.113.0/24 같은 대역이어야 합니다.'],
  'http-header': ['it has up to 128 characters', '128자까지입니다.'],
};
