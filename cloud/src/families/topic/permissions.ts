import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

const feedback = given(
  'DeliveryStatusLogging',
  'iam:PassRole GetRole',
  passesRole(
    'sns.amazonaws.com',
    'DeliveryStatusLogging.*.SuccessFeedbackRoleArn',
    'DeliveryStatusLogging.*.FailureFeedbackRoleArn',
  ),
);

export const permissions: readonly TypeNeeds[] = [
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
      'sns:GetTopicAttributes GetSubscriptionAttributes',
      given('SubscriptionRoleArn', 'iam:GetRole'),
    ],
    read: ['sns:GetSubscriptionAttributes'],
    update: [
      'sns:SetSubscriptionAttributes GetSubscriptionAttributes',
      'sns:GetTopicAttributes',
      given('SubscriptionRoleArn', 'iam:PassRole GetRole', passesRole('sns.amazonaws.com', 'SubscriptionRoleArn')),
    ],
    delete: ['sns:Unsubscribe', 'sns:GetSubscriptionAttributes GetTopicAttributes'],
  }),
  needsOf('AWS::SNS::TopicPolicy', ["topic's policy", '주제 정책'], null, {
    create: ['sns:SetTopicAttributes'],
    update: ['sns:SetTopicAttributes'],
    delete: ['sns:SetTopicAttributes'],
  }),
];
