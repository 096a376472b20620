import { gateway, groupOf, instance, plain, ref, subnet, table, template } from '../connectivity-templates.ts';
import { cases, type FlowCase, fails, passes, there, two } from './case.ts';

export const database: readonly FlowCase[] = [
  ...cases(
    ': rds-endpoint-address',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    template(
      ...two,
      gateway('Other'),
      subnet('E', 'Other', '10.9.4.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
      instance('Client', 'A', ['Open']),
      plain('Subnets', 'RDS::DBSubnetGroup', {
        DBSubnetGroupDescription: 'two zones',
        SubnetIds: [ref('D'), ref('E')],
      }),
      plain('Server', 'RDS::DBInstance', {
        Engine: 'postgres',
        DBInstanceClass: 'db.t4g.micro',
        AllocatedStorage: '20',
        MasterUsername: 'master',
        MasterUserPassword: 'not-a-real-one',
        DBSubnetGroupName: ref('Subnets'),
        PubliclyAccessible: false,
        VPCSecurityGroups: [groupOf('OtherOpen')],
      }),
      there,
      table(
        'Back',
        'Other',
        ['D', 'E'],
        ['10.20.0.0/16 VpcPeeringConnectionId Peering', '0.0.0.0/0 GatewayId OtherGateway'],
      ),
    ),
    { port: 5432, ...passes },
    { from: 'internet', port: 5432, ...fails },
  ),
];
