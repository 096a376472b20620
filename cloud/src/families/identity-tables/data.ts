import { generatedName, suffix, uuid } from '../../allocate/identifier.ts';
import { arn, type Identify, lowerCaseName, secretArn, textOf } from '../contract/identity.ts';

/** Databases, secrets, parameters, buckets, keys, tables and caches. */
export const data: Readonly<Record<string, Identify>> = {
  'AWS::SecretsManager::Secret': (draft) => {
    const name = textOf(draft, 'Name') ?? `${draft.subject.logicalId}-${suffix(draft.subject, 'name', 12)}`;
    const id = secretArn(draft, name);
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SecretsManager::SecretTargetAttachment': (draft) => {
    const id = textOf(draft, 'SecretId') ?? '';
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SecretsManager::RotationSchedule': (draft) => {
    const id = textOf(draft, 'SecretId') ?? '';
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SecretsManager::ResourcePolicy': (draft) => {
    const id = textOf(draft, 'SecretId') ?? '';
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::SSM::Parameter': (draft) => ({
    physicalId: textOf(draft, 'Name') ?? `CFN-${draft.subject.logicalId}-${suffix(draft.subject, 'name', 12)}`,
    attributes: { Type: textOf(draft, 'Type') ?? 'String', Value: textOf(draft, 'Value') ?? '' },
  }),
  'AWS::S3::Bucket': (draft) => {
    const name = textOf(draft, 'BucketName') ?? generatedName(draft.subject).toLowerCase();
    const { region } = draft.subject;
    return {
      physicalId: name,
      attributes: {
        Arn: arn(draft, 's3', name, { region: false, account: false }),
        DomainName: `${name}.s3.${draft.urlSuffix}`,
        DualStackDomainName: `${name}.s3.dualstack.${region}.${draft.urlSuffix}`,
        RegionalDomainName: `${name}.s3.${region}.${draft.urlSuffix}`,
        WebsiteURL: `http://${name}.s3-website.${region}.${draft.urlSuffix}`,
      },
    };
  },
  'AWS::S3::BucketPolicy': (draft) => ({ physicalId: textOf(draft, 'Bucket') ?? '', attributes: {} }),
  'AWS::KMS::Key': (draft) => {
    const id = uuid(draft.subject, 'key');
    return { physicalId: id, attributes: { KeyId: id, Arn: arn(draft, 'kms', `key/${id}`) } };
  },
  'AWS::KMS::Alias': (draft) => ({ physicalId: textOf(draft, 'AliasName') ?? '', attributes: {} }),
  'AWS::DynamoDB::Table': (draft) => {
    const name = textOf(draft, 'TableName') ?? generatedName(draft.subject, 255);
    return {
      physicalId: name,
      attributes: {
        Arn: arn(draft, 'dynamodb', `table/${name}`),
        ...(draft.properties.StreamSpecification
          ? { StreamArn: arn(draft, 'dynamodb', `table/${name}/stream/2026-01-01T00:00:00.000`) }
          : {}),
      },
    };
  },
  'AWS::ElastiCache::SubnetGroup': lowerCaseName('CacheSubnetGroupName'),
  'AWS::Backup::BackupVault': (draft) => {
    const name = textOf(draft, 'BackupVaultName') ?? generatedName(draft.subject);
    return {
      physicalId: name,
      attributes: { BackupVaultName: name, BackupVaultArn: arn(draft, 'backup', `backup-vault:${name}`) },
    };
  },
};
