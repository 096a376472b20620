import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::SSM::Parameter', ['parameter', '파라미터'], 'ssm/parameter', {
    create: ['ssm:PutParameter GetParameters', tagged('ssm:AddTagsToResource')],
    read: ['ssm:GetParameters', tagged('ssm:ListTagsForResource')],
    update: ['ssm:PutParameter GetParameters AddTagsToResource RemoveTagsFromResource'],
    delete: ['ssm:DeleteParameter'],
  }),
];
