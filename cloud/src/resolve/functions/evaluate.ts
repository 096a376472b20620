import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { nearest } from '../../nearest.ts';
import { words } from '../../words.ts';
import { openReferences } from '../dynamic-references.ts';
import { isNotKnown, type NotKnown } from '../not-known.ts';
import { absent, type Intrinsic, type Resolved, type Scope, unresolved } from '../scope.ts';
import { placeOfTrail, step, type Trail } from '../trail.ts';
import { conditionFunctions } from './conditions.ts';
import { lookUpFunctions } from './look-up-functions.ts';
import { ruleFunctions } from './rules.ts';
import { textFunctions } from './text-functions.ts';

/**
 * The value with every intrinsic function carried out. Mistakes are reported to the scope and leave `unresolved` behind.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function evaluate(scope: Scope, value: Json, trail: Trail): Resolved {
  if (typeof value === 'string') return openReferences(scope, value, trail);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return evaluateList(scope, value, trail);
  const name = functionName(value as Record<string, Json>);
  if (name !== undefined) {
    const inner = step(trail, value, name);
    const intrinsic = intrinsicNamed(name) ?? (scope.inRules ? ruleFunctions[name] : undefined);
    if (!intrinsic) return unknownFunction(scope, name, inner);
    const result = intrinsic(scope, (value as Record<string, Json>)[name] as Json, inner);
    if (typeof result !== 'string') return result;
    return result.length > maximumTextLength ? tooLong(scope, inner) : openReferences(scope, result, inner);
  }
  return evaluateObject(scope, value as Record<string, Json>, trail);
}

/** Characters that a function may make: AWS takes no template, and so no value, that is longer. */
const maximumTextLength = 1024 * 1024;

function tooLong(scope: Scope, trail: Trail): typeof unresolved {
  scope.report(
    mistake('VALUE_TOO_LONG', placeOfTrail(trail), {
      cause: words(
        `This makes a text of more than ${maximumTextLength} characters.`,
        `이 함수의 결과가 ${maximumTextLength}자를 넘습니다.`,
      ),
      next: words('Make it shorter.', '더 짧게 만드세요.'),
    }),
  );
  return unresolved;
}

/** Looked up when called, since the functions themselves evaluate. */
function intrinsicNamed(name: string): Intrinsic | undefined {
  return lookUpFunctions[name] ?? textFunctions[name] ?? conditionFunctions[name];
}

/** The name of the intrinsic function that an object calls: its only key, `Ref`, `Condition` or `Fn::…`. */
export function functionName(value: Readonly<Record<string, Json>>): string | undefined {
  let only: string | undefined;
  for (const key in value) {
    if (only !== undefined) return undefined;
    only = key;
  }
  if (only === undefined) return undefined;
  if (only === 'Ref' || only.startsWith('Fn::')) return only;
  return undefined;
}

function evaluateList(scope: Scope, list: readonly Json[], trail: Trail): Resolved {
  const result: Json[] = [];
  let broken = false;
  let open: NotKnown | undefined;
  list.forEach((element, index) => {
    const value = evaluate(scope, element, step(trail, list, index));
    if (value === unresolved) broken = true;
    else if (isNotKnown(value)) open ??= value;
    else if (value !== absent) result.push(value);
  });
  return broken ? unresolved : (open ?? result);
}

function evaluateObject(scope: Scope, object: Readonly<Record<string, Json>>, trail: Trail): Resolved {
  const result: Record<string, Json> = {};
  let broken = false;
  let open: NotKnown | undefined;
  for (const key of Object.keys(object)) {
    const value = evaluate(scope, object[key] as Json, step(trail, object, key));
    if (value === unresolved) broken = true;
    else if (isNotKnown(value)) open ??= value;
    else if (value !== absent) result[key] = value;
  }
  return broken ? unresolved : (open ?? result);
}

export interface Members {
  readonly values: Record<string, Json>;
  /** Members that are left out because nobody here can tell them; `''` for the object as a whole. */
  readonly unknown: ReadonlyMap<string, NotKnown>;
  /** False where some are left out, for a mistake or because they are not known. */
  readonly complete: boolean;
}

/** Each member by itself, so that one that cannot be resolved does not hide the others. */
export function evaluateMembers(scope: Scope, object: Json | undefined, trail: Trail): Members {
  const values: Record<string, Json> = {};
  const unknown = new Map<string, NotKnown>();
  if (!isObject(object)) return { values, unknown, complete: true };
  if (functionName(object) !== undefined) {
    const whole = evaluate(scope, object, trail);
    if (isNotKnown(whole)) return { values, unknown: unknown.set('', whole), complete: false };
    return isObject(whole as Json)
      ? { values: { ...(whole as Record<string, Json>) }, unknown, complete: true }
      : { values, unknown, complete: whole === absent };
  }
  let complete = true;
  for (const key of Object.keys(object)) {
    const value = evaluate(scope, object[key] as Json, step(trail, object, key));
    if (isNotKnown(value)) unknown.set(key, value);
    else if (value === unresolved) complete = false;
    else if (value !== absent) values[key] = value;
  }
  return { values, unknown, complete: complete && unknown.size === 0 };
}

function unknownFunction(scope: Scope, name: string, trail: Trail): typeof unresolved {
  const suggestion = nearest(name, Object.keys({ ...lookUpFunctions, ...textFunctions, ...conditionFunctions }));
  scope.report(
    mistake('UNKNOWN_FUNCTION', placeOfTrail(trail), {
      cause: words(`${name} is not an intrinsic function.`, `${name}{은/는} 내장 함수가 아닙니다.`),
      next: suggestion
        ? words(`Did you mean ${suggestion}?`, `${suggestion}{을/를} 뜻하셨나요?`)
        : words(
            'See the list of intrinsic functions of CloudFormation.',
            'CloudFormation의 내장 함수 목록을 확인하세요.',
          ),
    }),
  );
  return unresolved;
}
