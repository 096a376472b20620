import { durationOf } from '../duration.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { placeOf } from '../template/marks.ts';
import { type Words, words } from '../words.ts';

const hour = 3_600_000;

interface Allowed {
  holds(value: Json): boolean;
  /** What it has to be, and an example. */
  readonly be: Words;
}

/**
 * What CloudFormation takes for the values of policies that a change of the region follows.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
const allowed: Readonly<Record<string, Allowed>> = {
  'CreationPolicy.ResourceSignal.Timeout': duration(
    12 * hour,
    words(
      'Write hours, minutes and seconds as PT#H#M#S, twelve hours at most: PT15M is fifteen minutes.',
      '시간, 분, 초를 PT#H#M#S 형식으로, 최대 12시간까지 쓰세요. 15분이면 PT15M입니다.',
    ),
  ),
  'CreationPolicy.ResourceSignal.Count': {
    holds: (value) => isWhole(value) && Number(value) >= 0,
    be: words('Write a whole number of signals, for example 2.', '신호의 수를 정수로 쓰세요. 예: 2.'),
  },
  'CreationPolicy.AutoScalingCreationPolicy.MinSuccessfulInstancesPercent': percent(),
  'UpdatePolicy.AutoScalingRollingUpdate.MinSuccessfulInstancesPercent': percent(),
  'UpdatePolicy.AutoScalingRollingUpdate.PauseTime': duration(
    hour,
    words(
      'Write hours, minutes and seconds as PT#H#M#S, one hour at most: PT15M is fifteen minutes.',
      '시간, 분, 초를 PT#H#M#S 형식으로, 최대 1시간까지 쓰세요. 15분이면 PT15M입니다.',
    ),
  ),
};

/**
 * Durations, counts and shares of a resource's policies that AWS would refuse.
 *
 * @param definition as written, for the place
 * @param policies resolved
 */
export function checkPolicyValues(
  logicalId: string,
  definition: JsonObject,
  policies: Readonly<Record<'CreationPolicy' | 'UpdatePolicy', JsonObject>>,
): Mistake[] {
  return Object.entries(allowed).flatMap(([path, { holds, be }]) => {
    const [policy, name, key] = path.split('.') as ['CreationPolicy' | 'UpdatePolicy', string, string];
    const settings = policies[policy][name];
    const value = isObject(settings) ? settings[key] : undefined;
    if (value === undefined || holds(value)) return [];
    const place: Place = { ...placeOf(writtenAt(definition, policy, name), key), logicalId, path };
    return [
      mistake('WRONG_VALUE', place, {
        cause: words(
          `AWS would refuse ${key} ${JSON.stringify(value)}.`,
          `AWS는 ${key} ${JSON.stringify(value)}{을/를} 거부합니다.`,
        ),
        next: be,
      }),
    ];
  });
}

/** The innermost of the written objects: a function may stand for the rest. */
function writtenAt(definition: JsonObject, policy: string, name: string): JsonObject {
  const whole = definition[policy];
  if (!isObject(whole)) return definition;
  const settings = whole[name];
  return isObject(settings) ? settings : whole;
}

function duration(longest: number, be: Words): Allowed {
  const holds = (value: Json) => {
    const milliseconds = typeof value === 'string' ? durationOf(value) : undefined;
    return milliseconds !== undefined && milliseconds <= longest;
  };
  return { holds, be };
}

function percent(): Allowed {
  return {
    holds: (value) => isNumber(value) && Number(value) >= 0 && Number(value) <= 100,
    be: words('Write a share of the instances from 0 to 100.', '인스턴스의 비율을 0에서 100 사이로 쓰세요.'),
  };
}

function isNumber(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value));
}

function isWhole(value: Json): boolean {
  return isNumber(value) && Number.isInteger(Number(value));
}
