import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::CloudWatch::Dashboard', ['dashboard', '대시보드'], 'cloudwatch/dashboard', {
    create: ['cloudwatch:PutDashboard GetDashboard', tagged('cloudwatch:TagResource')],
    read: ['cloudwatch:GetDashboard', tagged('cloudwatch:ListTagsForResource')],
    update: ['cloudwatch:PutDashboard TagResource UntagResource ListTagsForResource'],
    delete: ['cloudwatch:DeleteDashboards GetDashboard'],
  }),
];
