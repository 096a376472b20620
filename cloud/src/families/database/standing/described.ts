import { object, objects, text } from '../../../property.ts';
import { type Descriptions, renamed, tagsOf } from '../../contract/described.ts';

export const described: Descriptions = {
  /** https://docs.aws.amazon.com/cli/latest/reference/rds/describe-db-instances.html */
  DBInstances: (database) => {
    const id = text(database, 'DBInstanceIdentifier');
    if (id === undefined) return [];
    const group = object(database, 'DBSubnetGroup');
    const endpoint = object(database, 'Endpoint');
    return [
      {
        id,
        ...accountIn(text(database, 'DBInstanceArn')),
        resources: [
          {
            type: 'AWS::RDS::DBInstance',
            id,
            properties: {
              ...renamed(database, {
                DBInstanceIdentifier: 'DBInstanceIdentifier',
                DBInstanceClass: 'DBInstanceClass',
                Engine: 'Engine',
                EngineVersion: 'EngineVersion',
                AvailabilityZone: 'AvailabilityZone',
                MultiAZ: 'MultiAZ',
                PubliclyAccessible: 'PubliclyAccessible',
                DBClusterIdentifier: 'DBClusterIdentifier',
              }),
              ...renamed(group, { DBSubnetGroupName: 'DBSubnetGroupName', VpcId: 'VpcId' }),
              VPCSecurityGroups: objects(database, 'VpcSecurityGroups').flatMap(
                (each) => text(each, 'VpcSecurityGroupId') ?? [],
              ),
              SubnetIds: subnetsIn(group),
            },
            attributes: {
              ...renamed(endpoint, { 'Endpoint.Address': 'Address', 'Endpoint.Port': 'Port' }),
              ...renamed(database, { DBInstanceArn: 'DBInstanceArn' }),
            },
            tags: tagsOf(database),
            isServer: true,
          },
        ],
      },
    ];
  },
  /** https://docs.aws.amazon.com/cli/latest/reference/rds/describe-db-subnet-groups.html */
  DBSubnetGroups: (group) => {
    const id = text(group, 'DBSubnetGroupName');
    if (id === undefined) return [];
    return [
      {
        id,
        ...accountIn(text(group, 'DBSubnetGroupArn')),
        resources: [
          {
            type: 'AWS::RDS::DBSubnetGroup',
            id,
            properties: {
              DBSubnetGroupName: id,
              ...renamed(group, { DBSubnetGroupDescription: 'DBSubnetGroupDescription', VpcId: 'VpcId' }),
              SubnetIds: subnetsIn(group),
            },
            tags: tagsOf(group),
          },
        ],
      },
    ];
  },
};

function subnetsIn(group: Parameters<typeof objects>[0]): string[] {
  return objects(group, 'Subnets').flatMap((each) => text(each, 'SubnetIdentifier') ?? []);
}

function accountIn(arn: string | undefined): { readonly account?: string } {
  return arn === undefined ? {} : { account: arn.split(':')[4]! };
}
