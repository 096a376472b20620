// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import { describe, expect, test } from 'vitest';
import { meets } from './condition.ts';
import { parseOperator } from './condition-operator.ts';
import { contextOf } from './context.ts';
import { matches } from './pattern.ts';

const holds = (operator: string, wanted: string | string[], given: string | string[] | undefined) =>
  meets(
    { operator: parseOperator(operator)!, key: 'the:key', values: [wanted].flat() },
    contextOf({ 'the:key': given }),
    true,
  );

describe('a condition', () => {
  test.each<[string, string | string[], string | string[] | undefined, boolean]>([
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEqualsIgnoreCase', 'a', 'A', true],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['StringNotEquals', ['a', 'b'], undefined, true],
    ['StringEquals', 'a', undefined, false],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringLike', 'ap-*-?', 'ap-northeast-2', true],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThan', '10', 'ten', false],
    ['DateGreaterThan', '2026-11-22T00:00:00Z', '2026-11-22T00:00:01Z', true],
    ['DateEquals', '1795305600', '2026-11-22T00:00:00Z', true],
    ['Bool', 'true', 'TRUE', true],
    ['Null', 'true', undefined, true],
    ['Null', 'false', 'x', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.200', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::5', true],
    ['NotIpAddress', '203.0.113.0/24', '2001:db8::5', true],
    ['ArnLike', 'arn:aws:iam::*:role/Deploy*', 'arn:aws:iam::111122223333:role/Deployer', true],
    ['ArnLike', 'arn:aws:iam:*:role/x', 'arn:aws:iam::111122223333:role/x', false],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    ['ForAllValues:StringEquals', ['environment', 'cost-center'], ['environment'], true],
    ['ForAllValues:StringEquals', ['environment', 'cost-center'], ['environment', 'owner'], false],
    ['ForAllValues:StringEquals', ['environment'], undefined, true],
    ['ForAnyValue:StringEquals', ['environment', 'cost-center'], ['environment', 'owner'], true],
    ['ForAnyValue:StringEquals', ['environment'], undefined, false],
  ])('%s %j holds for %j: %s', (operator, wanted, given, expected) => {
    expect(holds(operator, wanted, given)).toBe(expected);
  });

  test.each(['StringMatches', 'NullIfExists', 'ForSomeValues:StringEquals'])('has no operator %s', (name) => {
    expect(parseOperator(name)).toBeUndefined();
  });
});

describe('a pattern', () => {
  const context = contextOf({ 'aws:username': 'mina', 'aws:PrincipalTag/team': '*' });
  const options = { context, variables: true, wildcards: true };
  test.each<[string, string, boolean]>([
    ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/mina/notes', true],
    ['arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/joon/notes', false],
    ['home/${aws:missing}/*', 'home/mina/notes', false],
    ["home/${aws:missing, 'shared'}/*", 'home/shared/notes', true],
    ['home/${*}', 'home/*', true],
    ['home/${*}', 'home/anything', false],
    // A star out of a tag is a character, and opens nothing.
    ['home/${aws:PrincipalTag/team}', 'home/anything', false],
    ['h?me/*', 'home/a/b/c', true],
  ])('%s describes %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text, options)).toBe(expected);
  });

  test('has no variables in version 2008-10-17', () => {
    expect(matches('${aws:username}', 'mina', { ...options, variables: false })).toBe(false);
    expect(matches('${aws:username}', '${aws:username}', { ...options, variables: false })).toBe(true);
  });
});
