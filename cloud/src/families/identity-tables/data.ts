import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, lowerCaseName, textOf } from '../contract/identity.ts';

/** Databases, secrets, parameters, buckets, keys, tables and caches. */
export const data: Readonly<Record<string, Identify>> = {
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
