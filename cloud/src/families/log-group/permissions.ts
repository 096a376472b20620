import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, passesRole } from '../contract/reasons.ts';

const logKey = because(
  'the log group is encrypted with your key, which CloudWatch Logs is bound to',
  '로그 그룹을 직접 만든 키로 암호화하도록 연결합니다',
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
);

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Logs::LogGroup', ['log group', '로그 그룹'], 'logs/log-group', {
    create: [
      'logs:CreateLogGroup DescribeLogGroups',
      given('RetentionInDays', 'logs:PutRetentionPolicy'),
      given('KmsKeyId', 'logs:AssociateKmsKey', logKey),
      given('DataProtectionPolicy', 'logs:PutDataProtectionPolicy GetDataProtectionPolicy CreateLogDelivery'),
      tagged('logs:TagResource TagLogGroup'),
      given('DataProtectionPolicy', 'firehose:TagDeliveryStream'),
      given('ResourcePolicyDocument', 'logs:PutResourcePolicy DescribeResourcePolicies'),
      given('FieldIndexPolicies', 'logs:PutIndexPolicy DescribeIndexPolicies'),
      given('BearerTokenAuthenticationEnabled', 'logs:PutBearerTokenAuthentication'),
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
      'logs:ListTagsForResource',
      given('ResourcePolicyDocument', 'logs:PutResourcePolicy DescribeResourcePolicies DeleteResourcePolicy'),
      given('FieldIndexPolicies', 'logs:PutIndexPolicy DeleteIndexPolicy'),
      given('BearerTokenAuthenticationEnabled', 'logs:PutBearerTokenAuthentication'),
      given('DeletionProtectionEnabled', 'logs:PutLogGroupDeletionProtection'),
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
    update: [
      'logs:PutSubscriptionFilter DescribeSubscriptionFilters',
      given('RoleArn', 'iam:PassRole', passesRole('logs.amazonaws.com', 'RoleArn')),
    ],
    delete: ['logs:DeleteSubscriptionFilter'],
  }),
];
