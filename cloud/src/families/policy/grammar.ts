import { isObject, type Json, type JsonObject } from '../../json.ts';
import { nearest } from '../../nearest.ts';
import { type Words, words } from '../../words.ts';
import { type Fault, isKnown, type Path } from '../contract/rule.ts';

/** What a kind of policy asks of its statements. */
export interface Grammar {
  /** Whether statements name whom they are about: policies of resources and trust policies do, those of identities do not. */
  readonly principal: boolean;
  /** `false` where a statement has none, `'free'` where it may be left out. */
  readonly resource: boolean | 'free';
  /** The one service whose actions it may name. */
  readonly service?: string;
  /** Letters and digits alone. */
  readonly plainSid?: true;
  /** AWS's words for a policy that breaks the grammar. */
  readonly aws: string;
}

const elements = [
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
const operator =
  /^(ForAllValues:|ForAnyValue:)?((String(Not)?Equals(IgnoreCase)?|String(Not)?Like|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)$/i;

/**
 * Where a policy breaks the grammar of IAM. One fault a statement: the others mostly follow.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function grammarFaults(document: Json | undefined, at: Path, grammar: Grammar): Fault[] {
  if (typeof document === 'string') return grammarOfText(document, at, grammar);
  if (!isObject(document)) return [];
  const fault = (place: Path, cause: Words, aws = grammar.aws): Fault => ({
    at: place,
    cause,
    next: words('Correct the policy.', '정책을 고치세요.'),
    aws,
  });
  const unknown = Object.keys(document).find((each) => !['Version', 'Id', 'Statement'].includes(each));
  if (unknown !== undefined) return [fault([...at, unknown], noElement(unknown, ['Version', 'Id', 'Statement']))];
  const { Version, Statement } = document;
  if (Version !== undefined && isKnown(Version) && Version !== '2012-10-17' && Version !== '2008-10-17')
    return [
      fault(
        [...at, 'Version'],
        words('Version is 2012-10-17 or 2008-10-17.', 'Version은 2012-10-17이나 2008-10-17입니다.'),
      ),
    ];
  if (Statement === undefined)
    return [fault(at, words('The policy has no Statement.', '정책에 Statement가 없습니다.'))];
  const list = Array.isArray(Statement) ? Statement : [Statement];
  if (!list.every(isObject))
    return [
      fault(
        [...at, 'Statement'],
        words('Statement is an object, or a list of objects.', 'Statement는 객체이거나 객체의 목록입니다.'),
      ),
    ];
  const names = list.map(({ Sid }) => Sid);
  return list.flatMap((statement, index) => {
    const place = Array.isArray(Statement) ? [...at, 'Statement', index] : [...at, 'Statement'];
    const found = statementFault(statement, grammar);
    if (found) return [fault([...place, ...found.at], found.cause, found.aws)];
    const { Sid } = statement;
    return Sid !== undefined && isKnown(Sid) && names.indexOf(Sid) < index
      ? [
          fault(
            [...place, 'Sid'],
            words(`The Sid ${String(Sid)} stands twice.`, `Sid ${String(Sid)}{이/가} 두 번 있습니다.`),
          ),
        ]
      : [];
  });
}

/** A policy may be written as text; where that is wrong, the text is the place. */
function grammarOfText(document: string, at: Path, grammar: Grammar): Fault[] {
  if (!isKnown(document)) return [];
  const read = parsed(document);
  if (read !== undefined)
    return grammarFaults(read, at, grammar)
      .slice(0, 1)
      .map((each) => ({ ...each, at }));
  return [
    {
      at,
      cause: words('The policy is text that is not JSON.', '정책이 JSON이 아닌 텍스트입니다.'),
      next: words('Write the policy as an object.', '정책을 객체로 쓰세요.'),
      aws: grammar.aws,
    },
  ];
}

function parsed(text: string): JsonObject | undefined {
  try {
    const read = JSON.parse(text) as Json;
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

interface Broken {
  readonly at: Path;
  readonly cause: Words;
  readonly aws?: string;
}

function statementFault(statement: JsonObject, grammar: Grammar): Broken | undefined {
  const unknown = Object.keys(statement).find((each) => !elements.includes(each));
  if (unknown !== undefined) return { at: [unknown], cause: noElement(unknown, elements) };
  const { Effect, Sid } = statement;
  if (Effect === undefined) return { at: [], cause: words('The statement has no Effect.', '문에 Effect가 없습니다.') };
  if (isKnown(Effect) && Effect !== 'Allow' && Effect !== 'Deny')
    return { at: ['Effect'], cause: words('Effect is Allow or Deny.', 'Effect는 Allow 또는 Deny입니다.') };
  if (grammar.plainSid && typeof Sid === 'string' && isKnown(Sid) && !/^[A-Za-z0-9]*$/.test(Sid))
    return {
      at: ['Sid'],
      cause: words('A Sid has letters and digits only.', 'Sid에는 영문자와 숫자만 쓸 수 있습니다.'),
    };
  for (const name of ['Principal', 'Action', 'Resource'])
    if (statement[name] !== undefined && statement[`Not${name}`] !== undefined)
      return {
        at: [`Not${name}`],
        cause: words(`${name} and Not${name} exclude each other.`, `${name}, Not${name}{은/는} 함께 쓸 수 없습니다.`),
      };
  return (
    principalFault(statement, grammar) ??
    actionFault(statement, grammar) ??
    resourceFault(statement, grammar) ??
    conditionFault(statement.Condition)
  );
}

function principalFault(statement: JsonObject, { principal }: Grammar): Broken | undefined {
  const name = statement.NotPrincipal === undefined ? 'Principal' : 'NotPrincipal';
  const stated = statement[name];
  if (!principal)
    return stated === undefined
      ? undefined
      : {
          at: [name],
          cause: words(
            'A policy of an identity has no Principal.',
            '자격 증명 기반 정책에는 Principal을 쓰지 않습니다.',
          ),
          aws: 'Policy document should not specify a principal.',
        };
  if (stated === undefined)
    return {
      at: [],
      cause: words('The statement names no Principal.', '문에 Principal이 없습니다.'),
      aws: 'Missing required field Principal',
    };
  if (!isObject(stated))
    return stated === '*' || !isKnown(stated)
      ? undefined
      : {
          at: [name],
          cause: words(
            'A Principal is * or names its kind, as AWS or Service.',
            'Principal은 *이거나 AWS, Service처럼 종류를 씁니다.',
          ),
        };
  const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'];
  const unknown = Object.keys(stated).find((each) => !kinds.includes(each));
  if (unknown !== undefined) return { at: [name], cause: noElement(unknown, kinds) };
  for (const [kind, form] of [
    ['AWS', /^(\*|\d{12}|arn:[\w-]+:(iam|sts|cloudfront)::(\d{12}|cloudfront)?:[^*?]+|AROA\w+|AIDA\w+)$/],
    ['Service', /^(\*|[a-z0-9-]+(\.[a-z0-9-]+)+)$/],
  ] as const) {
    const wrong = texts(stated[kind]).find((each) => isKnown(each) && !form.test(each));
    if (wrong !== undefined)
      return {
        at: [name, kind],
        cause: words(
          `"${wrong}" is no principal of the kind ${kind}.`,
          `"${wrong}"{은/는} ${kind} 종류의 보안 주체가 아닙니다.`,
        ),
        aws: `Invalid principal in policy: "${kind}":"${wrong}"`,
      };
  }
  return undefined;
}

function actionFault(statement: JsonObject, { service }: Grammar): Broken | undefined {
  const name = statement.NotAction === undefined ? 'Action' : 'NotAction';
  if (statement[name] === undefined)
    return {
      at: [],
      cause: words('The statement names no Action.', '문에 Action이 없습니다.'),
      aws: 'Missing required field Action',
    };
  for (const action of texts(statement[name]).filter((each) => isKnown(each) && each !== '*')) {
    if (!/^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action))
      return {
        at: [name],
        cause: words(
          `"${action}" is no action: actions are written as s3:GetObject.`,
          `"${action}"{은/는} 작업이 아닙니다. 작업은 s3:GetObject처럼 씁니다.`,
        ),
        aws: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      };
    if (service !== undefined && !action.toLowerCase().startsWith(`${service}:`))
      return {
        at: [name],
        cause: words(`${action} is not an action of ${service}.`, `${action}{은/는} ${service}의 작업이 아닙니다.`),
        aws: 'Policy has invalid action',
      };
  }
  return undefined;
}

function resourceFault(statement: JsonObject, { resource }: Grammar): Broken | undefined {
  const name = statement.NotResource === undefined ? 'Resource' : 'NotResource';
  const stated = statement[name];
  if (resource === false)
    return stated === undefined
      ? undefined
      : {
          at: [name],
          cause: words('A trust policy has no Resource.', '신뢰 정책에는 Resource를 쓰지 않습니다.'),
          aws: 'Has prohibited field Resource',
        };
  if (stated === undefined)
    return resource === 'free'
      ? undefined
      : {
          at: [],
          cause: words('The statement names no Resource.', '문에 Resource가 없습니다.'),
          aws: 'Policy statement must contain resources.',
        };
  const wrong = texts(stated).find(
    (each) => isKnown(each) && each !== '*' && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+/.test(each),
  );
  return wrong === undefined
    ? undefined
    : {
        at: [name],
        cause: words(`"${wrong}" is neither an ARN nor *.`, `"${wrong}"{은/는} ARN도 *도 아닙니다.`),
        aws: `Resource ${wrong} must be in ARN format or "*".`,
      };
}

function conditionFault(condition: Json | undefined): Broken | undefined {
  if (condition === undefined) return undefined;
  const malformed = !isObject(condition)
    ? isKnown(condition)
    : Object.entries(condition).some(([name, keys]) => !operator.test(name) || (!isObject(keys) && isKnown(keys)));
  return malformed
    ? {
        at: ['Condition'],
        cause: words(
          'A condition has operators such as StringEquals, each with keys and values.',
          '조건은 StringEquals 같은 연산자마다 키와 값을 씁니다.',
        ),
      }
    : undefined;
}

function noElement(name: string, known: readonly string[]): Words {
  const meant = nearest(name, known);
  return meant
    ? words(`There is no element ${name}; ${meant} is one.`, `${name} 요소는 없습니다. ${meant}{은/는} 있습니다.`)
    : words(`There is no element ${name}.`, `${name} 요소는 없습니다.`);
}

function texts(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}
