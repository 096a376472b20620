import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { words } from '../../words.ts';
import { isNotKnown, type NotKnown } from '../not-known.ts';
import { absent, type Intrinsic, type Resolved, unresolved } from '../scope.ts';
import { placeOfTrail, step } from '../trail.ts';
import { asText, wrongArgument } from './arguments.ts';
import { evaluate } from './evaluate.ts';
import { attribute, reference } from './look-up-functions.ts';

const variable = /\$\{([^}$]*)\}/g;

/**
 * `Fn::Sub`: `${Name}` is a parameter, pseudo parameter, resource, attribute or one of its own variables; `${!Name}` stands
 * for `${Name}` itself.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export const substitute: Intrinsic = (scope, argument, trail) => {
  const [text, own] = Array.isArray(argument) ? (argument as Json[]) : [argument, undefined];
  const wellFormed = typeof text === 'string' && (own === undefined || isObject(own));
  if (!wellFormed || (Array.isArray(argument) && argument.length !== 2))
    return wrongArgument(
      scope,
      trail,
      words('a text, or a list of a text and an object of variables', '문자열, 또는 문자열과 변수 객체의 목록'),
    );
  const ownTrail = Array.isArray(argument) ? step(step(trail, argument, 1), own as Json, '') : trail;
  let broken = false;
  let open: NotKnown | undefined;
  const known = new Map<string, Resolved>();
  /** A variable may occur often, and be a function with variables of its own. */
  const once = (name: string): Resolved => {
    if (!known.has(name)) known.set(name, variableValue(name));
    return known.get(name) as Resolved;
  };
  const result = text.replace(variable, (whole, written: string) => {
    if (written.startsWith('!')) return `\${${written.slice(1)}}`;
    const name = written.trim();
    const value = once(name);
    if (isNotKnown(value)) {
      open ??= value;
      return '';
    }
    if (value === unresolved) {
      broken = true;
      return '';
    }
    const part = asText(value) ?? (Array.isArray(value) ? listText(value) : undefined);
    if (part === undefined) {
      broken = true;
      scope.report(
        mistake('WRONG_ARGUMENT', placeOfTrail(trail), {
          cause: words(
            `${whole} is not a text, so it cannot be put into one.`,
            `${whole}{은/는} 문자열이 아니어서 넣을 수 없습니다.`,
          ),
          next: words(
            'Name something that is a text, a number or true or false.',
            '문자열, 숫자, 참·거짓 값을 지정하세요.',
          ),
        }),
      );
      return '';
    }
    return part;
  });
  return broken ? unresolved : (open ?? result);

  function variableValue(name: string): Resolved {
    if (isObject(own) && Object.hasOwn(own, name)) return evaluate(scope, own[name] as Json, step(ownTrail, own, name));
    const dot = name.indexOf('.');
    if (dot > 0) return attribute(scope, name.slice(0, dot), name.slice(dot + 1), trail);
    const value = reference(scope, name, trail);
    return value === absent ? '' : value;
  }
};

/** A list of text is joined by commas, as CloudFormation does with a parameter of that type. */
function listText(list: readonly Json[]): string | undefined {
  const texts = list.map((each) => asText(each));
  return texts.includes(undefined) ? undefined : texts.join(',');
}
