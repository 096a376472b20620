import { generatedName, uuid } from '../../allocate/identifier.ts';
import { type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Budgets::Budget': (draft) => {
    const budget = draft.properties.Budget as { BudgetName?: string } | undefined;
    return { physicalId: budget?.BudgetName ?? generatedName(draft.subject, 100), attributes: {} };
  },
  'AWS::Budgets::BudgetsAction': (draft) => {
    const id = uuid(draft.subject, 'action');
    return { physicalId: `${id}|${textOf(draft, 'BudgetName') ?? ''}`, attributes: { ActionId: id } };
  },
};
