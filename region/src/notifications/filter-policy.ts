import { isObject, type Json, type JsonObject } from '@terrace/cloud/json';

/**
 * Whether a subscription's filter policy accepts what a message carries: every key of the policy, by any of its conditions.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 *
 * @param carried attributes of the message, or its body
 */
export function accepts(policy: JsonObject, carried: JsonObject): boolean {
  return Object.entries(policy).every(([key, conditions]) => {
    if (key === '$or' && Array.isArray(conditions)) {
      return conditions.some((each) => isObject(each) && accepts(each, carried));
    }
    const value = carried[key];
    if (isObject(conditions)) return isObject(value) && accepts(conditions, value);
    const values = value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
    return (conditions as readonly Json[]).some((condition) => meets(condition, values, value !== undefined));
  });
}

function meets(condition: Json, values: readonly Json[], isThere: boolean): boolean {
  if (!isObject(condition)) return values.includes(condition);
  const [kind, wanted] = Object.entries(condition)[0] ?? [];
  switch (kind) {
    case 'exists':
      return wanted === isThere;
    case 'prefix':
      return values.some((each) => typeof each === 'string' && each.startsWith(String(wanted)));
    case 'suffix':
      return values.some((each) => typeof each === 'string' && each.endsWith(String(wanted)));
    case 'equals-ignore-case':
      return values.some((each) => typeof each === 'string' && each.toLowerCase() === String(wanted).toLowerCase());
    case 'anything-but':
      return values.length > 0 && values.every((each) => !isNamed(each, wanted!));
    case 'numeric':
      return values.some((each) => typeof each === 'number' && isWithin(each, wanted as readonly Json[]));
    default:
      return false;
  }
}

/** What `anything-but` leaves out: values, or those with a prefix or a suffix. */
function isNamed(value: Json, left: Json): boolean {
  if (isObject(left)) return meets(left, [value], true);
  return Array.isArray(left) ? left.includes(value) : left === value;
}

/** `["=", 100]`, `[">", 0, "<=", 150]`. */
function isWithin(value: number, bounds: readonly Json[]): boolean {
  for (let at = 0; at < bounds.length; at += 2) {
    const [operator, bound] = [bounds[at], Number(bounds[at + 1])];
    const holds =
      (operator === '=' && value === bound) ||
      (operator === '<' && value < bound) ||
      (operator === '<=' && value <= bound) ||
      (operator === '>' && value > bound) ||
      (operator === '>=' && value >= bound);
    if (!holds) return false;
  }
  return bounds.length > 0;
}
