import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, passesRole } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/metadata-tables-permissions.html */
const metadataTables = [
  given(
    'MetadataConfiguration MetadataTableConfiguration',
    's3:CreateBucketMetadataTableConfiguration GetBucketMetadataTableConfiguration',
  ),
  given(
    'MetadataConfiguration MetadataTableConfiguration',
    's3tables:CreateNamespace CreateTable CreateTableBucket GetTable PutTableBucketPolicy PutTableEncryption PutTablePolicy GetTableMetadataLocation UpdateTableMetadataLocation',
    because(
      "S3 makes the tables of the bucket's metadata in your name",
      'S3가 호출자 권한으로 버킷 메타데이터의 테이블을 만듭니다',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/metadata-tables-permissions.html',
    ),
  ),
];

const replication = passesRole('s3.amazonaws.com', 'ReplicationConfiguration.Role');

/** What a bucket's properties are written and read with. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const bucketProperties: readonly (readonly [property: string, put: string, get: string])[] = [
  ['BucketEncryption', 'PutEncryptionConfiguration', 'GetEncryptionConfiguration'],
  ['PublicAccessBlockConfiguration', 'PutBucketPublicAccessBlock', 'GetBucketPublicAccessBlock'],
  ['VersioningConfiguration', 'PutBucketVersioning', 'GetBucketVersioning'],
  ['LifecycleConfiguration', 'PutLifecycleConfiguration', 'GetLifecycleConfiguration'],
  ['LoggingConfiguration', 'PutBucketLogging', 'GetBucketLogging'],
  ['CorsConfiguration', 'PutBucketCORS', 'GetBucketCORS'],
  ['WebsiteConfiguration', 'PutBucketWebsite', 'GetBucketWebsite'],
  ['NotificationConfiguration', 'PutBucketNotification', 'GetBucketNotification'],
  ['OwnershipControls', 'PutBucketOwnershipControls', 'GetBucketOwnershipControls'],
  ['ReplicationConfiguration', 'PutReplicationConfiguration', 'GetReplicationConfiguration'],
  ['AccelerateConfiguration', 'PutAccelerateConfiguration', 'GetAccelerateConfiguration'],
  ['AnalyticsConfigurations', 'PutAnalyticsConfiguration', 'GetAnalyticsConfiguration'],
  ['InventoryConfigurations', 'PutInventoryConfiguration', 'GetInventoryConfiguration'],
  ['MetricsConfigurations', 'PutMetricsConfiguration', 'GetMetricsConfiguration'],
  ['IntelligentTieringConfigurations', 'PutIntelligentTieringConfiguration', 'GetIntelligentTieringConfiguration'],
  ['ObjectLockConfiguration ObjectLockEnabled', 'PutBucketObjectLockConfiguration', 'GetBucketObjectLockConfiguration'],
  ['Tags', 'PutBucketTagging', 'GetBucketTagging'],
  ['AbacStatus', 'PutBucketAbac', 'GetBucketAbac'],
];
const puts = bucketProperties.map(([property, put]) => given(property, `s3:${put}`));
const gets = bucketProperties.map(([property, , get]) => given(property, `s3:${get}`));
const access = given('AccessControl', 's3:PutBucketAcl');
const passReplication = given('ReplicationConfiguration', 'iam:PassRole', replication);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::S3::Bucket', ['bucket', '버킷'], 's3/bucket', {
    create: [
      's3:CreateBucket ListBucket',
      ...puts,
      access,
      passReplication,
      ...metadataTables,
      tagged('s3:TagResource'),
      given('AccessControl', 's3:GetBucketAcl'),
    ],
    read: ['s3:ListBucket', ...gets],
    update: [
      ...puts,
      access,
      passReplication,
      given('WebsiteConfiguration', 's3:DeleteBucketWebsite'),
      's3:ListBucket TagResource UntagResource',
      ...metadataTables,
      given(
        'MetadataConfiguration MetadataTableConfiguration',
        's3:DeleteBucketMetadataTableConfiguration UpdateBucketMetadataJournalTableConfiguration UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataAnnotationTableConfiguration',
      ),
    ],
    delete: ['s3:DeleteBucket', 's3:ListBucket'],
  }),
  needsOf('AWS::S3::BucketPolicy', ["bucket's policy", '버킷 정책'], null, {
    create: ['s3:PutBucketPolicy GetBucketPolicy'],
    read: ['s3:GetBucketPolicy'],
    update: ['s3:PutBucketPolicy GetBucketPolicy'],
    delete: ['s3:DeleteBucketPolicy GetBucketPolicy'],
  }),
];
