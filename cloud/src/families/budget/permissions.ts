import { given, needsOf, type TypeNeeds } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

const actionRole = given('ExecutionRoleArn', 'iam:PassRole', passesRole('budgets.amazonaws.com', 'ExecutionRoleArn'));

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Budgets::Budget', ['budget', '예산'], 'budgets/budget', {
    create: ['budgets:ModifyBudget ViewBudget', given('ResourceTags', 'budgets:TagResource')],
    read: ['budgets:ViewBudget'],
    update: ['budgets:ModifyBudget ViewBudget'],
    delete: ['budgets:ModifyBudget'],
  }),
  needsOf('AWS::Budgets::BudgetsAction', ['budget action', '예산 작업'], 'budgets/budgetAction', {
    create: ['budgets:CreateBudgetAction', actionRole, given('ResourceTags', 'budgets:TagResource')],
    read: ['budgets:DescribeBudgetAction'],
    update: ['budgets:UpdateBudgetAction', actionRole, 'budgets:TagResource UntagResource ListTagsForResource'],
    delete: ['budgets:DeleteBudgetAction'],
  }),
];
