import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTemplates } from '../assembly/load.ts';
import { type IdentityView, identityView } from './identity.ts';

async function view(resources: object): Promise<IdentityView> {
  const folder = await mkdtemp(path.join(tmpdir(), 'terrace-identity-'));
  try {
    await writeFile(path.join(folder, 'team.json'), JSON.stringify({ Resources: resources }));
    const loaded = await loadTemplates([path.join(folder, 'team.json')]);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
    return identityView(loaded.value);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const document = (Action: string, more: { readonly Principal?: string } = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

describe('the identity view', () => {
  test('gathers policies however they are attached', async () => {
    const { principals, managedPolicies } = await view({
      Shared: {
        Type: 'AWS::IAM::ManagedPolicy',
        Metadata: { 'Terrace::Reason': { en: 'Reads', ko: '읽습니다' } },
        Properties: { ManagedPolicyName: 'shared', PolicyDocument: document('s3:Get*') },
      },
      Own: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'own', PolicyDocument: document('ec2:Describe*'), Groups: [{ Ref: 'Team' }] },
      },
      Other: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: document('rds:*'), Groups: [{ Ref: 'Team' }] },
      },
      Team: {
        Type: 'AWS::IAM::Group',
        Metadata: { 'Terrace::Persona': { name: 'team', purpose: { en: 'Works', ko: '일합니다' } } },
        Properties: {
          GroupName: 'team',
          ManagedPolicyArns: [{ Ref: 'Shared' }, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
          Policies: [{ PolicyName: 'inline', PolicyDocument: document('sns:*') }],
        },
      },
    });
    const team = principals[0]!;
    expect(team.policies.map(({ name, source }) => [name, source.kind])).toEqual([
      ['Team/inline', 'document'],
      ['Shared', 'document'],
      ['ReadOnlyAccess', 'arn'],
      ['Own', 'document'],
      ['Other', 'document'],
    ]);
    expect(team.policies[1]!.reason).toEqual({ en: 'Reads', ko: '읽습니다' });
    expect(team.persona).toEqual({ name: 'team', purpose: { en: 'Works', ko: '일합니다' } });
    expect(managedPolicies.map(({ name }) => name)).toEqual(expect.arrayContaining(['Shared', 'Other']));
  });

  test('knows boundaries, trust, membership and policies of resources', async () => {
    const found = await view({
      Limit: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'limit', PolicyDocument: document('s3:*') },
      },
      Server: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'server',
          Path: '/service/',
          AssumeRolePolicyDocument: trust,
          PermissionsBoundary: { Ref: 'Limit' },
        },
      },
      Team: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'team' } },
      Mina: { Type: 'AWS::IAM::User', Properties: { UserName: 'mina' } },
      Joins: {
        Type: 'AWS::IAM::UserToGroupAddition',
        Properties: { GroupName: { Ref: 'Team' }, Users: [{ Ref: 'Mina' }] },
      },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document('kms:*', { Principal: '*' }) } },
    });
    const server = found.principals.find(({ kind }) => kind === 'role')!;
    expect([server.arn, server.boundary?.kind, server.trust]).toEqual([
      'arn:aws:iam::000000000000:role/service/server',
      'document',
      trust,
    ]);
    expect(found.principals.find(({ kind }) => kind === 'user')!.groups).toEqual(['team']);
    expect(found.resourcePolicies.map(({ statedBy, isTrust }) => [statedBy, isTrust])).toEqual([
      ['team/Server', true],
      ['team/Key', false],
    ]);
  });
});
