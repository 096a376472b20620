import { needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::CloudWatch::Alarm', ['alarm', '경보'], 'cloudwatch/alarm', {
    create: ['cloudwatch:PutMetricAlarm DescribeAlarms', tagged('cloudwatch:TagResource')],
    read: ['cloudwatch:DescribeAlarms', tagged('cloudwatch:ListTagsForResource')],
    update: ['cloudwatch:PutMetricAlarm DescribeAlarms TagResource UntagResource'],
    delete: ['cloudwatch:DeleteAlarms DescribeAlarms'],
  }),
  needsOf('AWS::CloudWatch::CompositeAlarm', ['composite alarm', '복합 경보'], 'cloudwatch/alarm', {
    create: ['cloudwatch:PutCompositeAlarm DescribeAlarms', tagged('cloudwatch:TagResource')],
    read: ['cloudwatch:DescribeAlarms'],
    update: ['cloudwatch:PutCompositeAlarm DescribeAlarms', 'cloudwatch:TagResource UntagResource'],
    delete: ['cloudwatch:DeleteAlarms DescribeAlarms'],
  }),
];
