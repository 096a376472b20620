import { isObject, type Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { nearest } from '../../nearest.ts';
import { words } from '../../words.ts';
import { unsettled } from '../not-known.ts';
import { type Intrinsic, unresolved } from '../scope.ts';
import { placeOfTrail, step } from '../trail.ts';
import { asText, evaluateArguments, wrongArgument } from './arguments.ts';
import { evaluate } from './evaluate.ts';

/**
 * `Fn::FindInMap`, with the default value that AWS::LanguageExtensions adds.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 */
export const findInMap: Intrinsic = (scope, argument, trail) => {
  const names = Array.isArray(argument) ? (argument.slice(0, 3) as Json[]) : argument;
  const given = evaluateArguments(scope, names, trail, { from: 3, to: 3 });
  const open = unsettled(given);
  if (open !== undefined) return open;
  const keys = given?.map((each) => asText(each));
  if (!keys || keys.includes(undefined))
    return wrongArgument(scope, trail, words('a map’s name and two keys', '맵 이름과 키 두 개'));
  const [map, top, second] = keys as [string, string, string];
  let found: Json | undefined = scope.template.mappings;
  let candidates: string[] = [];
  let missing = '';
  for (const key of [map, top, second]) {
    candidates = isObject(found) ? Object.keys(found) : [];
    missing = key;
    found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    if (found === undefined) break;
  }
  if (found !== undefined) return found;
  const options = (argument as Json[])[3];
  if (isObject(options) && Object.hasOwn(options, 'DefaultValue'))
    return evaluate(scope, options.DefaultValue as Json, step(trail, options, 'DefaultValue'));
  const ofRegions = missing === top && top === scope.stack.region;
  const suggestion = ofRegions ? undefined : nearest(missing, candidates);
  scope.report(
    mistake('UNKNOWN_MAP_KEY', placeOfTrail(trail), {
      cause: words(
        `The mappings have no ${map} → ${top} → ${second}: "${missing}" is missing.`,
        `Mappings에 ${map} → ${top} → ${second} 항목이 없습니다. "${missing}"{이/가} 없습니다.`,
      ),
      next: ofRegions
        ? words(
            `Give one of the regions that the map has: --region ${candidates.slice(0, 20).join(', ')}.`,
            `맵에 있는 리전을 지정하세요: --region ${candidates.slice(0, 20).join(', ')}`,
          )
        : suggestion
          ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
          : words(
              `There is: ${candidates.slice(0, 20).join(', ') || 'nothing'}.`,
              `있는 항목: ${candidates.slice(0, 20).join(', ') || '없음'}`,
            ),
    }),
  );
  return unresolved;
};
