import type { Json } from '@terrace/cloud/json';
import { describe, expect, test } from 'vitest';
import { contextOf } from '../policy/context.ts';
import { type PolicyKind, parsePolicy } from '../policy/policy.ts';
import type { Principal } from '../policy/principal.ts';
import { evaluate, onlyIdentity, type Policies } from './evaluate.ts';

const account = '123456789012';
const carlos: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/carlossalazar` };
const session: Principal = {
  kind: 'session',
  arn: `arn:aws:sts::${account}:assumed-role/Support/now`,
  role: `arn:aws:iam::${account}:role/Support`,
};

function policy(name: string, statement: Json, kind: PolicyKind = 'identity') {
  const result = parsePolicy({ Version: '2012-10-17', Statement: statement }, { name, kind });
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.value;
}

function decide(
  principal: Principal,
  action: string,
  resource: string,
  policies: Partial<Policies>,
  keys: Record<string, string> = {},
) {
  return evaluate({ principal, action, resource, context: contextOf(keys) }, { ...onlyIdentity([]), ...policies });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html */
describe("AWS's example of identity and resource policies", () => {
  const logs = 'arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar-logs';
  const identity = policy('carlossalazar', [
    {
      Sid: 'AllowS3ListRead',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:GetAccountPublicAccessBlock', 's3:ListAccessPoints', 's3:ListAllMyBuckets'],
      Resource: 'arn:aws:s3:::*',
    },
    {
      Sid: 'AllowS3Self',
      Effect: 'Allow',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar/*', 'arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar'],
    },
    { Sid: 'DenyS3Logs', Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::*log*' },
  ]);
  const bucket = policy(
    'bucket',
    {
      Effect: 'Allow',
      Principal: { AWS: carlos.kind === 'user' ? carlos.arn : '' },
      Action: 's3:*',
      Resource: [`${logs}/*`, logs],
    },
    'resource',
  );

  test('an explicit deny wins over the bucket that allows', () => {
    const decision = decide(carlos, 's3:PutObject', `${logs}/report`, { identity: [identity], resource: bucket });
    expect(decision.verdict).toBe('explicit-deny');
    expect(decision.decidedBy.map(({ sid }) => sid)).toEqual(['DenyS3Logs']);
  });

  test('without the deny the bucket alone suffices', () => {
    const decision = decide(carlos, 's3:PutObject', `${logs}/report`, { identity: [], resource: bucket });
    expect([decision.allowed, decision.layer]).toEqual([true, 'resource']);
  });

  test('the identity policy alone suffices for the own bucket', () => {
    expect(
      decide(carlos, 's3:GetObject', 'arn:aws:s3:::amzn-s3-demo-bucket-carlossalazar/a', { identity: [identity] })
        .allowed,
    ).toBe(true);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
describe("AWS's example of a permissions boundary", () => {
  const boundary = [policy('boundary', { Effect: 'Allow', Action: ['s3:*', 'cloudwatch:*', 'ec2:*'], Resource: '*' })];
  const identity = [policy('user', { Effect: 'Allow', Action: 'iam:CreateUser', Resource: '*' })];

  test('holds whatever the identity policy allows', () => {
    const decision = decide(carlos, 'iam:CreateUser', '*', { identity, boundary });
    expect([decision.allowed, decision.verdict, decision.layer]).toEqual([false, 'implicit-deny', 'boundary']);
  });

  test('grants nothing by itself', () => {
    expect(decide(carlos, 'ec2:DescribeVpcs', '*', { identity, boundary }).layer).toBe('identity');
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session */
describe('a session policy', () => {
  const identity = [policy('role', { Effect: 'Allow', Action: 's3:*', Resource: '*' })];
  const narrow = [policy('session', { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })];
  const named = (arn: string) =>
    policy('bucket', { Effect: 'Allow', Principal: { AWS: arn }, Action: 's3:PutObject', Resource: '*' }, 'resource');

  test('narrows what the role may do', () => {
    expect(decide(session, 's3:PutObject', 'arn:aws:s3:::a/b', { identity, session: narrow }).layer).toBe('session');
    expect(decide(session, 's3:GetObject', 'arn:aws:s3:::a/b', { identity, session: narrow }).allowed).toBe(true);
  });

  test('narrows what a resource grants the role, and not what it grants the session by name', () => {
    const role = { identity: [], session: narrow, resource: named(session.kind === 'session' ? session.role : '') };
    expect(decide(session, 's3:PutObject', 'arn:aws:s3:::a/b', role).allowed).toBe(false);
    const itself = { identity: [], session: narrow, resource: named(session.kind === 'session' ? session.arn : '') };
    expect(decide(session, 's3:PutObject', 'arn:aws:s3:::a/b', itself).allowed).toBe(true);
  });
});

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html */
test('every level of an organization has to allow', () => {
  const identity = [policy('user', { Effect: 'Allow', Action: '*', Resource: '*' })];
  const full = [policy('FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' })];
  const onlyStorage = [policy('storage', { Effect: 'Allow', Action: 's3:*', Resource: '*' })];
  expect(decide(carlos, 'ec2:RunInstances', '*', { identity, serviceControl: [full, onlyStorage] }).layer).toBe(
    'service-control',
  );
  expect(
    decide(carlos, 's3:GetObject', 'arn:aws:s3:::a/b', { identity, serviceControl: [full, onlyStorage] }).allowed,
  ).toBe(true);
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
test('a key is decided by its own policy, which may leave it to the account', () => {
  const key = `arn:aws:kms:ap-northeast-2:${account}:key/1`;
  const identity = [policy('user', { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' })];
  const toAccount = policy(
    'key',
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
    'resource',
  );
  expect(decide(carlos, 'kms:Decrypt', key, { identity }).allowed).toBe(false);
  expect(decide(carlos, 'kms:Decrypt', key, { identity, resource: toAccount }).allowed).toBe(true);
  expect(decide(carlos, 'kms:Decrypt', key, { identity: [], resource: toAccount }).allowed).toBe(false);
});

test('says which statements came near, and on what they failed', () => {
  const identity = [
    policy('mfa', {
      Sid: 'WithSecondFactor',
      Effect: 'Allow',
      Action: 'ec2:*',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    }),
    policy('other', { Sid: 'OtherRegion', Effect: 'Allow', Action: 'ec2:*', Resource: 'arn:aws:ec2:us-east-1:*:*' }),
  ];
  const decision = decide(carlos, 'ec2:StopInstances', `arn:aws:ec2:ap-northeast-2:${account}:instance/i-1`, {
    identity,
  });
  expect(decision.near.map(({ statement, because }) => [statement.sid, because.failed])).toEqual([
    ['WithSecondFactor', 'condition'],
    ['OtherRegion', 'resource'],
  ]);
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards */
describe('a `*` at the end of a part of an ARN', () => {
  test.each([
    ['arn:aws:lambda:*:function:f', 'arn:aws:lambda:us-east-1:123456789012:function:f', true],
    ['arn:aws:lambda:*:function:f', 'arn:aws:lambda:us-east-1:123456789012:function:g', false],
    ['arn:aws:lambda:*', 'arn:aws:lambda:us-east-1:123456789012:function:f', true],
    ['arn:*', 'arn:aws:lambda:us-east-1:123456789012:function:f', true],
    ['arn:aws:logs:us-*:log-group:a:*', 'arn:aws:logs:us-east-1:123456789012:log-group:a:b', true],
    ['arn:aws:rds:*:db:a', 'arn:aws:rds:us-east-1:123456789012:db:a', true],
    ['arn:aws:rds:*:db:a', 'arn:aws:rds:us-east-1:123456789012:cluster:a', false],
    ['arn:aws:s3:::*/secret', 'arn:aws:s3:::bucket/a:b/secret', true],
    ['arn:aws:s3:us*st-1:*', 'arn:aws:s3:us:east-1:x', false],
    ['arn:aws:sns:?:123456789012:a', 'arn:aws:sns:us-east-1:123456789012:a', false],
  ])('%s and %s: %s', (pattern, arn, fits) => {
    const identity = [policy('user', { Effect: 'Allow', Action: '*', Resource: pattern })];
    expect(decide(carlos, 'lambda:InvokeFunction', arn, { identity }).allowed).toBe(fits);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
describe('NotPrincipal with Deny', () => {
  const everything = [policy('user', { Effect: 'Allow', Action: '*', Resource: '*' })];
  const root = `arn:aws:iam::${account}:root`;
  const except = (...arns: string[]) =>
    policy('bucket', { Effect: 'Deny', NotPrincipal: { AWS: arns }, Action: '*', Resource: '*' }, 'resource');
  const verdict = (principal: Principal, more: Partial<Policies>) =>
    decide(principal, 's3:GetObject', 'arn:aws:s3:::a/b', { identity: everything, ...more }).verdict;
  const own = carlos.kind === 'user' ? carlos.arn : '';
  const role = session.kind === 'session' ? session.role : '';

  test.each<[string, Principal, string[], string]>([
    ['a user that is listed with the account', carlos, [own, root], 'allowed'],
    ['a user of an account that is listed alone', carlos, [root], 'explicit-deny'],
    ['another user', carlos, [`arn:aws:iam::${account}:user/other`, root], 'explicit-deny'],
    // The page says that AWS "might" deny the account first.
    ['a user that is listed without the account', carlos, [own], 'depends'],
    ['a session whose role is listed with the account', session, [role, root], 'allowed'],
    [
      'a session that is listed without its role',
      session,
      [session.kind === 'session' ? session.arn : '', root],
      'depends',
    ],
  ])('%s', (_, principal, arns, expected) => {
    expect(verdict(principal, { resource: except(...arns) })).toBe(expected);
  });

  test('denies whoever has a permissions boundary, listed or not', () => {
    expect(verdict(carlos, { resource: except(own, root), boundary: everything })).toBe('explicit-deny');
  });
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
test.each([
  'kms:ConnectCustomKeyStore',
  'kms:UpdateCustomKeyStore',
  'kms:CreateKey',
  'kms:ListAliases',
  'kms:GenerateRandom',
])('%s concerns no key, so no key policy has a say', (action) => {
  const identity = [policy('user', { Effect: 'Allow', Action: 'kms:*', Resource: '*' })];
  expect(decide(carlos, action, '*', { identity }).allowed).toBe(true);
});
