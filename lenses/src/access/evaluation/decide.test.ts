import type { Inventory } from '@terrace/cloud/inventory';
import { identityView } from '@terrace/cloud/views/identity';
import { beforeAll, describe, expect, test } from 'vitest';
import { inventoryOf } from '../template.fixture.ts';
import { decide } from './decide.ts';
import { findSubject } from './subject.ts';

const allow = (principal: unknown, action: string, resource?: string) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...(resource === undefined ? {} : { Resource: resource }),
});
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const role = (name: string, trust: unknown, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: name, AssumeRolePolicyDocument: document(allow(trust, 'sts:AssumeRole')), ...more },
});
const reader = { AWS: { 'Fn::GetAtt': ['Reader', 'Arn'] } };
const policies = (...statements: object[]) => ({
  Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }],
});

let inventory: Inventory;
const arnOf = (logicalId: string) =>
  String(inventory.resources.find((each) => each.logicalId === logicalId)!.attributes.Arn);

beforeAll(async () => {
  inventory = await inventoryOf({
    Resources: {
      Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
      FilesPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Files' },
          PolicyDocument: document(
            { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::files/secret/*' },
            allow(reader, 's3:GetObject', 'arn:aws:s3:::files/public/*'),
          ),
        },
      },
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
      JobsPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Jobs' }], PolicyDocument: document(allow(reader, 'sqs:SendMessage', '*')) },
      },
      Open: {
        Type: 'AWS::KMS::Key',
        Properties: { KeyPolicy: document(allow({ AWS: 'arn:aws:iam::000000000000:root' }, 'kms:*', '*')) },
      },
      Closed: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(allow(reader, 'kms:*', '*')) } },
      Alice: {
        Type: 'AWS::IAM::User',
        Properties: { UserName: 'alice', ...policies({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }) },
      },
      Reader: role('reader', { AWS: { 'Fn::GetAtt': ['Alice', 'Arn'] } }),
      Full: role(
        'full',
        { Service: 'ec2.amazonaws.com' },
        policies({ Effect: 'Allow', Action: ['s3:*', 'kms:*', 'sqs:*', 'sts:*'], Resource: '*' }),
      ),
      ByTag: role(
        'bytag',
        { Service: 'ec2.amazonaws.com' },
        policies({
          Effect: 'Allow',
          Action: 'ec2:StopInstances',
          Resource: '*',
          Condition: { StringEquals: { 'aws:ResourceTag/Team': 'shop' } },
        }),
      ),
    },
  });
});

function verdict(who: string, action: string, arn: string): string {
  const subject = findSubject(identityView(inventory), who);
  if (!subject.ok) throw new Error(who);
  return decide(inventory, subject.value, { action, arn, mfa: true }).verdict;
}

describe("the template's own policies of resources decide with those of the one who asks", () => {
  test.each([
    ['a bucket denies', 'full', 's3:GetObject', () => 'arn:aws:s3:::files/secret/x', 'explicit-deny'],
    ['a bucket says nothing', 'full', 's3:GetObject', () => 'arn:aws:s3:::files/other/x', 'allowed'],
    ['a bucket allows who has nothing', 'reader', 's3:GetObject', () => 'arn:aws:s3:::files/public/y', 'allowed'],
    ['a bucket allows elsewhere', 'reader', 's3:GetObject', () => 'arn:aws:s3:::files/other/y', 'implicit-deny'],
    ['a queue allows who has nothing', 'reader', 'sqs:SendMessage', () => arnOf('Jobs'), 'allowed'],
    ['a key leaves it to the account', 'full', 'kms:Decrypt', () => arnOf('Open'), 'allowed'],
    [
      'a key leaves it to the account, whose policies say nothing',
      'reader',
      'kms:Decrypt',
      () => arnOf('Open'),
      'implicit-deny',
    ],
    ['a key names another only', 'full', 'kms:Decrypt', () => arnOf('Closed'), 'implicit-deny'],
    ['a key names the one who asks', 'reader', 'kms:Decrypt', () => arnOf('Closed'), 'allowed'],
    ['a role trusts the one who asks', 'alice', 'sts:AssumeRole', () => arnOf('Reader'), 'allowed'],
    ['a role trusts another only', 'full', 'sts:AssumeRole', () => arnOf('Reader'), 'implicit-deny'],
    ['a service only is trusted', 'alice', 'sts:AssumeRole', () => arnOf('Full'), 'implicit-deny'],
  ])('%s', (_, who, action, arn, expected) => {
    expect(verdict(who, action, arn())).toBe(expected);
  });
});

describe('what is not in the template is not known', () => {
  test.each([
    ['the policy of another key', 'full', 'kms:Decrypt', 'arn:aws:kms:ap-northeast-2:000000000000:key/1234', 'depends'],
    ['the trust of another role', 'alice', 'sts:AssumeRole', 'arn:aws:iam::000000000000:role/other', 'depends'],
    [
      'the tags of another instance',
      'bytag',
      'ec2:StopInstances',
      'arn:aws:ec2:ap-northeast-2:000000000000:instance/i-1',
      'depends',
    ],
  ])('%s', (_, who, action, arn, expected) => {
    expect(verdict(who, action, arn)).toBe(expected);
  });

  test('an action of KMS that concerns no key is decided without a key policy', () => {
    expect(verdict('full', 'kms:ConnectCustomKeyStore', '*')).toBe('allowed');
    expect(verdict('full', 'kms:GenerateRandom', '*')).toBe('allowed');
    expect(verdict('full', 'kms:DescribeKey', '*')).toBe('implicit-deny');
  });
});
