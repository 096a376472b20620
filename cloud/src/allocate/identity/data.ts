import { generatedName, hexadecimal, letters, regional, suffix, uuid } from '../identifier.ts';
import { arn, type Draft, type Identify, textOf } from '../identity.ts';

/** Databases, secrets, parameters, buckets, keys, tables and caches. */
export const data: Readonly<Record<string, Identify>> = {
  'AWS::RDS::DBInstance': (draft) => {
    const name = (textOf(draft, 'DBInstanceIdentifier') ?? generatedName(draft.subject)).toLowerCase();
    const managed = String(draft.properties.ManageMasterUserPassword) === 'true';
    return {
      physicalId: name,
      attributes: {
        'Endpoint.Address': `${name}.${accountDomain(draft)}.${draft.subject.region}.rds.${draft.urlSuffix}`,
        'Endpoint.Port': textOf(draft, 'Port') ?? defaultPort(textOf(draft, 'Engine') ?? ''),
        'Endpoint.HostedZoneId': `Z${hexadecimal(regional(draft.subject), 'rds-zone', 13).toUpperCase()}`,
        DBInstanceArn: arn(draft, 'rds', `db:${name}`),
        DbiResourceId: `db-${suffix(draft.subject, 'resource', 26)}`,
        DBSystemId: '',
        'CertificateDetails.CAIdentifier': textOf(draft, 'CACertificateIdentifier') ?? 'rds-ca-rsa2048-g1',
        'CertificateDetails.ValidTill': '2061-05-25T00:00:00Z',
        ...(managed
          ? { 'MasterUserSecret.SecretArn': managedSecret(draft, `rds!db-${uuid(draft.subject, 'secret')}`) }
          : {}),
      },
    };
  },
  'AWS::RDS::DBCluster': (draft) => {
    const name = (textOf(draft, 'DBClusterIdentifier') ?? generatedName(draft.subject)).toLowerCase();
    const domain = `${accountDomain(draft)}.${draft.subject.region}.rds.${draft.urlSuffix}`;
    const managed = String(draft.properties.ManageMasterUserPassword) === 'true';
    return {
      physicalId: name,
      attributes: {
        'Endpoint.Address': `${name}.cluster-${domain}`,
        'Endpoint.Port': textOf(draft, 'Port') ?? defaultPort(textOf(draft, 'Engine') ?? ''),
        'ReadEndpoint.Address': `${name}.cluster-ro-${domain}`,
        DBClusterArn: arn(draft, 'rds', `cluster:${name}`),
        DBClusterResourceId: `cluster-${suffix(draft.subject, 'resource', 26)}`,
        ...(managed
          ? { 'MasterUserSecret.SecretArn': managedSecret(draft, `rds!cluster-${uuid(draft.subject, 'secret')}`) }
          : {}),
      },
    };
  },
  'AWS::RDS::DBSubnetGroup': lowerCaseName('DBSubnetGroupName'),
  'AWS::RDS::DBParameterGroup': lowerCaseName('DBParameterGroupName', (draft, name) => ({
    DBParameterGroupName: name,
    Arn: arn(draft, 'rds', `pg:${name}`),
  })),
  'AWS::RDS::DBClusterParameterGroup': lowerCaseName('DBClusterParameterGroupName'),
  'AWS::RDS::OptionGroup': lowerCaseName('OptionGroupName'),
  'AWS::SecretsManager::Secret': (draft) => {
    const name = textOf(draft, 'Name') ?? `${draft.subject.logicalId}-${suffix(draft.subject, 'name', 12)}`;
    const id = managedSecret(draft, name);
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

/** The part of an endpoint's name that all databases of an account and region share. */
function accountDomain(draft: Draft): string {
  return `c${letters(regional(draft.subject), 'rds', 11)}`;
}

/** Port of an engine where none is stated. */
function defaultPort(engine: string): string {
  if (engine.includes('postgres')) return '5432';
  if (engine.startsWith('oracle') || engine.startsWith('custom-oracle')) return '1521';
  if (engine.startsWith('sqlserver') || engine.startsWith('custom-sqlserver')) return '1433';
  return engine.startsWith('db2') ? '50000' : '3306';
}

function managedSecret(draft: Draft, name: string): string {
  return arn(draft, 'secretsmanager', `secret:${name}-${letters(draft.subject, 'secret', 6)}`);
}

function lowerCaseName(
  property: string,
  attributes: (draft: Draft, name: string) => Record<string, string> = () => ({}),
): Identify {
  return (draft) => {
    const name = (textOf(draft, property) ?? generatedName(draft.subject, 255)).toLowerCase();
    return { physicalId: name, attributes: attributes(draft, name) };
  };
}
