import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { type Charges, monthly, tariff } from '../contract/charge.ts';

export const charges: Charges = {
  /** Watching and telling is free; acting costs by the budget and day: https://aws.amazon.com/aws-cost-management/aws-budgets/pricing/ */
  'AWS::Budgets::Budget': (resource) => [
    {
      ...monthly(
        resource,
        'budgets',
        'budget with notifications (monitoring only)',
        'AWS Budgets',
        words('budget with notifications', '알림 예산'),
      ),
      quantity: 1 / 24,
      basis: 'hourly',
    },
  ],
  'AWS::Budgets::BudgetsAction': (resource, reading) => {
    const name = resource.properties.BudgetName;
    const first = reading.ofType('AWS::Budgets::BudgetsAction').find((each) => each.properties.BudgetName === name);
    if (first?.key !== resource.key) return [];
    return [
      {
        ...monthly(
          resource,
          'budgets',
          'action-enabled budget, after first 2',
          'AWS Budgets',
          words('budget that acts', '조치가 있는 예산'),
        ),
        tariff: {
          ...tariff('AWS Budgets', 'action-enabled budget, after first 2'),
          allowance: allowances.budgetActions,
        },
        quantity: 1 / 24,
        basis: 'hourly',
      },
    ];
  },
};
