import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

const trailRole = given(
  'CloudWatchLogsRoleArn',
  'iam:PassRole',
  passesRole('cloudtrail.amazonaws.com', 'CloudWatchLogsRoleArn'),
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::CloudTrail::Trail', ['trail', '추적'], 'cloudtrail/trail', {
    create: [
      'cloudtrail:CreateTrail StartLogging DescribeTrails',
      given('EventSelectors', 'cloudtrail:PutEventSelectors'),
      trailRole,
      tagged('cloudtrail:AddTags'),
    ],
    read: ['cloudtrail:DescribeTrails GetTrailStatus GetEventSelectors ListTags'],
    update: [
      'cloudtrail:UpdateTrail StartLogging StopLogging DescribeTrails PutEventSelectors AddTags RemoveTags',
      trailRole,
    ],
    delete: ['cloudtrail:DeleteTrail'],
  }),
];
