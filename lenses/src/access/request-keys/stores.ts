import { type KeysOf, stated, texts } from './request-keys.ts';

/** Keys of KMS, S3, Secrets Manager, SNS and Route 53. */
export const keysOfStores: Readonly<Record<string, KeysOf>> = {
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
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/list_amazons3.html */
  'AWS::S3::Bucket': ({ inventory, resource: { properties } }) => ({
    's3:locationconstraint': inventory.region === 'us-east-1' ? undefined : inventory.region,
    's3:x-amz-acl': acl(stated(properties.AccessControl)),
    's3:ResourceAccount': inventory.account,
    's3:x-amz-bucket-namespace': undefined,
  }),
  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
  'AWS::SecretsManager::Secret': ({ resource: { properties, physicalId } }) => ({
    'secretsmanager:Name':
      stated(properties.Name) ?? physicalId.replace(/^.*:secret:/, '').replace(/-[A-Za-z0-9]{6}$/, ''),
    'secretsmanager:Description': stated(properties.Description),
    'secretsmanager:KmsKeyId': stated(properties.KmsKeyId),
    'secretsmanager:KmsKeyArn': stated(properties.KmsKeyId)?.startsWith('arn:')
      ? stated(properties.KmsKeyId)
      : undefined,
  }),
  /** https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html */
  'AWS::SNS::Subscription': ({ resource: { properties } }) => ({
    'sns:Protocol': stated(properties.Protocol),
    'sns:Endpoint': stated(properties.Endpoint),
  }),
  'AWS::SNS::Topic': ({ resource: { properties } }) =>
    subscriptions(properties.Subscription).map((each) => ({
      'sns:Protocol': stated(each.Protocol),
      'sns:Endpoint': stated(each.Endpoint),
    })),
  /** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html */
  'AWS::Route53::RecordSet': ({ resource: { properties } }) => ({
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': [normalized(stated(properties.Name) ?? '')],
    'route53:ChangeResourceRecordSetsRecordTypes': [stated(properties.Type) ?? ''],
  }),
  'AWS::Logs::LogGroup': () => ({ 'logs:LogGeneratingResourceArns': undefined }),
  'AWS::Route53::HostedZone': ({ resource: { properties } }) =>
    texts(properties.VPCs).length === 0 && properties.VPCs === undefined ? { 'route53:VPCs': undefined } : {},
};

/** `PublicRead` of a template is `public-read` of a request. */
function acl(written: string | undefined): string | undefined {
  return written?.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}

/** In lower case, without the last dot, other characters escaped as `\\ooo`, which a template's names rarely have. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function subscriptions(value: unknown): readonly Record<string, string | undefined>[] {
  return Array.isArray(value) ? value : [];
}
