import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { ownKey } from '../contract/reasons.ts';

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
];
