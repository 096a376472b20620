import { given, needsOf, type TypeNeeds, tagged } from '@terrace/cloud/families/contract/need';
import { because, passesRole } from '@terrace/cloud/families/contract/reasons';

const logKey = because(
  'the log group is encrypted with your key, which CloudWatch Logs is bound to',
  '로그 그룹을 직접 만든 키로 암호화하도록 연결합니다',
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
);
const feedback = given(
  'DeliveryStatusLogging',
  'iam:PassRole GetRole',
  passesRole(
    'sns.amazonaws.com',
    'DeliveryStatusLogging.*.SuccessFeedbackRoleArn',
    'DeliveryStatusLogging.*.FailureFeedbackRoleArn',
  ),
);
const target = given(
  'RoleArn Targets.*.RoleArn',
  'iam:PassRole',
  passesRole('events.amazonaws.com', 'RoleArn', 'Targets.*.RoleArn'),
);
const trailRole = given(
  'CloudWatchLogsRoleArn',
  'iam:PassRole',
  passesRole('cloudtrail.amazonaws.com', 'CloudWatchLogsRoleArn'),
);

export const monitoringNeeds: readonly TypeNeeds[] = [
  needsOf('AWS::CloudWatch::Dashboard', ['dashboard', '대시보드'], 'cloudwatch/dashboard', {
    create: ['cloudwatch:PutDashboard GetDashboard', tagged('cloudwatch:TagResource')],
    read: ['cloudwatch:GetDashboard', tagged('cloudwatch:ListTagsForResource')],
    update: ['cloudwatch:PutDashboard TagResource UntagResource ListTagsForResource'],
    delete: ['cloudwatch:DeleteDashboards GetDashboard'],
  }),
  needsOf('AWS::SNS::Topic', ['topic', '주제'], 'sns/topic', {
    create: [
      'sns:CreateTopic GetTopicAttributes',
      given('Subscription', 'sns:Subscribe'),
      given('DataProtectionPolicy', 'sns:PutDataProtectionPolicy'),
      feedback,
      tagged('sns:TagResource'),
    ],
    read: [
      'sns:GetTopicAttributes ListTagsForResource ListSubscriptionsByTopic',
      given('DataProtectionPolicy', 'sns:GetDataProtectionPolicy'),
    ],
    update: [
      'sns:SetTopicAttributes GetTopicAttributes TagResource UntagResource ListTagsForResource ListSubscriptionsByTopic Subscribe Unsubscribe',
      given('DataProtectionPolicy', 'sns:GetDataProtectionPolicy PutDataProtectionPolicy'),
      feedback,
    ],
    delete: ['sns:DeleteTopic GetTopicAttributes'],
  }),
  needsOf('AWS::SNS::Subscription', ['subscription', '구독'], null, {
    create: [
      'sns:Subscribe',
      given('SubscriptionRoleArn', 'iam:PassRole', passesRole('sns.amazonaws.com', 'SubscriptionRoleArn')),
    ],
    read: ['sns:GetSubscriptionAttributes'],
    update: ['sns:SetSubscriptionAttributes GetSubscriptionAttributes'],
    delete: ['sns:Unsubscribe'],
  }),
  needsOf('AWS::SNS::TopicPolicy', ["topic's policy", '주제 정책'], null, {
    create: ['sns:SetTopicAttributes'],
    update: ['sns:SetTopicAttributes'],
    delete: ['sns:SetTopicAttributes'],
  }),
  needsOf('AWS::Logs::LogGroup', ['log group', '로그 그룹'], 'logs/log-group', {
    create: [
      'logs:CreateLogGroup DescribeLogGroups',
      given('RetentionInDays', 'logs:PutRetentionPolicy'),
      given('KmsKeyId', 'logs:AssociateKmsKey', logKey),
      given('DataProtectionPolicy', 'logs:PutDataProtectionPolicy GetDataProtectionPolicy CreateLogDelivery'),
      tagged('logs:TagResource TagLogGroup'),
    ],
    read: [
      'logs:DescribeLogGroups',
      tagged('logs:ListTagsLogGroup'),
      given('DataProtectionPolicy', 'logs:GetDataProtectionPolicy'),
    ],
    update: [
      'logs:DescribeLogGroups PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource TagLogGroup UntagLogGroup',
      given('KmsKeyId', 'logs:AssociateKmsKey DisassociateKmsKey', logKey),
      given(
        'DataProtectionPolicy',
        'logs:PutDataProtectionPolicy GetDataProtectionPolicy CreateLogDelivery firehose:TagDeliveryStream',
      ),
    ],
    delete: ['logs:DeleteLogGroup DescribeLogGroups', given('DataProtectionPolicy', 'logs:DeleteDataProtectionPolicy')],
  }),
  needsOf('AWS::Logs::LogStream', ['log stream', '로그 스트림'], null, {
    create: ['logs:CreateLogStream DescribeLogStreams'],
    read: ['logs:DescribeLogStreams'],
    delete: ['logs:DeleteLogStream'],
  }),
  needsOf('AWS::Logs::MetricFilter', ['metric filter', '지표 필터'], null, {
    create: ['logs:PutMetricFilter DescribeMetricFilters'],
    read: ['logs:DescribeMetricFilters'],
    update: ['logs:PutMetricFilter DescribeMetricFilters'],
    delete: ['logs:DeleteMetricFilter'],
  }),
  needsOf('AWS::Logs::SubscriptionFilter', ['subscription filter', '구독 필터'], null, {
    create: [
      'logs:PutSubscriptionFilter DescribeSubscriptionFilters',
      given('RoleArn', 'iam:PassRole', passesRole('logs.amazonaws.com', 'RoleArn')),
    ],
    read: ['logs:DescribeSubscriptionFilters'],
    update: ['logs:PutSubscriptionFilter DescribeSubscriptionFilters'],
    delete: ['logs:DeleteSubscriptionFilter'],
  }),
  needsOf('AWS::Events::Rule', ['event rule', '이벤트 규칙'], 'events/rule-on-default-event-bus', {
    create: ['events:PutRule DescribeRule', given('Targets', 'events:PutTargets'), target],
    read: ['events:DescribeRule', given('Targets', 'events:ListTargetsByRule'), target],
    update: ['events:PutRule DescribeRule', given('Targets', 'events:PutTargets RemoveTargets'), target],
    delete: ['events:DeleteRule DescribeRule', given('Targets', 'events:RemoveTargets ListTargetsByRule'), target],
  }),
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
