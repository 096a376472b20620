import { type Estate, type Fault, isKnown, type Path } from '../families/contract/rule.ts';
import type { Resource } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { nearest } from '../nearest.ts';
import {
  type Bounds,
  type CompactObject,
  type CompactValue,
  type Constraints,
  constraintsIndex,
  constraintsOf,
} from '../specification/constraints.ts';
import { type Words, words } from '../words.ts';

export type CodedFault = Fault & { readonly code: string };

/**
 * Where a resource breaks the constraints of AWS's schema of its type. A value that nobody knows yet, or that holds an
 * identifier that stands in for one, breaks none.
 */
export function constraintFaults(
  resource: Resource,
  estate: Estate,
  isStandIn: (value: string) => boolean,
): CodedFault[] {
  const constraints = constraintsOf(resource.type);
  if (!constraints) return [];
  return new Check(constraints, estate, isStandIn).object('', resource.properties, []);
}

class Check {
  readonly #constraints: Constraints;
  readonly #estate: Estate;
  readonly #isStandIn: (value: string) => boolean;

  constructor(constraints: Constraints, estate: Estate, isStandIn: (value: string) => boolean) {
    this.#constraints = constraints;
    this.#estate = estate;
    this.#isStandIn = isStandIn;
  }

  object(name: string, value: JsonObject, at: Path): CodedFault[] {
    const definition = this.#constraints[name];
    if (!definition) return [];
    return [
      ...together(definition, value, at),
      ...Object.entries(definition.properties ?? {}).flatMap(([key, constraint]) =>
        Object.hasOwn(value, key) ? this.value(constraint, value[key] as Json, [...at, key]) : [],
      ),
    ];
  }

  value(constraint: CompactValue, value: Json, at: Path): CodedFault[] {
    if (Array.isArray(value)) {
      const { of } = constraint;
      return [
        ...listFaults(constraint, value, at),
        ...(of ? value.flatMap((each: Json, index) => this.value(of, each, [...at, index])) : []),
      ];
    }
    if (isObject(value)) return constraint.in === undefined ? [] : this.object(constraint.in, value, at);
    if (!isKnown(value)) return [];
    const fault = this.#scalar(constraint, value, at);
    return fault && !(typeof value === 'string' && this.#isStandIn(value)) ? [{ at, ...fault }] : [];
  }

  /** What is most telling is said first: an identifier of another kind, a word that is none, then length and form. */
  #scalar(constraint: CompactValue, value: Json, at: Path): Omit<CodedFault, 'at'> | undefined {
    const name = String(at.findLast((step) => typeof step === 'string'));
    if (typeof value === 'number') return outOfBounds(name, value, constraint.range);
    if (typeof value !== 'string') return undefined;
    return (
      this.#otherIdentifier(name, value, constraint.id) ??
      noWord(name, value, constraint) ??
      wrongLength(name, value, constraint.length) ??
      this.#wrongForm(name, value, constraint.pattern)
    );
  }

  #otherIdentifier(name: string, value: string, kind: string | undefined): Omit<CodedFault, 'at'> | undefined {
    const identifier = kind === undefined ? undefined : identifiers[kind];
    if (!identifier || identifier.may.test(value)) return undefined;
    const other = this.#estate.find(value);
    return {
      code: 'WRONG_IDENTIFIER',
      cause: other
        ? words(
            `${name} takes an identifier such as ${identifier.example}, and ${other.logicalId} is an ${other.type}.`,
            `${name}에는 ${identifier.example} 같은 ID를 쓰는데 ${other.logicalId}{은/는} ${other.type}입니다.`,
          )
        : words(
            `${name} takes an identifier such as ${identifier.example}, and "${value.slice(0, 60)}" is none.`,
            `${name}에는 ${identifier.example} 같은 ID를 쓰는데 "${value.slice(0, 60)}"{은/는} ID가 아닙니다.`,
          ),
      next: words(`Write the identifier of ${identifier.of.en}.`, `${identifier.of.ko}의 ID를 쓰세요.`),
      aws: `Invalid id: "${value.slice(0, 60)}" (expecting "${identifier.example.split('-')[0]}-...")`,
    };
  }

  #wrongForm(name: string, value: string, pattern: string | undefined): Omit<CodedFault, 'at'> | undefined {
    if (pattern === undefined || value.length > longestTried || compiled(pattern).test(value)) return undefined;
    const other = this.#estate.find(value);
    const asksForArn = /^\^?\(?\(?arn/.test(pattern) && !value.startsWith('arn:');
    return {
      code: 'WRONG_FORM',
      cause: asksForArn
        ? words(
            `${name} takes an ARN, and "${value.slice(0, 60)}" is none.`,
            `${name}에는 ARN을 씁니다. "${value.slice(0, 60)}"{은/는} ARN이 아닙니다.`,
          )
        : words(
            `AWS refuses "${value.slice(0, 60)}" for ${name}: it does not match ${pattern}`,
            `AWS가 ${name} 값 "${value.slice(0, 60)}"{을/를} 거부합니다. 다음 패턴과 맞지 않습니다: ${pattern}`,
          ),
      next:
        asksForArn && other?.attributes.Arn !== undefined
          ? words(`Write Fn::GetAtt ${other.logicalId}.Arn.`, `Fn::GetAtt ${other.logicalId}.Arn으로 쓰세요.`)
          : words(`Change ${name} so that it matches.`, `${name} 값을 이에 맞게 고치세요.`),
      aws: `failed validation constraint for keyword [pattern]`,
    };
  }
}

/** EC2's identifiers of what templates name most, and names that stand in their place. */
const identifiers: Readonly<Record<string, { may: RegExp; example: string; of: Words }>> = {
  'VPC.Id': { may: /^vpc-\w/, example: 'vpc-0123456789abcdef0', of: words('a VPC', 'VPC') },
  'Subnet.Id': { may: /^subnet-\w/, example: 'subnet-0123456789abcdef0', of: words('a subnet', '서브넷') },
  'SecurityGroup.Id': { may: /^sg-\w/, example: 'sg-0123456789abcdef0', of: words('a security group', '보안 그룹') },
  'Image.Id': { may: /^(ami-\w|resolve:ssm:|arn:)/, example: 'ami-0123456789abcdef0', of: words('an image', 'AMI') },
};

/** Longer values are not matched: a pattern's time grows with them. */
const longestTried = 4096;
const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known) return known;
  const made = tryCompile(pattern, 'u') ?? new RegExp(pattern);
  patterns.set(pattern, made);
  return made;
}

function tryCompile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

function together(definition: CompactObject, value: JsonObject, at: Path): CodedFault[] {
  const has = (key: string) => Object.hasOwn(value, key);
  const missing = (keys: readonly string[], reason: Words = words('', '')): CodedFault => ({
    code: 'MISSING_COMPANION',
    at,
    cause: words(`${reason.en}${keys.join(' or ')} is missing.`, `${reason.ko}${keys.join(', ')}{이/가} 없습니다.`),
    next: words(`Add ${keys.join(' or ')}.`, `${keys.join(', ')}{을/를} 추가하세요.`),
  });
  const both = (key: string, other: string): CodedFault => ({
    code: 'EXCLUSIVE_PROPERTIES',
    at: [...at, other],
    cause: words(`${key} and ${other} exclude each other.`, `${key}, ${other}{은/는} 함께 쓸 수 없습니다.`),
    next: words('Leave one of them out.', '하나만 남기세요.'),
  });
  return [
    ...(definition.one ?? []).flatMap((set) => {
      const [first, second] = set.filter(has);
      return first === undefined ? [missing(set)] : second === undefined ? [] : [both(first, second)];
    }),
    ...(definition.any && !definition.any.some(has) ? [missing(definition.any)] : []),
    ...Object.entries(definition.with ?? {}).flatMap(([key, others]) =>
      has(key)
        ? others
            .filter((other) => !has(other))
            .map((other) => missing([other], words(`Beside ${key}, `, `${key}{을/를} 쓸 때 필요한 `)))
        : [],
    ),
    ...Object.entries(definition.without ?? {}).flatMap(([key, others]) =>
      has(key) ? others.filter((other) => has(other) && key < other).map((other) => both(key, other)) : [],
    ),
  ];
}

function listFaults({ items, unique }: CompactValue, list: readonly Json[], at: Path): CodedFault[] {
  const name = String(at.at(-1));
  const result: CodedFault[] = [];
  if (items && isOutside(list.length, items))
    result.push({
      code: 'LIST_LENGTH',
      at,
      cause: words(
        `${name} has ${list.length} elements; AWS takes ${boundsText(items).en}.`,
        `${name}의 요소가 ${list.length}개입니다. AWS는 ${boundsText(items).ko}만 받습니다.`,
      ),
      next: words('Change the number of elements.', '요소의 수를 고치세요.'),
    });
  if (unique) {
    const seen = new Map<string, number>();
    list.forEach((each, index) => {
      const text = JSON.stringify(each);
      if (seen.has(text) && isKnown(each))
        result.push({
          code: 'LISTED_TWICE',
          at: [...at, index],
          cause: words(`${name} lists the same element twice.`, `${name}에 같은 요소가 두 번 있습니다.`),
          next: words('Take one of the two out.', '하나를 빼세요.'),
        });
      seen.set(text, index);
    });
  }
  return result;
}

function outOfBounds(name: string, value: number, range: Bounds | undefined): Omit<CodedFault, 'at'> | undefined {
  if (!range || !isOutside(value, range)) return undefined;
  const said = boundsText(range);
  return {
    code: 'NUMBER_OUT_OF_RANGE',
    cause: words(
      `${name} is ${value}; AWS takes ${said.en}.`,
      `${name} 값이 ${value}입니다. AWS는 ${said.ko}만 받습니다.`,
    ),
    next: words(`Write ${said.en}.`, `${said.ko}{으로/로} 쓰세요.`),
  };
}

function wrongLength(name: string, value: string, length: Bounds | undefined): Omit<CodedFault, 'at'> | undefined {
  const count = [...value].length;
  if (!length || !isOutside(count, length)) return undefined;
  const said = boundsText(length);
  return {
    code: 'TEXT_LENGTH',
    cause: words(
      `${name} has ${count} characters; AWS takes ${said.en}.`,
      `${name} 값이 ${count}자입니다. AWS는 ${said.ko}만 받습니다.`,
    ),
    next: count > (length[0] ?? 0) ? words('Shorten it.', '줄이세요.') : words('Lengthen it.', '늘리세요.'),
  };
}

function noWord(
  name: string,
  value: string,
  { words: list, anyCase }: CompactValue,
): Omit<CodedFault, 'at'> | undefined {
  if (!list || list.includes(value)) return undefined;
  if (anyCase && list.some((each) => each.toLowerCase() === value.toLowerCase())) return undefined;
  if (mayBeNewer(value, list)) return undefined;
  const suggestion = nearest(value, list);
  const shown = list.length > 20 ? undefined : list.join(', ');
  const { date } = constraintsIndex();
  return {
    code: 'WRONG_VALUE',
    cause: words(
      `"${value.slice(0, 60)}" is not a value of ${name} (as of ${date}).`,
      `"${value.slice(0, 60)}"{은/는} ${name}에 쓸 수 있는 값이 아닙니다(${date} 기준).`,
    ),
    next: suggestion
      ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
      : shown
        ? words(`It may be ${shown}.`, `쓸 수 있는 값: ${shown}`)
        : words(`See AWS’s list of ${name}.`, `AWS의 ${name} 목록을 확인하세요.`),
  };
}

/** An instance type or class of a family that the list does not have, in a size that others have: AWS adds such families month by month. Of Node.js, Lambda adds even versions. */
function mayBeNewer(value: string, list: readonly string[]): boolean {
  const parts = /^((?:db|cache|search)?\.?[a-z]+\d[a-z0-9-]*)\.([a-z0-9-]+)$/.exec(value);
  if (!parts) return false;
  const [, family, size] = parts;
  const version = /^nodejs(\d+)$/.exec(family ?? '')?.[1];
  if (version !== undefined)
    return (
      Number(version) % 2 === 0 &&
      list.every((each) => Number.parseInt(each.slice(6), 10) < Number(version) || !each.startsWith('nodejs'))
    );
  return !list.some((each) => each.startsWith(`${family}.`)) && list.some((each) => each.endsWith(`.${size}`));
}

function isOutside(value: number, [least, most]: Bounds): boolean {
  return (least !== null && value < least) || (most !== null && value > most);
}

function boundsText([least, most]: Bounds): Words {
  if (most === null) return words(`${least} or more`, `${least} 이상`);
  if (least === null) return words(`${most} at most`, `${most} 이하`);
  return least === most
    ? words(`exactly ${least}`, `정확히 ${least}`)
    : words(`${least} to ${most}`, `${least}~${most}`);
}
