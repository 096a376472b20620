import { object, objects, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { type Fault, isKnown, itemsAt, type Rule } from '../contract/rule.ts';

const types = ['AWS::ElasticLoadBalancingV2::ListenerRule'];
const page = 'elasticloadbalancing/latest/APIReference/API_RuleCondition.html';
const quotas = 'elasticloadbalancing/latest/application/load-balancer-limits.html';

/** Values of a rule, of all its conditions together. */
const valuesPerRule = 5;

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
        if (field === 'query-string') return [];
        const values = [...texts(condition, 'Values'), ...texts(config, 'Values'), ...texts(config, 'RegexValues')];
        if (values.length === 0 && texts(condition, 'RegexValues').length === 0)
          return [
            {
              at,
              cause: words(`The condition for ${field} has no values.`, `${field} 조건에 값이 없습니다.`),
              next: words(`Add ${name}.Values.`, `${name}.Values를 추가하세요.`),
              aws: 'A condition value must be specified',
            },
          ];
        const wrong = values.find((value) => !fits(field, value));
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
    case 'host-header':
      return value.length <= 128;
    case 'http-request-method':
      return /^[A-Z_-]{1,40}$/.test(value);
    case 'source-ip':
      return /^[\d.]+\/\d{1,2}$/.test(value) || /:.*\//.test(value);
    default:
      return value.length <= 128;
  }
}

const said: Readonly<Record<string, readonly [string, string]>> = {
  'path-pattern': ['it has up to 128 characters', '128자까지입니다.'],
  'host-header': ['it has up to 128 characters', '128자까지입니다.'],
  'http-request-method': ['a method has capitals, hyphens and underscores', '메서드는 대문자, 하이픈, 밑줄로 씁니다.'],
  'source-ip': ['a source is a range such as 203.0.113.0/24', '203.0.113.0/24 같은 대역이어야 합니다.'],
  'http-header': ['it has up to 128 characters', '128자까지입니다.'],
};
