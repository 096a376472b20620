import { isObject, type Json, type JsonObject } from '@terrace/cloud/json';
import { failure, type Mistake, mistake, type Place, type Result, success } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import { type Condition, conditionOperatorNames, parseOperator } from './condition-operator.ts';

/**
 * A policy document, read once and trusted afterwards.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export interface Policy {
  /** What a person calls it: an AWS managed policy's name, a logical id, a file. */
  readonly name: string;
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Name of the policy it stands in. */
  readonly policy: string;
  /** Position in the policy, from 0. */
  readonly index: number;
  readonly sid: string | null;
  /** Why its author put it there, where that is stated. */
  readonly reason: Words | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Selection;
  /** `null` only in trust policies and other resource policies that leave it out. */
  readonly resources: Selection | null;
  /** `null` in identity policies. */
  readonly principals: PrincipalSelection | null;
  readonly conditions: readonly Condition[];
  /** Policy variables mean something only in version 2012-10-17. */
  readonly variables: boolean;
  /** Properties that decide whether the policy is attached, where their values are not known. */
  readonly open: readonly string[];
}

/** `Action`, or `NotAction` where `negated`; likewise for resources. */
export interface Selection {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

export interface PrincipalSelection {
  readonly negated: boolean;
  /** `*` alone means everyone, anonymous requests included. */
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly services: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUsers: readonly string[];
}

/** An identity policy names no principal; a resource policy must; a trust policy names no resource. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/**
 * Reads a document, given as JSON text or as a value. Every breach of the grammar is reported, with where it is.
 * Codes: `POLICY_NOT_JSON`, `POLICY_GRAMMAR`.
 */
export function parsePolicy(
  document: Json | string,
  options: {
    name: string;
    kind: PolicyKind;
    place?: Place;
    reasons?: readonly (Words | null)[];
    open?: readonly string[];
  },
): Result<Policy> {
  const place = options.place ?? {};
  const value = typeof document === 'string' ? parseJson(document) : document;
  if (!isObject(value)) return failure([notJson(place, options.name)]);
  const problems: Mistake[] = [];
  const complain = (path: string, en: string, ko: string, next = grammarPage) =>
    problems.push(mistake('POLICY_GRAMMAR', { ...place, path }, { cause: words(en, ko), next }));

  for (const key of Object.keys(value)) {
    if (!['Version', 'Id', 'Statement'].includes(key))
      complain(key, `a policy has no element ${key}`, `정책에는 ${key}{이라/라}는 요소가 없습니다`);
  }
  const version = value.Version ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17')
    complain(
      'Version',
      `${String(version)} is not a version of the policy language`,
      `${String(version)}{은/는} 정책 언어의 버전이 아닙니다`,
    );
  const stated = value.Statement;
  const list = Array.isArray(stated) ? stated : stated === undefined ? [] : [stated];
  if (list.length === 0)
    complain('Statement', 'a policy needs at least one statement', '정책에는 문(Statement)이 하나 이상 있어야 합니다');

  const statements: Statement[] = [];
  for (const [index, item] of list.entries()) {
    const where = `Statement[${index}]`;
    if (!isObject(item)) {
      complain(where, 'a statement is an object', '문(Statement)은 객체여야 합니다');
      continue;
    }
    const before = problems.length;
    const statement = readStatement(item, options.kind, (key, en, ko, next) =>
      complain(`${where}.${key}`, en, ko, next),
    );
    if (statement !== undefined && problems.length === before)
      statements.push({
        ...statement,
        policy: options.name,
        index,
        reason: options.reasons?.[index] ?? null,
        variables: version === '2012-10-17',
        open: options.open ?? [],
      });
  }
  if (problems.length > 0) return failure(problems);
  return success({ name: options.name, version: version as Policy['version'], statements });
}

const grammarPage = words(
  'see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html 을 참고하세요',
);

const statementKeys = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

type Complain = (key: string, en: string, ko: string, next?: typeof grammarPage) => void;

function readStatement(
  item: JsonObject,
  kind: PolicyKind,
  complain: Complain,
): Omit<Statement, 'policy' | 'index' | 'reason' | 'variables' | 'open'> | undefined {
  for (const key of Object.keys(item)) {
    if (statementKeys.includes(key)) continue;
    const meant = statementKeys.find((known) => known.toLowerCase() === key.toLowerCase());
    complain(
      key,
      `a statement has no element ${key}${meant ? `; ${meant} is meant?` : ''}`,
      `문에는 ${key}{이라/라}는 요소가 없습니다${meant ? `. ${meant}{을/를} 쓰려던 것 아닌가요?` : ''}`,
    );
  }
  const effect = item.Effect;
  if (effect !== 'Allow' && effect !== 'Deny')
    complain('Effect', 'Effect is Allow or Deny', 'Effect는 Allow 또는 Deny여야 합니다');
  const actions = readSelection(item, 'Action', complain, actionShape);
  if (actions === null)
    complain('Action', 'a statement needs Action or NotAction', '문에는 Action이나 NotAction이 있어야 합니다');
  const resources = readSelection(item, 'Resource', complain, resourceShape);
  if (resources === null && kind === 'identity')
    complain(
      'Resource',
      'an identity policy needs Resource or NotResource',
      '자격 증명 기반 정책에는 Resource나 NotResource가 있어야 합니다',
    );
  const principals = readPrincipals(item, kind, complain);
  const conditions = readConditions(item.Condition, complain);
  if (item.Sid !== undefined && typeof item.Sid !== 'string')
    complain('Sid', 'Sid is a text', 'Sid는 문자열이어야 합니다');
  if ((effect !== 'Allow' && effect !== 'Deny') || actions === null) return undefined;
  return { sid: typeof item.Sid === 'string' ? item.Sid : null, effect, actions, resources, principals, conditions };
}

function readSelection(
  item: JsonObject,
  key: 'Action' | 'Resource',
  complain: Complain,
  shape: (pattern: string) => [string, string] | null,
): Selection | null {
  const negatedKey = `Not${key}`;
  const plain = item[key];
  const negative = item[negatedKey];
  if (plain !== undefined && negative !== undefined)
    complain(
      key,
      `a statement has ${key} or ${negatedKey}, not both`,
      `${key}{과/와} ${negatedKey}{은/는} 함께 쓸 수 없습니다`,
    );
  const value = plain ?? negative;
  if (value === undefined) return null;
  const used = plain === undefined ? negatedKey : key;
  const patterns = texts(value);
  if (patterns === null || patterns.length === 0) {
    complain(used, `${used} is a text or a list of texts`, `${used}{은/는} 문자열이나 문자열 목록이어야 합니다`);
    return null;
  }
  for (const pattern of patterns) {
    const problem = shape(pattern);
    if (problem) complain(used, problem[0], problem[1]);
  }
  return { negated: plain === undefined, patterns };
}

function actionShape(pattern: string): [string, string] | null {
  if (pattern === '*' || /^[a-zA-Z0-9*?-]+:[a-zA-Z0-9*?.]+$/.test(pattern)) return null;
  return [
    `${pattern} is not an action: it is written service:Name`,
    `${pattern}{은/는} 작업이 아닙니다. 서비스:이름 꼴로 씁니다`,
  ];
}

function resourceShape(pattern: string): [string, string] | null {
  if (pattern === '*' || pattern.startsWith('arn:') || /^[*?$]/.test(pattern) || /^a[?*]/.test(pattern)) return null;
  return [`${pattern} is not a resource: it is an ARN or *`, `${pattern}{은/는} 리소스가 아닙니다. ARN이나 *를 씁니다`];
}

function readPrincipals(item: JsonObject, kind: PolicyKind, complain: Complain): PrincipalSelection | null {
  const value = item.Principal ?? item.NotPrincipal;
  if (value === undefined) {
    if (kind !== 'identity')
      complain(
        'Principal',
        'a resource policy says who: it needs Principal',
        '리소스 정책에는 대상을 밝히는 Principal이 있어야 합니다',
      );
    return null;
  }
  if (kind === 'identity') {
    complain(
      'Principal',
      'an identity policy has no Principal: who it is attached to is who it is for',
      '자격 증명 기반 정책에는 Principal을 쓰지 않습니다. 연결된 주체가 곧 대상입니다',
    );
    return null;
  }
  const negated = item.Principal === undefined;
  if (value === '*') return { negated, everyone: true, aws: [], services: [], federated: [], canonicalUsers: [] };
  if (!isObject(value)) {
    complain(
      'Principal',
      'Principal is * or an object such as {"AWS": "arn:…"}',
      'Principal은 *이거나 {"AWS": "arn:…"} 같은 객체여야 합니다',
    );
    return null;
  }
  for (const key of Object.keys(value)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(key))
      complain(
        `Principal.${key}`,
        `a principal is AWS, Service, Federated or CanonicalUser, not ${key}`,
        `Principal의 종류는 AWS, Service, Federated, CanonicalUser이고 ${key}{은/는} 없습니다`,
      );
  }
  const of = (key: string) => (value[key] === undefined ? [] : (texts(value[key]) ?? []));
  const aws = of('AWS');
  return {
    negated,
    everyone: aws.includes('*'),
    aws: aws.filter((each) => each !== '*'),
    services: of('Service'),
    federated: of('Federated'),
    canonicalUsers: of('CanonicalUser'),
  };
}

function readConditions(value: Json | undefined, complain: Complain): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) {
    complain('Condition', 'Condition is an object of operators', 'Condition은 연산자의 객체여야 합니다');
    return [];
  }
  const conditions: Condition[] = [];
  for (const [name, block] of Object.entries(value)) {
    const operator = parseOperator(name);
    if (operator === undefined) {
      const known = conditionOperatorNames.join(', ');
      complain(
        `Condition.${name}`,
        `there is no condition operator ${name}`,
        `${name}{이라/라}는 조건 연산자는 없습니다`,
        words(`use one of ${known}`, `다음 가운데 하나를 쓰세요: ${known}`),
      );
      continue;
    }
    if (!isObject(block)) {
      complain(`Condition.${name}`, `${name} holds keys and values`, `${name}에는 키와 값이 와야 합니다`);
      continue;
    }
    for (const [key, stated] of Object.entries(block)) {
      const values = texts(stated);
      if (values === null)
        complain(
          `Condition.${name}.${key}`,
          'a value is a text, a number or true/false',
          '값은 문자열, 숫자, true/false여야 합니다',
        );
      else conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

/** A text, number or truth value, or a list of them, as texts. */
function texts(value: Json | undefined): string[] | null {
  const list = Array.isArray(value) ? value : [value];
  const all = list.map((each) =>
    typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean' ? String(each) : null,
  );
  return all.every((each) => each !== null) ? all : null;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function notJson(place: Place, name: string): Mistake {
  return mistake('POLICY_NOT_JSON', place, {
    cause: words(`${name} is not a JSON object`, `${name}{은/는} JSON 객체가 아닙니다`),
    next: words(
      'a policy begins with { "Version": "2012-10-17", "Statement": [',
      '정책은 { "Version": "2012-10-17", "Statement": [ 으로 시작합니다',
    ),
  });
}
