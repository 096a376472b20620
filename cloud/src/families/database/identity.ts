import { generatedName, hexadecimal, letters, regional, suffix, uuid } from '../../allocate/identifier.ts';
import { arn, type Draft, type Identify, lowerCaseName, textOf } from '../contract/identity.ts';
import { secretArn } from '../secret/secret-arn.ts';
import { portOf } from './database.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::RDS::DBInstance': (draft) => {
    const name = (textOf(draft, 'DBInstanceIdentifier') ?? generatedName(draft.subject)).toLowerCase();
    const managed = String(draft.properties.ManageMasterUserPassword) === 'true';
    return {
      physicalId: name,
      attributes: {
        'Endpoint.Address': `${name}.${accountDomain(draft)}.${draft.subject.region}.rds.${draft.urlSuffix}`,
        'Endpoint.Port': String(portOf(draft.properties)),
        'Endpoint.HostedZoneId': `Z${hexadecimal(regional(draft.subject), 'rds-zone', 13).toUpperCase()}`,
        DBInstanceArn: arn(draft, 'rds', `db:${name}`),
        DbiResourceId: `db-${suffix(draft.subject, 'resource', 26)}`,
        DBSystemId: '',
        'CertificateDetails.CAIdentifier': textOf(draft, 'CACertificateIdentifier') ?? 'rds-ca-rsa2048-g1',
        'CertificateDetails.ValidTill': '2061-05-25T00:00:00Z',
        ...(managed
          ? { 'MasterUserSecret.SecretArn': secretArn(draft, `rds!db-${uuid(draft.subject, 'secret')}`) }
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
        'Endpoint.Port': String(portOf(draft.properties)),
        'ReadEndpoint.Address': `${name}.cluster-ro-${domain}`,
        DBClusterArn: arn(draft, 'rds', `cluster:${name}`),
        DBClusterResourceId: `cluster-${suffix(draft.subject, 'resource', 26)}`,
        ...(managed
          ? { 'MasterUserSecret.SecretArn': secretArn(draft, `rds!cluster-${uuid(draft.subject, 'secret')}`) }
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
};

/** The part of an endpoint's name that all databases of an account and region share. */
function accountDomain(draft: Draft): string {
  return `c${letters(regional(draft.subject), 'rds', 11)}`;
}
