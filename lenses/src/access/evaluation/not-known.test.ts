import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Json } from '@terrace/cloud/json';
import { identityView } from '@terrace/cloud/views/identity';
import { describe, expect, test } from 'vitest';
import { preflight } from '../deployment/preflight.ts';
import { globsMeet } from '../policy/pattern.ts';
import { decide } from './decide.ts';
import { findSubject, subjectWith } from './subject.ts';

async function load(resources: string) {
  const loaded = await loadTexts({ 'app.yaml': `Resources:\n${resources}` }, { region: 'us-east-1' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

const allow = (Action: Json, Resource: Json = '*', Condition: Json = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
});
const deny = (Action: Json, Resource: Json = '*', Condition: Json = {}) => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});

/** What somebody with these statements is told of the actions that match, and on which properties each depends. */
async function missing(resources: string, statements: Json[], actions: RegExp) {
  const inventory = await load(resources);
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const subject = subjectWith(inventory, { documents: [{ name: 'own', text }] });
  if (!subject.ok) throw new Error(JSON.stringify(subject.mistakes));
  return preflight(inventory, subject.value, { via: 'cloudformation' })
    .missing.filter(({ demand }) => actions.test(demand.action))
    .map(({ demand, decision }) => [demand.action, decision.verdict, decision.dependsOn.join(' ')].join(' ').trim());
}

const functionOf = (properties: string) =>
  `  F: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs20.x, Handler: a.b, Code: { ZipFile: x }, ${properties} } }`;
const database = (properties: string) =>
  `  Db: { Type: AWS::RDS::DBInstance, Properties: { DBInstanceClass: db.t3.micro, Engine: postgres, AllocatedStorage: '20', MasterUsername: abcd, MasterUserPassword: abcdefgh, ${properties} } }`;
const topic = (properties: string) => `  T: { Type: AWS::SNS::Topic, Properties: { ${properties} } }`;
const encrypted = { Bool: { 'rds:StorageEncrypted': 'true' } };

describe('a deployment with values that nobody here can tell', () => {
  test.each<[what: string, resources: string, statements: Json[], actions: RegExp, told: string[]]>([
    [
      'an unknown role is any role',
      functionOf('Role: !ImportValue role'),
      [allow('lambda:*'), allow('iam:PassRole', 'arn:aws:iam::*:role/app-*')],
      /PassRole/,
      ['iam:PassRole depends app/F Properties.Role'],
    ],
    [
      'whoever may pass any role may pass it',
      functionOf('Role: !ImportValue role'),
      [allow('lambda:*'), allow('iam:PassRole')],
      /PassRole/,
      [],
    ],
    [
      'an unknown property may ask for an action',
      functionOf('Role: arn:aws:iam::000000000000:role/r, KmsKeyArn: !ImportValue key'),
      [allow('lambda:*'), allow('iam:*')],
      /kms:CreateGrant/,
      ['kms:CreateGrant depends app/F Properties.KmsKeyArn'],
    ],
    [
      'a property that is not stated asks for nothing',
      functionOf('Role: arn:aws:iam::000000000000:role/r'),
      [allow('lambda:*'), allow('iam:*')],
      /kms:/,
      [],
    ],
    [
      'a condition on an unknown value',
      database('StorageEncrypted: !ImportValue encrypted'),
      [allow('rds:*', '*', encrypted)],
      /rds:CreateDBInstance$/,
      ['rds:CreateDBInstance depends rds:StorageEncrypted'],
    ],
    [
      'a denial on an unknown value',
      database('StorageEncrypted: !ImportValue encrypted'),
      [allow('rds:*'), deny('rds:CreateDBInstance', '*', { Bool: { 'rds:StorageEncrypted': 'false' } })],
      /rds:CreateDBInstance$/,
      ['rds:CreateDBInstance depends rds:StorageEncrypted'],
    ],
    [
      'a condition on a known value beside an unknown one',
      database('MultiAZ: !ImportValue multi, StorageEncrypted: true'),
      [allow('rds:*', '*', encrypted)],
      /rds:CreateDBInstance$/,
      [],
    ],
    [
      'a condition on a value within an unknown object',
      '  I: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, InstanceType: t3.micro, LaunchTemplate: !ImportValue launch } }',
      [allow('ec2:*', '*', { StringEqualsIfExists: { 'ec2:MetadataHttpTokens': 'required' } })],
      /ec2:RunInstances/,
      ['ec2:RunInstances depends ec2:MetadataHttpTokens'],
    ],
    [
      'unknown tags',
      topic('Tags: [{ Key: team, Value: !ImportValue team }]'),
      [allow('sns:*', '*', { StringEquals: { 'aws:RequestTag/team': 'web' } })],
      /sns:CreateTopic/,
      ['sns:CreateTopic depends aws:RequestTag/team'],
    ],
    [
      'an unknown name that a policy may name',
      topic('TopicName: !ImportValue name'),
      [allow('sns:*', 'arn:aws:sns:*:*:app-*')],
      /sns:CreateTopic/,
      ['sns:CreateTopic depends app/T Properties.TopicName'],
    ],
    [
      'an unknown name that a denial may name',
      topic('TopicName: !ImportValue name'),
      [allow('sns:*'), deny('sns:*', 'arn:aws:sns:*:*:core-*')],
      /sns:CreateTopic/,
      ['sns:CreateTopic depends app/T Properties.TopicName'],
    ],
    [
      'an unknown name where a policy names every topic of the region',
      topic('TopicName: !ImportValue name'),
      [allow('sns:*', 'arn:aws:sns:us-east-1:*:*')],
      /sns:CreateTopic/,
      [],
    ],
    [
      'an unknown name where a policy names another region',
      topic('TopicName: !ImportValue name'),
      [allow('sns:*', 'arn:aws:sns:eu-west-1:*:*')],
      /sns:CreateTopic/,
      ['sns:CreateTopic implicit-deny'],
    ],
    [
      'an unknown name of something else leaves the own name as it is',
      database('DBInstanceIdentifier: app-db, DBSubnetGroupName: !ImportValue group'),
      [allow('rds:*', ['arn:aws:rds:*:*:db:app-*', 'arn:aws:rds:*:*:subgrp:*', '*'])],
      /rds:CreateDBInstance$/,
      [],
    ],
    [
      'nothing is asked, whatever the value, of what is not allowed at all',
      topic('TopicName: !ImportValue name'),
      [allow('sqs:*')],
      /sns:CreateTopic/,
      ['sns:CreateTopic implicit-deny'],
    ],
  ])('%s', async (_what, resources, statements, actions, told) => {
    expect(await missing(resources, statements, actions)).toEqual(told);
  });
});

const statement = (action: string, more = '') => `{ Effect: Allow, Action: '${action}', Resource: '*'${more} }`;
const document = (...statements: string[]) => `{ Version: '2012-10-17', Statement: [${statements.join(', ')}] }`;
const trust = document('{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }');

describe('somebody whose policies are not all known', () => {
  test.each<[what: string, resources: string, action: string, verdict: string, dependsOn: string]>([
    [
      'policies that are imported',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, ManagedPolicyArns: [!ImportValue policy] } }`,
      's3:GetObject',
      'depends',
      'app/R Properties.ManagedPolicyArns',
    ],
    [
      'an inline policy with an unknown condition',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: p, PolicyDocument: ${document(statement('s3:*', ', Condition: { StringEquals: { aws:SourceVpc: !ImportValue vpc } }'))} }] } }`,
      's3:GetObject',
      'depends',
      'app/R Properties.Policies',
    ],
    [
      'a managed policy with an unknown part',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, ManagedPolicyArns: [!Ref M] } }
  M: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: ${document(`{ Effect: Deny, Action: 's3:*', Resource: !ImportValue bucket }`)} } }`,
      's3:GetObject',
      'depends',
      'app/M Properties.PolicyDocument',
    ],
    [
      'an imported boundary',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, PermissionsBoundary: !ImportValue boundary, Policies: [{ PolicyName: p, PolicyDocument: ${document(statement('s3:*'))} }] } }`,
      's3:GetObject',
      'depends',
      'app/R Properties.PermissionsBoundary',
    ],
    [
      'a policy whose roles are imported and that would allow',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust} } }
  P: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, Roles: [!ImportValue role], PolicyDocument: ${document(statement('s3:*'))} } }`,
      's3:GetObject',
      'depends',
      'app/P Properties.Roles',
    ],
    [
      'a policy whose roles are imported and that says nothing of the action',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust} } }
  P: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, Roles: [!ImportValue role], PolicyDocument: ${document(statement('s3:*'))} } }`,
      'ec2:RunInstances',
      'implicit-deny',
      '',
    ],
    [
      'a denial that is known stays one',
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, ManagedPolicyArns: [!ImportValue policy] } }
  P: { Type: AWS::IAM::RolePolicy, Properties: { PolicyName: p, RoleName: !Ref R, PolicyDocument: ${document(`{ Effect: Deny, Action: 's3:*', Resource: '*' }`)} } }`,
      's3:GetObject',
      'explicit-deny',
      '',
    ],
  ])('%s', async (_what, resources, action, verdict, dependsOn) => {
    const inventory = await load(resources);
    const subject = findSubject(identityView(inventory), 'R');
    if (!subject.ok) throw new Error(JSON.stringify(subject.mistakes));
    const decision = decide(inventory, subject.value, { action, arn: '*', mfa: true });
    expect([decision.verdict, decision.dependsOn.join(' ')]).toEqual([verdict, dependsOn]);
    expect(decision.allowed).toBe(false);
  });

  test('a bucket whose policy is not known may deny', async () => {
    const inventory = await load(`  B: { Type: AWS::S3::Bucket, Properties: { BucketName: b-1 } }
  P: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref B, PolicyDocument: ${document(`{ Effect: Deny, Principal: '*', Action: 's3:*', Resource: !ImportValue what }`)} } }
  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: p, PolicyDocument: ${document(statement('s3:*'))} }] } }`);
    const subject = findSubject(identityView(inventory), 'R');
    if (!subject.ok) throw new Error(JSON.stringify(subject.mistakes));
    const decision = decide(inventory, subject.value, { action: 's3:GetObject', arn: 'arn:aws:s3:::b-1/a', mfa: true });
    expect([decision.verdict, decision.dependsOn]).toEqual(['depends', ['app/P Properties.PolicyDocument']]);
  });
});

test.each([
  ['a*', '*b', true],
  ['a*', 'b*', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*', '', true],
  ['', '?', false],
  ['x*y*z', 'x?z', true],
  ['x*yy*z', 'x?z', false],
  ['x*y*z', '*yz', true],
])('patterns %s and %s have a text in common: %s', (one, other, meet) => {
  expect([globsMeet(one, other), globsMeet(other, one)]).toEqual([meet, meet]);
});
