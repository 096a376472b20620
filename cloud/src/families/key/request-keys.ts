import { type KeysOf, stated } from '../contract/request-keys.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  /** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
  'AWS::KMS::Key': ({ resource: { properties } }) => {
    const isMultiRegion = stated(properties.MultiRegion) === 'true';
    return {
      'kms:ViaService': undefined,
      'kms:KeySpec': stated(properties.KeySpec) ?? 'SYMMETRIC_DEFAULT',
      'kms:KeyUsage': stated(properties.KeyUsage) ?? 'ENCRYPT_DECRYPT',
      'kms:KeyOrigin': stated(properties.Origin) ?? 'AWS_KMS',
      'kms:MultiRegion': String(isMultiRegion),
      'kms:MultiRegionKeyType': isMultiRegion ? 'PRIMARY' : undefined,
      'kms:BypassPolicyLockoutSafetyCheck': stated(properties.BypassPolicyLockoutSafetyCheck) ?? 'false',
      'kms:RotationPeriodInDays': stated(properties.RotationPeriodInDays),
    };
  },
  'AWS::KMS::Alias': ({ resource: { properties } }) => ({
    'kms:ViaService': undefined,
    'kms:RequestAlias': stated(properties.AliasName),
  }),
};
