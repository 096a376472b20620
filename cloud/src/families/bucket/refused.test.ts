import { describe } from 'vitest';
import { out, table } from '../refusals.fixture.ts';

const base = { B: { Type: 'AWS::S3::Bucket', Properties: {} } };
const life = (rule: object) => ({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ...rule }] } }) as never;
const at = 'LifecycleConfiguration.Rules.0';
const sse = (byDefault: object) =>
  ({
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }] },
  }) as never;
const cors = (rule: object) =>
  ({ CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], ...rule }] } }) as never;

describe('a bucket', () => {
  table(base, 'B', [
    [
      'OwnershipControls.Rules',
      { OwnershipControls: { Rules: [] } },
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } },
    ],
    ['CorsConfiguration.CorsRules.0.AllowedOrigins', cors({ AllowedOrigins: [] }), cors({ AllowedOrigins: ['*'] })],
    ['BucketName', { BucketName: 'ab' }, { BucketName: 'abc' }],
    ['BucketName', { BucketName: 'a'.repeat(64) }, { BucketName: 'a'.repeat(63) }],
    ['BucketName', { BucketName: 'Shop' }, { BucketName: 'shop' }],
    ['BucketName', { BucketName: 'my_shop' }, { BucketName: 'my-shop' }],
    ['BucketName', { BucketName: 'shop-' }, { BucketName: 'shop.1' }],
    ['BucketName', { BucketName: 'shop..one' }, { BucketName: 'shop.one' }],
    ['BucketName', { BucketName: '10.0.0.1' }, { BucketName: '10.0.0.1a' }],
    ['BucketName', { BucketName: 'xn--shop' }, { BucketName: 'x--shop' }],
    ['BucketName', { BucketName: 'shop-s3alias' }, { BucketName: 'shop-s3' }],
    ['AccessControl', { AccessControl: 'public-read' }, { AccessControl: 'Private' }],
    [
      'AccessControl',
      { AccessControl: 'PublicRead' },
      {
        AccessControl: 'PublicRead',
        OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: false, IgnorePublicAcls: false },
      },
    ],
    [
      'VersioningConfiguration.Status',
      { VersioningConfiguration: { Status: 'On' } },
      { VersioningConfiguration: { Status: 'Enabled' } },
    ],
    [
      `BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm`,
      sse({ SSEAlgorithm: 'AES128' }),
      sse({ SSEAlgorithm: 'AES256' }),
    ],
    [
      `BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID`,
      sse({ SSEAlgorithm: 'AES256', KMSMasterKeyID: 'alias/one' }),
      sse({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/one' }),
    ],
    [at, life({}), life({ ExpirationInDays: 1 })],
    [`${at}.Status`, life({ Status: 'On', ExpirationInDays: 1 }), life({ Status: 'Disabled', ExpirationInDays: 1 })],
    [`${at}.ExpirationInDays`, life({ ExpirationInDays: 0 }), life({ ExpirationInDays: 3650 })],
    [
      `${at}.ExpirationDate`,
      life({ ExpirationInDays: 1, ExpirationDate: '2027-01-01T00:00:00Z' }),
      life({ ExpirationDate: '2027-01-01T00:00:00Z' }),
    ],
    [
      `${at}.ExpirationDate`,
      life({ ExpirationDate: '2027-01-01T03:00:00Z' }),
      life({ ExpirationDate: '2027-02-01T00:00:00Z' }),
    ],
    [
      `${at}.Transitions.0.StorageClass`,
      life({ Transitions: [{ StorageClass: 'COLD', TransitionInDays: 30 }] }),
      life({ Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 0 }] }),
    ],
    [
      `${at}.Transitions.0.TransitionInDays`,
      life({ Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 29 }] }),
      life({ Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] }),
    ],
    [
      `${at}.ExpirationInDays`,
      life({ ExpirationInDays: 30, Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] }),
      life({ ExpirationInDays: 31, Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] }),
    ],
    [
      `${at}.Transitions.0`,
      life({ Transitions: [{ StorageClass: 'GLACIER' }] }),
      life({ Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] }),
    ],
    [
      `${at}.Transitions.1.TransitionInDays`,
      life({
        Transitions: [
          { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
          { StorageClass: 'GLACIER', TransitionInDays: 20 },
        ],
      }),
      life({
        Transitions: [
          { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
          { StorageClass: 'GLACIER', TransitionInDays: 60 },
        ],
      }),
    ],
    [
      'LifecycleConfiguration.Rules.1.Id',
      {
        LifecycleConfiguration: {
          Rules: [
            { Id: 'a', Status: 'Enabled', ExpirationInDays: 1 },
            { Id: 'a', Status: 'Enabled', ExpirationInDays: 2, Prefix: 'b/' },
          ],
        },
      },
      {
        LifecycleConfiguration: {
          Rules: [
            { Id: 'a', Status: 'Enabled', ExpirationInDays: 1, Prefix: 'a/' },
            { Id: 'b', Status: 'Enabled', ExpirationInDays: 2, Prefix: 'b/' },
          ],
        },
      },
    ],
    [
      'CorsConfiguration.CorsRules.0.AllowedMethods.0',
      cors({ AllowedMethods: ['OPTIONS'] }),
      cors({ AllowedMethods: ['HEAD'] }),
    ],
    [
      'CorsConfiguration.CorsRules.0.AllowedOrigins.0',
      cors({ AllowedOrigins: ['https://*.a.*'] }),
      cors({ AllowedOrigins: ['https://*.example.com'] }),
    ],
    [
      'OwnershipControls.Rules.0.ObjectOwnership',
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'Owner' }] } },
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
    ],
    [
      'WebsiteConfiguration.IndexDocument',
      { WebsiteConfiguration: { IndexDocument: 'a/index.html' } },
      { WebsiteConfiguration: { IndexDocument: 'index.html' } },
    ],
    [
      'WebsiteConfiguration',
      { WebsiteConfiguration: { ErrorDocument: 'error.html' } },
      { WebsiteConfiguration: { IndexDocument: 'index.html', ErrorDocument: 'error.html' } },
    ],
    [
      'WebsiteConfiguration.IndexDocument',
      { WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com' }, IndexDocument: 'a.html' } },
      { WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com' } } },
    ],
    [
      'ObjectLockConfiguration',
      { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
      { ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } },
    ],
    [
      'ReplicationConfiguration',
      { ReplicationConfiguration: replication() },
      { VersioningConfiguration: { Status: 'Enabled' }, ReplicationConfiguration: replication() },
    ],
    [
      'NotificationConfiguration.QueueConfigurations.0.Event',
      {
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:Created', Queue: 'arn:aws:sqs:ap-northeast-2:111122223333:one' }],
        },
      },
      {
        NotificationConfiguration: {
          QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'arn:aws:sqs:ap-northeast-2:111122223333:one' }],
        },
      },
    ],
    [
      'AccelerateConfiguration',
      { BucketName: 'shop.one', AccelerateConfiguration: { AccelerationStatus: 'Enabled' } },
      { BucketName: 'shop-one', AccelerateConfiguration: { AccelerationStatus: 'Enabled' } },
    ],
    [
      'Tags.1.Key',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
    ],
    ['Tags.0.Key', { Tags: [{ Key: 'aws:a', Value: '1' }] }, { Tags: [{ Key: 'a:aws', Value: '1' }] }],
    ['AccessControl', { AccessControl: 'Everyone' }, { AccessControl: out }],
  ]);
});

function replication() {
  return {
    Role: 'arn:aws:iam::111122223333:role/one',
    Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::other' } }],
  };
}
