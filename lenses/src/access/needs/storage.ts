import { given, needsOf, type TypeNeeds, tagged, valued } from '@terrace/cloud/families/contract/need';
import { ownKey, passesRole } from '@terrace/cloud/families/contract/reasons';

const replication = passesRole('s3.amazonaws.com', 'ReplicationConfiguration.Role');
const vaultKey = ownKey('https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html', 'EncryptionKeyArn');
const fileKey = ownKey('https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html', 'KmsKeyId');

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
];
const puts = bucketProperties.map(([property, put]) => given(property, `s3:${put}`));
const gets = bucketProperties.map(([property, , get]) => given(property, `s3:${get}`));
const access = given('AccessControl', 's3:PutBucketAcl');
const passReplication = given('ReplicationConfiguration', 'iam:PassRole', replication);

export const storageNeeds: readonly TypeNeeds[] = [
  needsOf('AWS::S3::Bucket', ['bucket', '버킷'], 's3/bucket', {
    create: ['s3:CreateBucket ListBucket', ...puts, access, passReplication],
    read: ['s3:ListBucket', ...gets],
    update: [...puts, access, passReplication, given('WebsiteConfiguration', 's3:DeleteBucketWebsite')],
    delete: ['s3:DeleteBucket'],
  }),
  needsOf('AWS::S3::BucketPolicy', ["bucket's policy", '버킷 정책'], null, {
    create: ['s3:PutBucketPolicy GetBucketPolicy'],
    read: ['s3:GetBucketPolicy'],
    update: ['s3:PutBucketPolicy GetBucketPolicy'],
    delete: ['s3:DeleteBucketPolicy GetBucketPolicy'],
  }),
  needsOf('AWS::EFS::FileSystem', ['file system', '파일 시스템'], 'elasticfilesystem/file-system', {
    create: [
      'elasticfilesystem:CreateFileSystem DescribeFileSystems',
      given('BackupPolicy', 'elasticfilesystem:PutBackupPolicy'),
      given('FileSystemPolicy', 'elasticfilesystem:PutFileSystemPolicy'),
      given('LifecyclePolicies', 'elasticfilesystem:PutLifecycleConfiguration'),
      given('KmsKeyId', 'kms:DescribeKey GenerateDataKeyWithoutPlaintext CreateGrant', fileKey),
      tagged('elasticfilesystem:TagResource'),
    ],
    read: [
      'elasticfilesystem:DescribeFileSystems DescribeBackupPolicy DescribeFileSystemPolicy DescribeLifecycleConfiguration',
    ],
    update: [
      'elasticfilesystem:UpdateFileSystem DescribeFileSystems DescribeBackupPolicy DescribeFileSystemPolicy DescribeLifecycleConfiguration',
      'elasticfilesystem:PutBackupPolicy PutFileSystemPolicy DeleteFileSystemPolicy PutLifecycleConfiguration TagResource UntagResource DeleteTags ListTagsForResource',
    ],
    delete: ['elasticfilesystem:DeleteFileSystem DescribeFileSystems'],
  }),
  needsOf('AWS::EFS::MountTarget', ['mount target', '탑재 대상'], null, {
    create: ['elasticfilesystem:CreateMountTarget DescribeMountTargets'],
    read: ['elasticfilesystem:DescribeMountTargets DescribeMountTargetSecurityGroups'],
    update: [
      'elasticfilesystem:DescribeMountTargets DescribeMountTargetSecurityGroups ModifyMountTargetSecurityGroups',
    ],
    delete: ['elasticfilesystem:DeleteMountTarget DescribeMountTargets'],
  }),
  needsOf('AWS::DynamoDB::Table', ['table', '테이블'], 'dynamodb/table', {
    create: [
      'dynamodb:CreateTable DescribeTable',
      valued(
        'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
        [true],
        'dynamodb:UpdateContinuousBackups DescribeContinuousBackups',
      ),
      given('TimeToLiveSpecification', 'dynamodb:UpdateTimeToLive DescribeTimeToLive'),
      tagged('dynamodb:TagResource ListTagsOfResource'),
    ],
    read: ['dynamodb:DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource'],
    update: ['dynamodb:UpdateTable DescribeTable UpdateContinuousBackups UpdateTimeToLive TagResource UntagResource'],
    delete: ['dynamodb:DeleteTable DescribeTable'],
  }),
  needsOf('AWS::Backup::BackupVault', ['backup vault', '백업 볼트'], 'backup/backupVault', {
    create: [
      'backup:CreateBackupVault backup-storage:MountCapsule',
      given('AccessPolicy', 'backup:PutBackupVaultAccessPolicy'),
      given('Notifications', 'backup:PutBackupVaultNotifications'),
      given('LockConfiguration', 'backup:PutBackupVaultLockConfiguration'),
      given('EncryptionKeyArn', 'kms:CreateGrant GenerateDataKey Decrypt RetireGrant DescribeKey', vaultKey),
      given('BackupVaultTags', 'backup:TagResource'),
    ],
    read: ['backup:DescribeBackupVault GetBackupVaultNotifications GetBackupVaultAccessPolicy ListTags'],
    update: [
      'backup:DescribeBackupVault ListTags TagResource UntagResource',
      'backup:PutBackupVaultAccessPolicy DeleteBackupVaultAccessPolicy PutBackupVaultNotifications DeleteBackupVaultNotifications PutBackupVaultLockConfiguration DeleteBackupVaultLockConfiguration',
    ],
    delete: ['backup:DeleteBackupVault'],
  }),
];
