import { words } from '../../words.ts';
import { modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Budgets::Budget': modelled(
    words('Compared with the price by terrace budget.', 'terrace budget이 요금과 비교합니다.'),
  ),
  'AWS::Budgets::BudgetsAction': modelled(words('Explained by terrace budget.', 'terrace budget이 설명합니다.')),
};
