import { given, needsOf, type TypeNeeds } from '../contract/need.ts';
import { ownKey } from '../contract/reasons.ts';

const vaultKey = ownKey('https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html', 'EncryptionKeyArn');

export const permissions: readonly TypeNeeds[] = [
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
