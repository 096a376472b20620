import { given, needsOf, type TypeNeeds, tagged, valued } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::DynamoDB::Table', ['table', '테이블'], 'dynamodb/table', {
    create: [
      'dynamodb:CreateTable DescribeTable',
      valued(
        'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
        [true],
        'dynamodb:UpdateContinuousBackups DescribeContinuousBackups',
      ),
      given('TimeToLiveSpecification', 'dynamodb:UpdateTimeToLive DescribeTimeToLive'),
      tagged('dynamodb:TagResource ListTagsOfResource'),
    ],
    read: ['dynamodb:DescribeTable DescribeContinuousBackups DescribeTimeToLive ListTagsOfResource'],
    update: ['dynamodb:UpdateTable DescribeTable UpdateContinuousBackups UpdateTimeToLive TagResource UntagResource'],
    delete: ['dynamodb:DeleteTable DescribeTable'],
  }),
];
