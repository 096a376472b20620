import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.ts';
import { type Change, ref, refusals } from '../refusals.fixture.ts';

const trust = (statement: JsonObject): JsonObject => ({
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] },
});
const service = { Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
const role = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::IAM::Role',
  Properties: { ...trust(service), ...properties },
});
const profile = (...roles: Json[]): JsonObject => ({ Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: roles } });
const managed = (statement: JsonObject): JsonObject => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
});
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const inline = (statement: JsonObject): JsonObject => ({
  Policies: [{ PolicyName: 'one', PolicyDocument: { Statement: statement } }],
});
const base = { Ro: role({}) };

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['NAME_LENGTH Ro RoleName', { Ro: { RoleName: 'a'.repeat(65) } }],
    ['NAME_CHARACTERS Ro RoleName', { Ro: { RoleName: 'my role' } }],
    ['NAME_TAKEN R2 RoleName', { Ro: { RoleName: 'one' }, R2: role({ RoleName: 'One' }) }],
    ['NUMBER_OUT_OF_RANGE Ro MaxSessionDuration', { Ro: { MaxSessionDuration: 1800 } }],
    ['WRONG_FORM Ro Path', { Ro: { Path: 'app' } }],
    ['TOO_MANY P Roles', { R2: role({}), P: profile(ref('Ro'), ref('R2')) }],
    ['TRUST_POLICY Ro AssumeRolePolicyDocument.Statement.0.Resource', { Ro: trust({ ...service, Resource: '*' }) }],
    ['TRUST_POLICY Ro AssumeRolePolicyDocument.Statement.0', { Ro: trust({ Action: 'sts:AssumeRole' }) }],
    [
      'TRUST_POLICY Ro AssumeRolePolicyDocument.Statement.0.Action',
      { Ro: trust({ ...service, Action: 's3:GetObject' }) },
    ],
    ['POLICY_FORM M PolicyDocument.Statement.0.Principal', { M: managed({ ...read, Principal: '*' }) }],
    ['POLICY_FORM M PolicyDocument.Statement.0', { M: managed({ Effect: 'Allow', Action: 's3:GetObject' }) }],
    ['POLICY_FORM M PolicyDocument.Statement.0.Effect', { M: managed({ ...read, Effect: 'Permit' }) }],
    ['POLICY_FORM Ro Policies.0.PolicyDocument.Statement.Action', { Ro: inline({ ...read, Action: 'GetObject' }) }],
    [
      'TOO_LONG M PolicyDocument',
      {
        M: managed({ ...read, Resource: Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::bucket-${index}/*`) }),
      },
    ],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['the base', {}],
    ['64 characters', { Ro: { RoleName: 'a'.repeat(64), Path: '/app/', MaxSessionDuration: 43200 } }],
    [
      'a name for role and profile',
      {
        Ro: { RoleName: 'one' },
        P: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'one', Roles: [ref('Ro')] } },
      },
    ],
    ['tags of a session', { Ro: trust({ ...service, Action: ['sts:AssumeRole', 'sts:TagSession'] }) }],
    ['a statement with all actions', { M: managed({ ...read, Action: '*' }) }],
    ['inline policies', { Ro: inline(read) }],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(base, changes)).toEqual([]);
  });
});
