/**
 * Names of condition operators, with their set forms and `IfExists`.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export interface Condition {
  readonly operator: Operator;
  readonly key: string;
  readonly values: readonly string[];
}

export interface Operator {
  /** As the policy writes it. */
  readonly written: string;
  readonly base: BaseOperator;
  /** What is asked of a key with several values. */
  readonly set: 'any' | 'all' | null;
  readonly ifExists: boolean;
}

export const conditionOperatorNames = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;

export type BaseOperator = (typeof conditionOperatorNames)[number];

/** `undefined` for a name that is no operator. `Null` takes no `IfExists`. */
export function parseOperator(written: string): Operator | undefined {
  const match = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/i.exec(written);
  if (!match) return undefined;
  const base = conditionOperatorNames.find((name) => name.toLowerCase() === match[2]?.toLowerCase());
  if (base === undefined || (base === 'Null' && match[3] !== undefined)) return undefined;
  const set = match[1] === undefined ? null : match[1].toLowerCase() === 'foranyvalue' ? 'any' : 'all';
  return { written, base, set, ifExists: match[3] !== undefined };
}
