import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::KMS::Key', ['KMS key', 'KMS 키'], 'kms/key', {
    create: [
      'kms:CreateKey PutKeyPolicy',
      given('EnableKeyRotation', 'kms:EnableKeyRotation'),
      { ...given('Enabled', 'kms:DisableKey'), when: (properties) => properties.Enabled === false },
      tagged('kms:TagResource'),
    ],
    read: ['kms:DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags'],
    update: [
      'kms:DescribeKey PutKeyPolicy EnableKey DisableKey EnableKeyRotation DisableKeyRotation UpdateKeyDescription TagResource UntagResource ListResourceTags',
    ],
    delete: ['kms:ScheduleKeyDeletion DescribeKey'],
  }),
  needsOf('AWS::KMS::Alias', ['key alias', '키 별칭'], 'kms/alias', {
    create: ['kms:CreateAlias'],
    read: ['kms:ListAliases'],
    update: ['kms:UpdateAlias'],
    delete: ['kms:DeleteAlias'],
  }),
];
