import type { Json } from '@terrace/cloud/json';
import { describe, expect, test } from 'vitest';
import { contextOf } from '../policy/context.ts';
import { type PolicyKind, parsePolicy } from '../policy/policy.ts';
import type { Principal } from '../policy/principal.ts';
import { evaluate, onlyIdentity, type Policies } from './evaluate.ts';

const account = '111122223333';
const user: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/ana` };
const role = `arn:aws:iam::${account}:role/app`;
const session: Principal = { kind: 'session', arn: `arn:aws:sts::${account}:assumed-role/app/one`, role };
const root: Principal = { kind: 'root', arn: `arn:aws:iam::${account}:root` };
const service: Principal = { kind: 'service', name: 'sns.amazonaws.com' };
const bucket = 'arn:aws:s3:::logs';
const object = `${bucket}/a/b.txt`;

function policy(statements: Json, kind: PolicyKind = 'identity', Version = '2012-10-17') {
  const read = parsePolicy({ Version, Statement: statements }, { name: 'p', kind });
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return read.value;
}

const say = (Effect: 'Allow' | 'Deny', more: object) => ({ Effect, Action: 's3:GetObject', Resource: '*', ...more });
const allow = (more: object = {}) => say('Allow', more) as Json;
const deny = (more: object = {}) => say('Deny', more) as Json;
type Keys = Record<string, string | string[]>;

/** One condition on one key: whether a statement with it applies. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const conditions: readonly (readonly [
  operator: string,
  wanted: Json,
  given: string | string[] | null,
  applies: boolean,
])[] = [
  ['StringEquals', 'web', 'web', true],
  ['StringEquals', 'web', 'Web', false],
  ['StringEquals', 'web*', 'web1', false],
  ['StringEquals', ['web', 'db'], 'db', true],
  ['StringEquals', 'web', null, false],
  ['StringEqualsIfExists', 'web', null, true],
  ['StringEqualsIfExists', 'web', 'db', false],
  ['StringNotEquals', 'web', 'db', true],
  ['StringNotEquals', ['web', 'db'], 'db', false],
  ['StringNotEquals', 'web', null, true],
  ['StringEqualsIgnoreCase', 'web', 'WEB', true],
  ['StringNotEqualsIgnoreCase', 'web', 'WEB', false],
  ['StringLike', 'w?b*', 'web-1', true],
  ['StringLike', 'w?b', 'wb', false],
  ['StringLike', 'W*', 'web', false],
  ['StringNotLike', 'w*', 'web', false],
  ['StringNotLike', 'w*', null, true],
  ['NumericEquals', '5', '5.0', true],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', 10, '10', true],
  ['NumericGreaterThan', '10', '9', false],
  ['NumericLessThan', '10', null, false],
  ['NumericLessThanIfExists', '10', null, true],
  ['NumericNotEquals', '5', '6', true],
  ['DateLessThan', '2030-01-01T00:00:00Z', '2029-12-31T23:59:59Z', true],
  ['DateGreaterThan', '2030-01-01T00:00:00Z', '2029-12-31T23:59:59Z', false],
  ['DateEquals', '1893456000', '2030-01-01T00:00:00Z', true],
  ['DateLessThanEquals', '2030-01-01T00:00:00Z', '2030-01-01T00:00:00Z', true],
  ['Bool', 'true', 'true', true],
  ['Bool', 'true', 'false', false],
  ['Bool', true, 'TRUE', true],
  ['Bool', 'false', null, false],
  ['BoolIfExists', 'false', null, true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'qmluyxj5', false],
  ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.9', false],
  ['IpAddress', '203.0.113.9', '203.0.113.9', true],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::5', true],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
  ['NotIpAddress', '203.0.113.0/24', null, true],
  ['ArnEquals', 'arn:aws:sns:*:111122223333:a*', 'arn:aws:sns:us-east-1:111122223333:abc', true],
  ['ArnLike', 'arn:aws:sns:*:*:a', 'arn:aws:sns:us-east-1:111122223333:b', false],
  ['ArnLike', 'arn:aws:s3:::a', 'arn:aws:S3:::a', false],
  ['ArnNotLike', 'arn:aws:sns:*:*:a', 'arn:aws:sns:us-east-1:111122223333:b', true],
  ['ArnNotEquals', 'arn:aws:sns:*:*:a', null, true],
  ['Null', 'true', null, true],
  ['Null', 'true', 'web', false],
  ['Null', 'false', 'web', true],
  ['Null', 'false', null, false],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a'], null, true],
  ['ForAllValues:StringEquals', ['a'], [''], true],
  ['ForAllValues:StringLike', ['a*'], ['a1', 'a2'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a'], ['b', 'c'], false],
  ['ForAnyValue:StringEquals', ['a'], null, false],
  ['ForAnyValue:StringEqualsIfExists', ['a'], null, false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
];

describe('a condition', () => {
  test.each(conditions)('%s %j on %j: %s', (operator, wanted, given, applies) => {
    const identity = [policy([allow({ Condition: { [operator]: { 'aws:RequestTag/Team': wanted } } })])];
    const context = contextOf(given === null ? {} : { 'aws:requesttag/team': given });
    expect(
      evaluate({ principal: user, action: 's3:GetObject', resource: object, context }, onlyIdentity(identity)).allowed,
    ).toBe(applies);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html and reference_policies_variables.html */
type Element = [what: string, statements: Json[], allowed: boolean, keys?: Keys, version?: string];
const elements: readonly Element[] = [
  ['nothing says so', [], false],
  ['an allow', [allow()], true],
  ['a deny before an allow', [deny(), allow()], false],
  ['a deny of something else', [allow(), deny({ Action: 's3:PutObject' })], true],
  ['actions in any case', [allow({ Action: 'S3:getobject' })], true],
  ['an action with wildcards', [allow({ Action: 's3:Get?bject*' })], true],
  ['resources in their case', [allow({ Resource: 'arn:aws:s3:::Logs/*' })], false],
  ['NotAction without it', [allow({ Action: undefined, NotAction: 'iam:*' })], true],
  ['NotAction with it', [allow({ Action: undefined, NotAction: 's3:*' })], false],
  ['a deny by NotAction', [allow(), deny({ Action: undefined, NotAction: 's3:List*' })], false],
  ['NotResource without it', [allow({ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' })], true],
  ['NotResource with it', [allow({ Resource: undefined, NotResource: `${bucket}/*` })], false],
  ['a deny by NotResource', [allow(), deny({ Resource: undefined, NotResource: `${bucket}/*` })], true],
  ['a bucket is not its objects', [allow({ Resource: bucket })], false],
  ['one star goes over slashes', [allow({ Resource: `${bucket}/*.txt` })], true],
  ['one star at a part’s end goes over colons', [allow({ Resource: 'arn:aws:s3*' })], true],
  [
    'two conditions are both asked',
    [allow({ Condition: { StringEquals: { 'aws:a': '1', 'aws:b': '2' } } })],
    false,
    { 'aws:a': '1' },
  ],
  ['a variable', [allow({ Resource: `${bucket}/\${aws:username}/*` })], true, { 'aws:username': 'a' }],
  ['a variable of another', [allow({ Resource: `${bucket}/\${aws:username}/*` })], false, { 'aws:username': 'z' }],
  ['a variable without a value', [allow({ Resource: `${bucket}/\${aws:PrincipalTag/team}/*` })], false],
  ['a variable with a default', [allow({ Resource: `${bucket}/\${aws:PrincipalTag/team, 'a'}/*` })], true],
  [
    'a default where there is a value',
    [allow({ Resource: `${bucket}/\${aws:PrincipalTag/team, 'a'}/*` })],
    false,
    { 'aws:PrincipalTag/team': 'z' },
  ],
  [
    'a star in a value is a character',
    [allow({ Resource: `${bucket}/\${aws:PrincipalTag/team}/*` })],
    false,
    { 'aws:PrincipalTag/team': '*' },
  ],
  [
    'variables in 2008-10-17 are text',
    [allow({ Resource: `${bucket}/\${aws:username}/*` })],
    false,
    { 'aws:username': 'a' },
    '2008-10-17',
  ],
];

describe('an identity policy', () => {
  test.each<Element>([...elements])('%s', (_what, statements, allowed, keys = {}, version = '2012-10-17') => {
    const identity = statements.length === 0 ? [] : [policy(statements, 'identity', version)];
    const request = { principal: user, action: 's3:GetObject', resource: object, context: contextOf(keys) };
    expect(evaluate(request, onlyIdentity(identity)).allowed).toBe(allowed);
  });
});

const by = (principal: Json, more: object = {}) => policy([allow({ Principal: principal, ...more })], 'resource');
const all = [policy([allow({ Action: '*' })])];
const none = [policy([allow({ Action: 'ec2:*' })])];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
const layers: readonly (readonly [
  what: string,
  principal: Principal,
  policies: Partial<Policies>,
  allowed: boolean,
])[] = [
  ['the user named by the bucket', user, { resource: by({ AWS: user.arn }) }, true],
  ['the account named, and nothing of its own', user, { resource: by({ AWS: account }) }, false],
  ['the account named, and an own policy', user, { resource: by({ AWS: account }), identity: all }, true],
  [
    'the user named, within a boundary that does not allow',
    user,
    { resource: by({ AWS: user.arn }), boundary: none },
    true,
  ],
  [
    'the role named, within a boundary that does not allow',
    session,
    { resource: by({ AWS: role }), boundary: none },
    false,
  ],
  [
    'the session named, within a boundary that does not allow',
    session,
    { resource: by({ AWS: session.arn }), boundary: none },
    true,
  ],
  ['an own policy within a boundary that does not allow', user, { identity: all, boundary: none }, false],
  ['a session policy that does not allow', session, { identity: all, session: none }, false],
  [
    'another account, the bucket alone',
    user,
    { resource: by({ AWS: user.arn }), resourceAccount: '999999999999' },
    false,
  ],
  ['another account, the own policy alone', user, { identity: all, resourceAccount: '999999999999' }, false],
  [
    'another account, both',
    user,
    { identity: all, resource: by({ AWS: account }), resourceAccount: '999999999999' },
    true,
  ],
  ['a service named', service, { resource: by({ Service: 'sns.amazonaws.com' }) }, true],
  ['another service named', service, { resource: by({ Service: 'sqs.amazonaws.com' }) }, false],
  ['the root user without any policy', root, {}, true],
  ['a service control policy that does not allow', root, { serviceControl: [none] }, false],
  ['a deny of the bucket', user, { identity: all, resource: policy([deny({ Principal: '*' })], 'resource') }, false],
  [
    'a deny of all but the user and its account',
    user,
    { identity: all, resource: policy([deny({ NotPrincipal: { AWS: [user.arn, root.arn] } })], 'resource') },
    true,
  ],
  [
    'a deny of all but somebody else',
    user,
    { identity: all, resource: policy([deny({ NotPrincipal: { AWS: [`${root.arn}`] } })], 'resource') },
    false,
  ],
];

describe('several policies', () => {
  test.each(layers)('%s', (_what, principal, policies, allowed) => {
    const request = { principal, action: 's3:GetObject', resource: object, context: contextOf({}) };
    expect(evaluate(request, { ...onlyIdentity([]), ...policies }).allowed).toBe(allowed);
  });
});

test('the table has a hundred cases and more', () => {
  expect(conditions.length + elements.length + layers.length).toBeGreaterThanOrEqual(101);
});
