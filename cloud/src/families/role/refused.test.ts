import { describe } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { get, out, ref, table } from '../refusals.fixture.ts';

const allow = (more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
const trust = (more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'ec2.amazonaws.com' },
  ...more,
});
const document = (...Statement: JsonObject[]): JsonObject => ({ Version: '2012-10-17', Statement });
const base = {
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document(trust()) } },
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: document(allow()), Roles: [ref('Role')] },
  },
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [ref('Role')] } },
  User: { Type: 'AWS::IAM::User', Properties: {} },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  BucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref('Bucket'),
      PolicyDocument: document({ ...allow(), Principal: '*', Resource: { 'Fn::Sub': '${Bucket.Arn}/*' } }),
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
  QueuePolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [ref('Queue')],
      PolicyDocument: document({
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: get('Queue', 'Arn'),
      }),
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  TopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [ref('Topic')],
      PolicyDocument: document({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: ref('Topic'),
      }),
    },
  },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      KeyPolicy: document({
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
  },
};
const stated = (more: JsonObject) => ({ PolicyDocument: document(allow(more)) });
const trusted = (more: JsonObject) => ({ AssumeRolePolicyDocument: document(trust(more)) });
const first = 'PolicyDocument.Statement.0';
const own = 'AssumeRolePolicyDocument.Statement.0';

describe('a role', () => {
  table(base, 'Role', [
    ['RoleName', { RoleName: 'a'.repeat(65) }, { RoleName: 'a'.repeat(64) }],
    ['RoleName', { RoleName: 'my role' }, { RoleName: 'my-role+=,.@_' }],
    ['Path', { Path: 'service' }, { Path: '/service/' }],
    ['MaxSessionDuration', { MaxSessionDuration: 3599 }, { MaxSessionDuration: 43200 }],
    [
      'ManagedPolicyArns.0',
      { ManagedPolicyArns: ['ReadOnlyAccess'] },
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    ],
    [
      'ManagedPolicyArns.1',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/ReadOnlyAccess'] },
      { ManagedPolicyArns: [ref('Policy')], 'Policy:Roles': out, 'Policy:Users': [ref('User')] },
    ],
    [
      'PermissionsBoundary',
      { PermissionsBoundary: 'boundary' },
      { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' },
    ],
    [
      'AssumeRolePolicyDocument.Version',
      { 'AssumeRolePolicyDocument.Version': '2012-10-18' },
      { 'AssumeRolePolicyDocument.Version': '2008-10-17' },
    ],
    [
      'AssumeRolePolicyDocument.Statements',
      { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust()], Statements: [] } },
      { AssumeRolePolicyDocument: { Version: '2012-10-17', Id: 'one', Statement: trust() } },
    ],
    [
      'AssumeRolePolicyDocument',
      { AssumeRolePolicyDocument: { Version: '2012-10-17' } },
      { AssumeRolePolicyDocument: { Statement: [trust()] } },
    ],
    [`${own}.Effect`, trusted({ Effect: 'allow' }), trusted({ Effect: 'Deny' })],
    [
      own,
      { AssumeRolePolicyDocument: document({ Action: 'sts:AssumeRole', Principal: '*' }) },
      trusted({ Principal: '*' }),
    ],
    [`${own}.Resource`, trusted({ Resource: '*' }), trusted({ Sid: 'one' })],
    [`${own}.Action`, trusted({ Action: 's3:GetObject' }), trusted({ Action: ['sts:AssumeRole', 'sts:TagSession'] })],
    [
      `${own}.Principal`,
      trusted({ Principal: { Services: 'ec2.amazonaws.com' } }),
      trusted({ Principal: { AWS: '111122223333' } }),
    ],
    [
      `${own}.Principal.Service`,
      trusted({ Principal: { Service: 'ec2' } }),
      trusted({ Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] } }),
    ],
    [
      `${own}.Principal.AWS`,
      trusted({ Principal: { AWS: 'alice' } }),
      trusted({ Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' } }),
    ],
    [
      `${own}.Principal.AWS`,
      trusted({ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }),
      trusted({ Principal: { AWS: '*' } }),
    ],
    [
      `${own}.Condition`,
      trusted({ Condition: { StringEqual: { 'sts:ExternalId': 'one' } } }),
      trusted({ Condition: { StringEquals: { 'sts:ExternalId': 'one' } } }),
    ],
    [
      `${own}.Conditions`,
      trusted({ Conditions: {} }),
      trusted({ Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalOrgPaths': 'o-1/*' } } }),
    ],
    [
      'Policies.0.PolicyDocument.Statement.0',
      { Policies: [{ PolicyName: 'one', PolicyDocument: document({ Effect: 'Allow', Action: 's3:*' }) }] },
      { Policies: [{ PolicyName: 'one', PolicyDocument: document(allow()) }] },
    ],
    [
      'Policies.1.PolicyName',
      {
        Policies: [
          { PolicyName: 'one', PolicyDocument: document(allow()) },
          { PolicyName: 'one', PolicyDocument: document(allow()) },
        ],
      },
      {
        Policies: [
          { PolicyName: 'one', PolicyDocument: document(allow()) },
          { PolicyName: 'two', PolicyDocument: document(allow()) },
        ],
      },
    ],
    [
      'Tags.1.Key',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'b', Value: '2' },
        ],
      },
    ],
  ]);
  table(base, 'Policy', [
    [`${first}.Principal`, stated({ Principal: '*' }), stated({ Sid: 'One1' })],
    [`${first}.Action`, stated({ Action: 'GetObject' }), stated({ Action: 's3:Get*' })],
    [
      `${first}.Action`,
      stated({ Action: ['s3:GetObject', 's3.PutObject'] }),
      stated({ Action: ['s3:GetObject', 's3:PutObject'] }),
    ],
    [`${first}.Action`, stated({ Action: 's3: GetObject' }), stated({ Action: '*' })],
    [
      `${first}.NotAction`,
      stated({ NotAction: 's3:*' }),
      { PolicyDocument: document({ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }) },
    ],
    [
      `${first}.NotResource`,
      stated({ NotResource: '*' }),
      { PolicyDocument: document({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::a/*' }) },
    ],
    [`${first}.Resource`, stated({ Resource: ref('Bucket') }), stated({ Resource: get('Bucket', 'Arn') })],
    [
      `${first}.Resource`,
      stated({ Resource: ['arn:aws:s3:::a', 'shop/*'] }),
      stated({ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'] }),
    ],
    [`${first}.Resource`, stated({ Resource: 's3:::a' }), stated({ Resource: 'arn:*:s3:::a' })],
    [`${first}.Sid`, stated({ Sid: 'my statement' }), stated({ Sid: 'MyStatement' })],
    [
      'PolicyDocument.Statement.1.Sid',
      { PolicyDocument: document(allow({ Sid: 'A' }), allow({ Sid: 'A' })) },
      { PolicyDocument: document(allow({ Sid: 'A' }), allow({ Sid: 'B' })) },
    ],
    [
      `${first}.Condition`,
      stated({ Condition: { IpAddresses: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      stated({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
    ],
    [
      `${first}.Condition`,
      stated({ Condition: { StringEquals: 'one' } }),
      stated({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    ],
    [
      'PolicyDocument',
      {
        PolicyDocument: document(
          allow({ Resource: Array.from({ length: 200 }, (_, index) => `arn:aws:s3:::a-long-bucket-name-${index}`) }),
        ),
      },
      {
        PolicyDocument: document(
          allow({ Resource: Array.from({ length: 100 }, (_, index) => `arn:aws:s3:::a-long-bucket-name-${index}`) }),
        ),
      },
    ],
    ['ManagedPolicyName', { ManagedPolicyName: 'a'.repeat(129) }, { ManagedPolicyName: 'a'.repeat(128) }],
    [
      'PolicyDocument.Statement',
      { PolicyDocument: { Version: '2012-10-17', Statement: 'all' } },
      { PolicyDocument: { Version: '2012-10-17', Statement: allow() } },
    ],
  ]);
  table(base, 'Profile', [
    ['Roles', { Roles: [ref('Role'), 'two'] }, { Roles: ['two'] }],
    ['Roles.0', { Roles: [get('Role', 'Arn')] }, { Roles: [ref('Role')] }],
    ['InstanceProfileName', { InstanceProfileName: 'a b' }, { InstanceProfileName: 'a.b' }],
  ]);
  table(base, 'User', [
    ['UserName', { UserName: 'a'.repeat(65) }, { UserName: 'alice@example.com' }],
    ['Groups.0', { Groups: ['my group'] }, { Groups: ['my-group'] }],
    [
      'LoginProfile',
      { LoginProfile: { PasswordResetRequired: true } },
      { LoginProfile: { Password: 'Sup3r-secret!' } },
    ],
  ]);
});

describe('a policy of a resource', () => {
  table(base, 'BucketPolicy', [
    [first, { [`${first}.Principal`]: out }, { [`${first}.Principal`]: { AWS: '111122223333' } }],
    [
      `${first}.Action`,
      { [`${first}.Action`]: 'sqs:SendMessage' },
      { [`${first}.Action`]: ['s3:GetObject', 's3:PutObject'] },
    ],
    [
      `${first}.Resource`,
      { [`${first}.Resource`]: 'arn:aws:s3:::another/*' },
      { [`${first}.Resource`]: get('Bucket', 'Arn'), [`${first}.Action`]: 's3:ListBucket' },
    ],
    [
      `${first}.Principal.AWS`,
      { [`${first}.Principal`]: { AWS: 'everyone' } },
      { [`${first}.Principal`]: { AWS: '*' } },
    ],
    [first, { [`${first}.Resource`]: out }, { [`${first}.Sid`]: 'read all' }],
  ]);
  table(base, 'QueuePolicy', [
    [`${first}.Action`, { [`${first}.Action`]: 'sns:Publish' }, { [`${first}.Action`]: 'SQS:SendMessage' }],
    [first, { [`${first}.Principal`]: out }, { [`${first}.Principal`]: '*' }],
  ]);
  table(base, 'TopicPolicy', [
    [`${first}.Action`, { [`${first}.Action`]: 'sqs:SendMessage' }, { [`${first}.Action`]: 'SNS:Publish' }],
    [first, { [`${first}.Principal`]: out }, { [`${first}.Principal`]: { AWS: '*' } }],
    [first, { [`${first}.Resource`]: out }, { [`${first}.Resource`]: '*' }],
  ]);
  table(base, 'Key', [
    [
      'KeyPolicy',
      { KeyPolicy: 'text' },
      { KeyPolicy: JSON.stringify(base.Key.Properties.KeyPolicy).replace(/\{"Fn::Sub":"[^"]*"\}/, '"*"') },
    ],
    [
      'KeyPolicy.Statement.0',
      { 'KeyPolicy.Statement.0.Principal': out },
      { 'KeyPolicy.Statement.0.Principal': { AWS: '*' } },
    ],
    [
      'KeyPolicy',
      { 'KeyPolicy.Statement.0.Action': ['kms:Encrypt', 'kms:Decrypt'] },
      { 'KeyPolicy.Statement.0.Action': ['kms:Put*', 'kms:Decrypt'] },
    ],
    [
      'KeyPolicy',
      { 'KeyPolicy.Statement.0.Principal': { Service: 'logs.amazonaws.com' } },
      { 'KeyPolicy.Statement.0.Principal': { Service: 'logs.amazonaws.com' }, BypassPolicyLockoutSafetyCheck: true },
    ],
    ['KeyPolicy.Statement.0.Effect', { 'KeyPolicy.Statement.0.Effect': 'Permit' }, { Description: 'one' }],
    ['PendingWindowInDays', { PendingWindowInDays: 6 }, { PendingWindowInDays: 7 }],
    ['KeySpec', { KeySpec: 'RSA_1024' }, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }],
    ['KeyUsage', { KeyUsage: 'SIGN_VERIFY' }, { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' }],
    [
      'EnableKeyRotation',
      { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT', EnableKeyRotation: true },
      { EnableKeyRotation: true },
    ],
    [
      'RotationPeriodInDays',
      { EnableKeyRotation: true, RotationPeriodInDays: 89 },
      { EnableKeyRotation: true, RotationPeriodInDays: 90 },
    ],
    [
      'Alias: AliasName',
      { 'Alias:': { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'shop', TargetKeyId: ref('Key') } } },
      { 'Alias:': { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/shop', TargetKeyId: ref('Key') } } },
    ],
    [
      'Alias: AliasName',
      { 'Alias:': { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/aws/shop', TargetKeyId: ref('Key') } } },
      { 'Alias:': { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/shop/aws', TargetKeyId: ref('Key') } } },
    ],
  ]);
});
