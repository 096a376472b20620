import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { type Charges, monthly } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::CloudWatch::Dashboard': (resource) => {
    const charge = monthly(
      resource,
      'monitoring',
      'dashboard, after first 3',
      'CloudWatch',
      words('dashboard', '대시보드'),
    );
    return [{ ...charge, tariff: { ...charge.tariff, allowance: allowances.dashboards } }];
  },
};
