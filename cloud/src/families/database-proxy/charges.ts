import { words } from '../../words.ts';
import { type Charges, free, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::RDS::DBProxy': (resource) => [
    {
      resource: resource.key,
      heading: 'database',
      what: words('RDS Proxy, 2 vCPU at least', 'RDS Proxy, 최소 2 vCPU'),
      tariff: tariff('RDS Proxy', 'RDS Proxy, per vCPU of the database instance'),
      quantity: 2,
      basis: 'hourly',
      ends: 'dismantled',
    },
  ],
  'AWS::RDS::DBProxyTargetGroup': free,
};
