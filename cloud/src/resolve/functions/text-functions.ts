import type { Json } from '../../json.ts';
import { words } from '../../words.ts';
import { isNotKnown, unsettled } from '../not-known.ts';
import { type Intrinsic, type Resolved, unresolved } from '../scope.ts';
import { step } from '../trail.ts';
import { asList, asText, evaluateArguments, wrongArgument } from './arguments.ts';
import { splitRange } from './cidr.ts';
import { evaluate } from './evaluate.ts';
import { substitute } from './substitute.ts';

/** Functions that make text and lists out of text and lists. */
export const textFunctions: Readonly<Record<string, Intrinsic>> = {
  'Fn::Join': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const delimiter = asText(given?.[0]);
    const texts = asList(given?.[1])?.map((each) => asText(each));
    if (delimiter === undefined || texts === undefined || texts.includes(undefined))
      return wrongArgument(scope, trail, words('a delimiter and a list of text', '구분자와 문자열 목록'));
    return texts.join(delimiter);
  },

  'Fn::Split': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const delimiter = asText(given?.[0]);
    const text = asText(given?.[1]);
    if (!delimiter || text === undefined)
      return wrongArgument(scope, trail, words('a delimiter and a text', '구분자와 문자열'));
    return text.split(delimiter);
  },

  'Fn::Select': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 2 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const index = asText(given?.[0]);
    const list = asList(given?.[1]) ?? commaDelimited(given?.[1]);
    if (index === undefined || !/^\d{1,6}$/.test(index) || list === undefined)
      return wrongArgument(scope, trail, words('an index from 0 and a list', '0부터 시작하는 인덱스와 목록'));
    const element = list[Number(index)];
    if (element === undefined || element === null)
      return wrongArgument(
        scope,
        trail,
        words(
          `an index below ${list.length}, the length of its list (it is ${index})`,
          `목록 길이 ${list.length}보다 작은 인덱스(지금은 ${index})`,
        ),
      );
    return element;
  },

  'Fn::Sub': substitute,

  'Fn::Base64': (scope, argument, trail) => {
    const value = evaluate(scope, argument, trail);
    if (value === unresolved || isNotKnown(value)) return value;
    const text = asText(value);
    if (text === undefined) return wrongArgument(scope, trail, words('a text', '문자열'));
    return Buffer.from(text, 'utf8').toString('base64');
  },

  'Fn::Cidr': (scope, argument, trail) => {
    const given = evaluateArguments(scope, argument, trail, { from: 2, to: 3 });
    const open = unsettled(given);
    if (open !== undefined) return open;
    const [range, count, bits = '8'] = given?.map((each) => asText(each)) ?? [];
    const ranges = splitRange(range ?? '', Number(count), Number(bits));
    return (
      ranges ??
      wrongArgument(
        scope,
        trail,
        words(
          'an IPv4 range, a count of 1 to 256 and a number of host bits, such that so many ranges fit in it',
          'IPv4 범위, 1–256의 개수, 호스트 비트 수(그 범위 안에 들어갈 만큼)',
        ),
      )
    );
  },

  'Fn::Length': (scope, argument, trail) => {
    const value = evaluate(scope, argument, trail);
    if (value === unresolved || isNotKnown(value)) return value;
    return asList(value)?.length ?? wrongArgument(scope, trail, words('a list', '목록'));
  },

  'Fn::ToJsonString': (scope, argument, trail) => {
    if (typeof argument !== 'object' || argument === null)
      return wrongArgument(scope, trail, words('an object or a list', '객체 또는 목록'));
    const value = evaluate(scope, argument, step(trail, argument, ''));
    return value === unresolved || isNotKnown(value) ? value : JSON.stringify(value);
  },
};

/** `Fn::Select` takes a parameter of type CommaDelimitedList, which may come as text from a nested stack. */
function commaDelimited(value: Resolved | undefined): readonly Json[] | undefined {
  return typeof value === 'string' && value.includes(',') ? value.split(',') : undefined;
}
