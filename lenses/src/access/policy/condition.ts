import { notKnown } from '@terrace/cloud/families/contract/request-keys';
import { arnLike } from './arn.ts';
import type { BaseOperator, Condition } from './condition-operator.ts';
import type { Context } from './context.ts';
import { inNetwork } from './network-condition.ts';
import { hasUnknownVariable, matches } from './pattern.ts';

/**
 * Whether a request meets one condition; `notKnown` where that depends on a value that is not known. Several values in the policy are alternatives (for a negated operator: none may
 * match); a key the request lacks fails a plain operator and passes a negated one or one with `IfExists`.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function meets(condition: Condition, context: Context, variables: boolean): boolean | typeof notKnown {
  const { operator, key, values } = condition;
  const given = context.get(key);
  if (given === notKnown) return notKnown;
  if (operator.base === 'Null')
    return values.some((value) => (value.toLowerCase() === 'true') === (given === undefined || given.length === 0));
  const holds = (value: string) => holdsFor(operator.base, values, value, context, variables);
  // A set of empty texts is as none: AWS's page calls it a null data set.
  const isEmpty = given === undefined || (operator.set !== null && given.every((value) => value === ''));
  if (isEmpty || given.length === 0) {
    // Also with `IfExists`: there is no value of which any could match.
    if (operator.set === 'any') return false;
    return operator.set === 'all' || operator.ifExists || negated(operator.base);
  }
  if (variables && values.some((value) => hasUnknownVariable(value, context))) return notKnown;
  return operator.set === 'all' ? given.every(holds) : given.some(holds);
}

function negated(base: BaseOperator): boolean {
  return base.includes('Not');
}

/** One value of the request against all values of the policy. */
function holdsFor(
  base: BaseOperator,
  wanted: readonly string[],
  given: string,
  context: Context,
  variables: boolean,
): boolean {
  const test = comparison(base.replace('Not', ''), context, variables);
  const found = wanted.some((value) => test(value, given));
  return negated(base) ? !found : found;
}

type Comparison = (wanted: string, given: string) => boolean;

function comparison(positive: string, context: Context, variables: boolean): Comparison {
  switch (positive) {
    case 'StringEquals':
      return (wanted, given) => matches(wanted, given, { context, variables, wildcards: false });
    case 'StringEqualsIgnoreCase':
      return (wanted, given) => matches(wanted, given, { context, variables, wildcards: false, ignoreCase: true });
    case 'StringLike':
      return (wanted, given) => matches(wanted, given, { context, variables, wildcards: true });
    case 'ArnEquals':
    case 'ArnLike':
      return (wanted, given) => arnLike(wanted, given, context, variables);
    case 'Bool':
      return (wanted, given) => wanted.toLowerCase() === given.toLowerCase() && /^(true|false)$/i.test(wanted);
    case 'BinaryEquals':
      return (wanted, given) => wanted === given;
    case 'IpAddress':
      return (wanted, given) => inNetwork(wanted, given);
    default:
      return positive.startsWith('Date')
        ? ordered(positive.slice('Date'.length), parseDate)
        : ordered(positive.slice('Numeric'.length), parseNumber);
  }
}

function ordered(relation: string, read: (text: string) => number): Comparison {
  const relate: Record<string, (given: number, wanted: number) => boolean> = {
    Equals: (given, wanted) => given === wanted,
    LessThan: (given, wanted) => given < wanted,
    LessThanEquals: (given, wanted) => given <= wanted,
    GreaterThan: (given, wanted) => given > wanted,
    GreaterThanEquals: (given, wanted) => given >= wanted,
  };
  const test = relate[relation];
  if (test === undefined) throw new Error(`no relation ${relation}`);
  return (wanted, given) => test(read(given), read(wanted));
}

function parseNumber(text: string): number {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** Milliseconds; from ISO 8601, or from seconds since 1970. */
function parseDate(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text);
}
