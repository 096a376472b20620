import type { Fidelity } from '../families/contract/fidelity.ts';
import { fidelities } from '../families/registry.ts';
import { updateBehavior } from '../specification/resource-change.ts';
import { allResourceTypes, type PropertyType, resourceType, type ValueType } from '../specification/resource-type.ts';
import type { Language, Words } from '../words.ts';
import { words } from '../words.ts';
import { fidelityOfProperty, fidelityOfType } from './fidelity.ts';

/**
 * The page of docs/ that lists every type and property and what Terrace does with it, as Markdown. It is made from the tables that the
 * code itself reads: `npm run types-page -w cloud` writes it, and a test keeps it current.
 */
export function typesPage(language: Language): string {
  const say = (text: Words) => text[language];
  const known = Object.keys(fidelities).filter((type) => resourceType(type));
  const acting = known.filter((type) => fidelityOfType(type).fidelity === 'real').sort();
  const answered = known.filter((type) => fidelityOfType(type).fidelity === 'modelled').sort();
  const others = allResourceTypes().filter((type) => !known.includes(type));
  return [
    `# ${say(title)}`,
    '',
    language === 'en' ? '[한국어](types.ko.md)' : '[English](types.md)',
    '',
    say(introduction),
    '',
    `## ${say(headings.real)}`,
    '',
    ...acting.flatMap((type) => typeSection(type, language)),
    `## ${say(headings.modelled)}`,
    '',
    ...answered.flatMap((type) => typeSection(type, language)),
    `## ${say(headings.ignored)}`,
    '',
    say(ignoredIntroduction),
    '',
    ...servicesOf(others),
    '',
  ].join('\n');
}

const title = words('Types and properties', '타입과 속성');

const introduction = words(
  'What Terrace does with each resource type of CloudFormation and each of its properties. **real**: it acts on this machine. **modelled**: ' +
    'the lenses (reach, access, cost) answer for it, or it is shown, but nothing acts. **ignored**: it is checked against AWS’s specification and ' +
    'has no effect. `terrace validate` says the same of your own template, and `terrace up --strict` refuses what would be ignored. ' +
    'The last column says what a change of the property does to the resource. This page is made from the code.',
  'CloudFormation의 리소스 타입과 속성마다 Terrace가 하는 일입니다. **실제**: 이 컴퓨터에서 동작합니다. **모델**: 렌즈(도달 가능성, 권한, 요금)가 ' +
    '답하거나 보여 주지만 동작하지 않습니다. **무시**: AWS 사양과 대조할 뿐 효과가 없습니다. `terrace validate`는 여러분의 템플릿에 대해 같은 ' +
    '내용을 알려 주고, `terrace up --strict`는 무시될 항목이 있으면 거부합니다. 마지막 열은 속성을 바꾸면 리소스가 어떻게 되는지입니다. ' +
    '이 문서는 코드에서 만들어집니다.',
);

const headings = {
  real: words('Real', '실제로 동작하는 타입'),
  modelled: words('Modelled', '모델만 있는 타입'),
  ignored: words('Ignored', '무시되는 타입'),
};

const ignoredIntroduction = words(
  'All other types of AWS, by service; every property of theirs is ignored. Types that are not AWS’s own (`Custom::…`, registered types, ' +
    'modules) are ignored as well, but for two that CDK writes: the one that empties a VPC’s default group, and a call that sets a ' +
    'peering’s DNS option. A type that AWS does not have is a mistake.',
  'AWS의 나머지 모든 타입이며 속성도 모두 무시됩니다. AWS의 것이 아닌 타입(`Custom::…`, 등록된 타입, 모듈)도 무시되지만 CDK가 쓰는 두 가지, 곧 VPC의 기본 그룹을 비우는 리소스와 피어링의 DNS 옵션을 정하는 호출은 동작합니다. AWS에 없는 타입은 오류입니다.',
);

const columns = words('| property | what it is | here | a change |', '| 속성 | 값 | 여기서 | 변경하면 |');

const fidelityWords: Readonly<Record<Fidelity, Words>> = {
  real: words('real', '실제'),
  modelled: words('modelled', '모델'),
  ignored: words('ignored', '무시'),
};

const behaviors = {
  'in-place': words('in place', '그대로 적용'),
  interruption: words('may interrupt', '중단될 수 있음'),
  replacement: words('replaces', '교체'),
};

function typeSection(type: string, language: Language): string[] {
  const { how } = fidelityOfType(type);
  const properties = [...(resourceType(type)?.properties ?? [])];
  return [
    `### ${type}`,
    '',
    how[language],
    '',
    ...(properties.length > 0 ? [columns[language], '|---|---|---|---|'] : []),
    ...properties.map(([name, property]) => propertyRow(type, name, property, language)),
    '',
  ];
}

function propertyRow(type: string, name: string, property: PropertyType, language: Language): string {
  const required = property.required ? (language === 'en' ? ', required' : ', 필수') : '';
  const here = fidelityWords[fidelityOfProperty(type, name)][language];
  const change = behaviors[updateBehavior(type, [name])][language];
  return `| ${name} | ${valueName(property.value, language)}${required} | ${here} | ${change} |`;
}

const kinds = {
  text: words('text', '문자열'),
  integer: words('whole number', '정수'),
  number: words('number', '숫자'),
  truth: words('true or false', '참·거짓'),
  json: words('JSON', 'JSON'),
  date: words('date', '날짜'),
  tag: words('tag', '태그'),
};

function valueName(value: ValueType, language: Language): string {
  switch (value.kind) {
    case 'object':
      return value.name.replace(/~\d+$/, '');
    case 'list':
      return language === 'en'
        ? `list of ${valueName(value.element, language)}`
        : `${valueName(value.element, language)} 목록`;
    case 'map':
      return language === 'en'
        ? `object of ${valueName(value.element, language)}`
        : `${valueName(value.element, language)} 객체`;
    case 'either':
      return [...new Set(value.alternatives.map((each) => valueName(each, language)))].join(
        language === 'en' ? ' or ' : ' 또는 ',
      );
    default:
      return kinds[value.kind][language];
  }
}

function servicesOf(types: readonly string[]): string[] {
  const services = new Map<string, string[]>();
  for (const type of types) {
    const [vendor, service, ...rest] = type.split('::');
    const name = `${vendor}::${service}`;
    services.set(name, [...(services.get(name) ?? []), rest.join('::')]);
  }
  return [...services].map(([service, names]) => `- **${service}**: ${names.join(', ')}`);
}
