import { always, given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { ownKey, passesRole, serviceLinkedRole } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html */
const replication = [
  given(
    'ReplicationConfiguration',
    'elasticfilesystem:CreateReplicationConfiguration DescribeReplicationConfigurations',
  ),
  given(
    'ReplicationConfiguration.Destinations.*.RoleArn',
    'iam:PassRole',
    passesRole('elasticfilesystem.amazonaws.com', 'ReplicationConfiguration.Destinations.*.RoleArn'),
  ),
];
const protection = given('FileSystemProtection', 'elasticfilesystem:UpdateFileSystemProtection');
const firstFileSystem = always('iam:CreateServiceLinkedRole', serviceLinkedRole('elasticfilesystem.amazonaws.com'));

const fileKey = ownKey('https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html', 'KmsKeyId');

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EFS::FileSystem', ['file system', '파일 시스템'], 'elasticfilesystem/file-system', {
    create: [
      'elasticfilesystem:CreateFileSystem DescribeFileSystems',
      given('BackupPolicy', 'elasticfilesystem:PutBackupPolicy'),
      given('FileSystemPolicy', 'elasticfilesystem:PutFileSystemPolicy'),
      given('LifecyclePolicies', 'elasticfilesystem:PutLifecycleConfiguration'),
      given('KmsKeyId', 'kms:DescribeKey GenerateDataKeyWithoutPlaintext CreateGrant', fileKey),
      tagged('elasticfilesystem:TagResource'),
      ...replication,
      protection,
      firstFileSystem,
    ],
    read: [
      'elasticfilesystem:DescribeFileSystems DescribeBackupPolicy DescribeFileSystemPolicy DescribeLifecycleConfiguration',
    ],
    update: [
      'elasticfilesystem:UpdateFileSystem DescribeFileSystems DescribeBackupPolicy DescribeFileSystemPolicy DescribeLifecycleConfiguration',
      'elasticfilesystem:PutBackupPolicy PutFileSystemPolicy DeleteFileSystemPolicy PutLifecycleConfiguration TagResource UntagResource DeleteTags ListTagsForResource',
      ...replication,
      given('ReplicationConfiguration', 'elasticfilesystem:DeleteReplicationConfiguration'),
      protection,
      firstFileSystem,
      given(
        'KmsKeyId ReplicationConfiguration.Destinations.*.KmsKeyId',
        'kms:DescribeKey GenerateDataKeyWithoutPlaintext CreateGrant',
        ownKey(
          'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html',
          'KmsKeyId',
          'ReplicationConfiguration.Destinations.*.KmsKeyId',
        ),
      ),
    ],
    delete: [
      'elasticfilesystem:DeleteFileSystem DescribeFileSystems',
      given(
        'ReplicationConfiguration',
        'elasticfilesystem:DeleteReplicationConfiguration DescribeReplicationConfigurations',
      ),
    ],
  }),
  needsOf('AWS::EFS::MountTarget', ['mount target', '탑재 대상'], null, {
    create: ['elasticfilesystem:CreateMountTarget DescribeMountTargets'],
    read: ['elasticfilesystem:DescribeMountTargets DescribeMountTargetSecurityGroups'],
    update: [
      'elasticfilesystem:DescribeMountTargets DescribeMountTargetSecurityGroups ModifyMountTargetSecurityGroups',
    ],
    delete: ['elasticfilesystem:DeleteMountTarget DescribeMountTargets'],
  }),
];
