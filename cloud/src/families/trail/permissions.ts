import { given, needsOf, type TypeNeeds, tagged, valued } from '../contract/need.ts';
import { because, passesRole, serviceLinkedRole } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html */
const organization = [
  valued(
    'IsOrganizationTrail',
    [true],
    'organizations:DescribeOrganization ListAWSServiceAccessForOrganization',
    because(
      'the trail is of the whole organization',
      '조직 전체에 적용되는 추적입니다',
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html',
    ),
  ),
  valued('IsOrganizationTrail', [true], 'iam:CreateServiceLinkedRole', serviceLinkedRole('cloudtrail.amazonaws.com')),
];
const extras = [
  given('InsightSelectors', 'cloudtrail:PutInsightSelectors'),
  given('AggregationConfigurations', 'cloudtrail:PutEventConfiguration'),
  given('CloudWatchLogsRoleArn', 'iam:GetRole'),
];

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
      ...extras,
      ...organization,
    ],
    read: ['cloudtrail:DescribeTrails GetTrailStatus GetEventSelectors ListTags'],
    update: [
      'cloudtrail:UpdateTrail StartLogging StopLogging DescribeTrails PutEventSelectors AddTags RemoveTags',
      trailRole,
      'cloudtrail:GetTrail',
      ...extras,
      ...organization,
    ],
    delete: ['cloudtrail:DeleteTrail'],
  }),
];
