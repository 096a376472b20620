import type { Json } from '@terrace/cloud/json';
import type { IdentityView } from '@terrace/cloud/views/identity';
import { describe, expect, test } from 'vitest';
import { authorizer } from './authorizer.ts';

const role = 'arn:aws:iam::000000000000:role/web';
const place = { file: 'template.yaml' };
const identity: IdentityView = {
  account: '000000000000',
  region: 'ap-northeast-2',
  principals: [
    {
      kind: 'role',
      arn: role,
      name: 'web',
      statedBy: 'Stack/Role',
      place,
      policies: [
        {
          name: 'assets',
          source: { kind: 'document', arn: null, document: allow('s3:GetObject', 'arn:aws:s3:::assets/*') },
          statedBy: 'Stack/Role',
          place,
          reason: null,
          statementReasons: [],
          attachedBy: null,
        },
      ],
      boundary: null,
      groups: [],
      trust: null,
      persona: null,
      unknown: [],
    },
  ],
  managedPolicies: [],
  resourcePolicies: [
    {
      resourceArn: 'arn:aws:s3:::assets',
      statedBy: 'Stack/Policy',
      place,
      isTrust: false,
      unknown: null,
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::assets/private/*' }],
      },
    },
  ],
};

const decide = (resource: string, endpointPolicy: Json = null, by: string = role, action = 's3:GetObject') =>
  authorizer(identity)({ role: by, session: 'i-1', action, resource, context: {}, endpointPolicy });

describe('calls to the region’s endpoints', () => {
  test.each([
    ['arn:aws:s3:::assets/web.tar.gz', { allowed: true, explicit: false }],
    ['arn:aws:s3:::other/web.tar.gz', { allowed: false, explicit: false }],
    ['arn:aws:s3:::assets/private/key', { allowed: false, explicit: true }],
  ])('to %s are decided by the role and by the bucket: %j', (resource, decision) => {
    expect(decide(resource)).toEqual(decision);
  });

  test.each<[string, Json, boolean]>([
    ['that allows the bucket', allow('*', 'arn:aws:s3:::assets/*'), true],
    ['that allows another', allow('*', 'arn:aws:s3:::other/*'), false],
    ['that cannot be read', 'nonsense', false],
  ])('by a VPC endpoint with a policy %s: %s', (_, policy, allowed) => {
    expect(decide('arn:aws:s3:::assets/web.tar.gz', named(policy)).allowed).toBe(allowed);
    // It never grants what the role does not have.
    expect(decide('arn:aws:s3:::other/x', named(policy)).allowed).toBe(false);
  });

  const mirror = 'arn:aws:s3:::al2023-repos-ap-northeast-2-de612dc2/core/mirrors/latest/x86_64/mirror.list';
  test.each<[string, Json, boolean]>([
    ['none', null, true],
    ['one that allows the bucket', allow('s3:GetObject', 'arn:aws:s3:::al2023-repos-*/*'), true],
    ['one that allows another bucket', allow('s3:GetObject', 'arn:aws:s3:::other/*'), false],
    ['one that allows other actions', allow('s3:PutObject', '*'), false],
    ['one that cannot be read', 'nonsense', false],
  ])('of nobody are decided by the endpoint alone: %s', (_, policy, allowed) => {
    const asked = { session: '', action: 's3:GetObject', resource: mirror, context: {} };
    const endpointPolicy = policy === null ? null : named(policy);
    expect(authorizer(identity)({ ...asked, role: null, endpointPolicy }).allowed).toBe(allowed);
  });

  test('by a role that the template does not have are refused', () => {
    expect(decide('arn:aws:s3:::assets/web.tar.gz', null, 'arn:aws:iam::000000000000:role/none').allowed).toBe(false);
  });
});

function allow(action: string, resource: string) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] };
}

/** An endpoint policy names whom it is for. */
function named(policy: Json): Json {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return policy;
  const { Version, Statement } = policy as { Version: string; Statement: readonly Record<string, Json>[] };
  return { Version, Statement: Statement.map((each) => ({ ...each, Principal: '*' })) };
}
