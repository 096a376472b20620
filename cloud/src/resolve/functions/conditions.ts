import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { nearest } from '../../nearest.ts';
import { words } from '../../words.ts';
import { isNotKnown, type NotKnown, unsettled } from '../not-known.ts';
import { type Intrinsic, type Resolved, type Scope, unresolved, type Verdict } from '../scope.ts';
import { beginTrail, placeOfTrail, step, type Trail } from '../trail.ts';
import { asText, evaluateArguments, wrongArgument } from './arguments.ts';
import { evaluate, functionName } from './evaluate.ts';

/**
 * Functions of conditions, and `Fn::If` that asks for one.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export const conditionFunctions: Readonly<Record<string, Intrinsic>> = {
  'Fn::If': (scope, argument, trail) => {
    if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string')
      return wrongArgument(scope, trail, words('the name of a condition and two values', '조건 이름과 값 두 개'));
    const holds = conditionNamed(scope, argument[0], trail);
    if (typeof holds !== 'boolean') return holds;
    const chosen = holds ? 1 : 2;
    return evaluate(scope, argument[chosen] as Json, step(trail, argument, chosen));
  },

  'Fn::Equals': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    if (!given) return wrongArgument(scope, trail, words('two values', '값 두 개'));
    const open = unsettled(given);
    if (open !== undefined) return open;
    return comparable(given[0]) === comparable(given[1]);
  },

  'Fn::Not': (scope, argument, trail) => {
    if (!Array.isArray(argument) || argument.length !== 1)
      return wrongArgument(scope, trail, words('a list of one condition', '조건 하나로 된 목록'));
    const value = evaluateCondition(scope, argument[0] as Json, step(trail, argument, 0));
    return typeof value === 'boolean' ? !value : value;
  },

  'Fn::And': (scope, argument, trail) => combine(scope, argument, trail, false),

  'Fn::Or': (scope, argument, trail) => combine(scope, argument, trail, true),
};

/** True or false of an expression of conditions. */
export function evaluateCondition(scope: Scope, expression: Json, trail: Trail): Verdict {
  if (isObject(expression) && Object.hasOwn(expression, 'Condition') && Object.keys(expression).length === 1) {
    const name = expression.Condition;
    const inner = step(trail, expression, 'Condition');
    if (typeof name === 'string') return conditionNamed(scope, name, inner);
    wrongArgument(scope, inner, words('the name of a condition', '조건 이름'));
    return unresolved;
  }
  const name = isObject(expression) ? functionName(expression) : undefined;
  const value: Resolved = evaluate(scope, expression, trail);
  if (value === unresolved || isNotKnown(value)) return value;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  scope.report(
    mistake('NOT_A_CONDITION', placeOfTrail(trail), {
      cause: words(
        `${name ?? 'This'} is neither true nor false, so it is no condition.`,
        `${name ?? '이 값'}{은/는} 참이나 거짓이 아니므로 조건이 될 수 없습니다.`,
      ),
      next: words(
        'Use Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition.',
        'Fn::Equals, Fn::And, Fn::Or, Fn::Not, Condition 중 하나를 쓰세요.',
      ),
    }),
  );
  return unresolved;
}

/** What a condition of the template came to. */
export function conditionNamed(scope: Scope, name: string, trail: Trail): Verdict {
  const value = scope.conditions.get(name);
  if (value !== undefined) return value;
  const suggestion = nearest(name, Object.keys(scope.template.conditions));
  scope.report(
    mistake('UNKNOWN_CONDITION', placeOfTrail(trail), {
      cause: words(`No condition is called "${name}".`, `"${name}"이라는 조건이 없습니다.`),
      next: suggestion
        ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
        : words('Define it in Conditions.', 'Conditions에 정의하세요.'),
    }),
  );
  return unresolved;
}

/** What every condition of the template comes to; those that refer to themselves are reported. */
export function evaluateConditions(
  scopeWith: (conditions: ReadonlyMap<string, Verdict>) => Scope,
  expressions: Readonly<Record<string, Json>>,
): Map<string, Verdict> {
  const values = new Map<string, Verdict>();
  const scope = scopeWith(values);
  const state = new Map<string, 'open' | 'done'>();
  for (const name of Object.keys(expressions)) {
    const stack = [name];
    while (stack.length > 0) {
      const current = stack[stack.length - 1] as string;
      if (state.get(current) === 'done') {
        stack.pop();
        continue;
      }
      const trail = beginTrail(expressions, current);
      const missing = namedConditions(expressions[current] as Json).filter(
        (other) => Object.hasOwn(expressions, other) && state.get(other) !== 'done',
      );
      const loop = missing.find((other) => state.get(other) === 'open' || other === current);
      state.set(current, 'open');
      if (loop !== undefined) {
        reportLoop(scope, [...stack.slice(stack.indexOf(loop)), loop], trail);
        values.set(current, unresolved);
        state.set(current, 'done');
      } else if (missing.length > 0) {
        stack.push(missing[0] as string);
      } else {
        values.set(current, evaluateCondition(scope, expressions[current] as Json, trail));
        state.set(current, 'done');
      }
    }
  }
  return values;
}

function namedConditions(expression: Json): string[] {
  if (Array.isArray(expression)) return expression.flatMap((each: Json) => namedConditions(each));
  if (!isObject(expression)) return [];
  return Object.entries(expression).flatMap(([key, value]) => {
    if (key === 'Condition' && typeof value === 'string') return [value];
    if (key === 'Fn::If' && Array.isArray(value) && typeof value[0] === 'string')
      return [value[0], ...namedConditions(value.slice(1))];
    return namedConditions(value);
  });
}

function reportLoop(scope: Scope, names: readonly string[], trail: Trail): void {
  scope.report(
    mistake('CONDITION_CYCLE', placeOfTrail(trail), {
      cause: words(
        `This condition depends on itself: ${names.join(' → ')}.`,
        `이 조건은 자기 자신에 의존합니다: ${names.join(' → ')}`,
      ),
      next: words('Break the circle.', '순환을 끊으세요.'),
    }),
  );
}

/** One condition that is `deciding` decides for all of them, whatever the others are. */
function combine(scope: Scope, argument: Json, trail: Trail, deciding: boolean): Resolved {
  if (!Array.isArray(argument) || argument.length < 2 || argument.length > 10)
    return wrongArgument(scope, trail, words('a list of 2 to 10 conditions', '조건 2–10개의 목록'));
  const values = argument.map((each: Json, index) => evaluateCondition(scope, each, step(trail, argument, index)));
  if (values.includes(unresolved)) return unresolved;
  if (values.includes(deciding)) return deciding;
  return values.find((each): each is NotKnown => isNotKnown(each)) ?? !deciding;
}

/** CloudFormation compares text: 1 equals "1", true equals "true". */
function comparable(value: Resolved | undefined): string {
  return asText(value) ?? JSON.stringify(value);
}
