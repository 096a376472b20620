import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import { isNotKnown, isSettled, unsettled } from '../not-known.ts';
import { absent, type Intrinsic, type Resolved, type Scope, unresolved } from '../scope.ts';
import { beginTrail, placeOfTrail, step } from '../trail.ts';
import { asList, asText, evaluateArguments, wrongArgument } from './arguments.ts';
import { evaluateCondition } from './conditions.ts';
import { evaluate } from './evaluate.ts';

/**
 * Checks what a template's rules assert about its parameters.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function checkRules(scope: Scope): void {
  const { rules } = scope.template;
  for (const [name, rule] of Object.entries(rules)) {
    if (!isObject(rule)) continue;
    const trail = beginTrail(rules, name);
    const condition = rule.RuleCondition;
    const applies =
      condition === undefined || evaluateCondition(scope, condition, step(trail, rule, 'RuleCondition')) === true;
    if (!applies || !Array.isArray(rule.Assertions)) continue;
    const list = step(trail, rule, 'Assertions');
    rule.Assertions.forEach((assertion: Json, index) => {
      if (!isObject(assertion)) return;
      const inner = step(step(list, rule.Assertions as Json, index), assertion, 'Assert');
      if (evaluateCondition(scope, assertion.Assert as Json, inner) !== false) return;
      const description = asText(assertion.AssertDescription as Resolved);
      scope.report(
        mistake('RULE_BROKEN', placeOfTrail(inner), {
          cause: words(
            `The rule ${name} does not hold${description ? `: ${description}` : '.'}`,
            `규칙 ${name}{이/가} 성립하지 않습니다${description ? `: ${description}` : '.'}`,
          ),
          next: words(
            'Give its parameters other values: --parameter NAME=VALUE',
            '파라미터 값을 바꾸세요: --parameter 이름=값',
          ),
        }),
      );
    });
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-rules.html */
export const ruleFunctions: Readonly<Record<string, Intrinsic>> = {
  'Fn::Contains': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const [list, text] = [textsOf(given?.[0]), asText(given?.[1])];
    if (!list || text === undefined) return wrongArgument(scope, trail, words('a list and a text', '목록과 문자열'));
    return list.includes(text);
  },

  'Fn::EachMemberEquals': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const [list, text] = [textsOf(given?.[0]), asText(given?.[1])];
    if (!list || text === undefined) return wrongArgument(scope, trail, words('a list and a text', '목록과 문자열'));
    return list.every((each) => each === text);
  },

  'Fn::EachMemberIn': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const [list, allowed] = [textsOf(given?.[0]), textsOf(given?.[1])];
    if (!list || !allowed) return wrongArgument(scope, trail, words('two lists', '목록 두 개'));
    return list.every((each) => allowed.includes(each));
  },

  'Fn::RefAll': (scope, argument) => {
    const values: Json[] = [];
    for (const [name, definition] of Object.entries(scope.template.parameters)) {
      if (!isObject(definition) || (definition.Type !== argument && definition.Type !== `List<${argument}>`)) continue;
      const value = scope.parameters.get(name);
      if (value === unresolved || value === absent || value === undefined) return unresolved;
      if (isNotKnown(value)) return value;
      values.push(...(Array.isArray(value) ? value : [value]));
    }
    return values;
  },

  'Fn::ValueOf': attributeOfParameter,
  'Fn::ValueOfAll': attributeOfParameter,
};

/** Attributes of VPCs, subnets and groups that a parameter names are known to AWS alone; the assertion is passed over. */
function attributeOfParameter(...[scope, argument, trail]: Parameters<Intrinsic>): Resolved {
  const evaluated = evaluate(scope, argument, trail);
  scope.warn(
    mistake('RULE_NOT_CHECKED', placeOfTrail(trail), {
      cause: words(
        `This rule asks AWS about ${JSON.stringify(isSettled(evaluated) ? evaluated : argument)}; it is not checked here.`,
        `이 규칙은 ${JSON.stringify(isSettled(evaluated) ? evaluated : argument)}{을/를} AWS에 물어야 하므로 여기서는 확인하지 않습니다.`,
      ),
      next: words('Check it when you deploy.', '배포할 때 확인하세요.'),
    }),
  );
  return unresolved;
}

function textsOf(value: Resolved | undefined): readonly string[] | undefined {
  const texts = asList(value)?.map((each) => asText(each));
  return texts && !texts.includes(undefined) ? (texts as string[]) : undefined;
}
