import { given, needsOf, type TypeNeeds, valued } from '../contract/need.ts';
import { passesRole, serviceLinkedRole } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html */
const scaledByAlarms = 'cloudwatch:PutMetricAlarm DescribeAlarms DeleteAlarms';

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const firstTarget = ['dynamodb', 'ec2', 'ecs', 'elasticache', 'lambda', 'rds'].map((service) =>
  valued(
    'ServiceNamespace',
    [service],
    'iam:CreateServiceLinkedRole',
    serviceLinkedRole(`${service}.application-autoscaling.amazonaws.com`),
  ),
);

const ofFunctions = valued(
  'ServiceNamespace',
  ['lambda'],
  'lambda:GetProvisionedConcurrencyConfig PutProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig',
);

const scheduled = given('ScheduledActions', 'application-autoscaling:PutScheduledAction DescribeScheduledActions');

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf(
    'AWS::ApplicationAutoScaling::ScalableTarget',
    ['scalable target', '조정 대상'],
    'application-autoscaling/ScalableTarget',
    {
      create: [
        'application-autoscaling:RegisterScalableTarget DescribeScalableTargets',
        given('RoleARN', 'iam:PassRole', passesRole('application-autoscaling.amazonaws.com', 'RoleARN')),
        scaledByAlarms,
        scheduled,
        ofFunctions,
        ...firstTarget,
      ],
      read: ['application-autoscaling:DescribeScalableTargets'],
      update: [
        'application-autoscaling:RegisterScalableTarget DescribeScalableTargets',
        scaledByAlarms,
        scheduled,
        given('ScheduledActions', 'application-autoscaling:DeleteScheduledAction'),
        ofFunctions,
      ],
      delete: ['application-autoscaling:DeregisterScalableTarget'],
    },
  ),
  needsOf('AWS::ApplicationAutoScaling::ScalingPolicy', ['scaling policy', '조정 정책'], null, {
    create: [
      'application-autoscaling:PutScalingPolicy DescribeScalingPolicies',
      given('PredictiveScalingPolicyConfiguration', 'cloudwatch:GetMetricData'),
    ],
    read: ['application-autoscaling:DescribeScalingPolicies'],
    update: [
      'application-autoscaling:PutScalingPolicy DescribeScalingPolicies',
      given('PredictiveScalingPolicyConfiguration', 'cloudwatch:GetMetricData'),
    ],
    delete: ['application-autoscaling:DeleteScalingPolicy', 'application-autoscaling:DescribeScalingPolicies'],
  }),
];
