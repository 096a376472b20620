import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, listsLaunchChoices, pages, passesRole, serviceLinkedRole } from '../contract/reasons.ts';

const targets = because(
  'Auto Scaling looks at the target groups that the group joins',
  'Auto Scaling이 그룹이 속할 대상 그룹을 살펴봅니다',
  'https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html',
);

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html */
const launches = because(
  'Auto Scaling tries in your name whether the launch template can be launched',
  'Auto Scaling이 호출자 권한으로 시작 템플릿을 실행할 수 있는지 시험합니다',
  pages.launchTemplate,
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf(
    'AWS::AutoScaling::AutoScalingGroup',
    ['Auto Scaling group', 'Auto Scaling 그룹'],
    'autoscaling/autoScalingGroup',
    {
      create: [
        'autoscaling:CreateAutoScalingGroup UpdateAutoScalingGroup DescribeAutoScalingGroups DescribeScalingActivities',
        given(
          'LaunchTemplate MixedInstancesPolicy',
          'ec2:RunInstances DescribeLaunchTemplates DescribeLaunchTemplateVersions',
          launches,
        ),
        given('VPCZoneIdentifier', 'ec2:DescribeSubnets', launches),
        given('LaunchTemplate MixedInstancesPolicy', 'iam:PassRole', passesRole('ec2.amazonaws.com', 'LaunchTemplate')),
        given('TargetGroupARNs', 'elasticloadbalancing:DescribeTargetGroups', targets),
        given('MetricsCollection', 'autoscaling:EnableMetricsCollection'),
        given('NotificationConfigurations NotificationConfiguration', 'autoscaling:PutNotificationConfiguration'),
        given('TrafficSources', 'vpc-lattice:DeregisterTargets GetTargetGroup ListTargets RegisterTargets'),
        given('MixedInstancesPolicy.InstancesDistribution', 'ssm:GetParameters', launches),
        given('MaxSize', 'iam:CreateServiceLinkedRole', serviceLinkedRole('autoscaling.amazonaws.com')),
        given('AvailabilityZoneImpairmentPolicy', 'cloudwatch:PutMetricAlarm'),
        tagged('autoscaling:CreateOrUpdateTags'),
      ],
      read: ['autoscaling:DescribeAutoScalingGroups'],
      update: [
        'autoscaling:UpdateAutoScalingGroup DescribeAutoScalingGroups CreateOrUpdateTags DeleteTags',
        given(
          'LaunchTemplate MixedInstancesPolicy',
          'ec2:RunInstances DescribeLaunchTemplates DescribeLaunchTemplateVersions',
          launches,
        ),
        given('LaunchTemplate MixedInstancesPolicy', 'iam:PassRole', passesRole('ec2.amazonaws.com', 'LaunchTemplate')),
        given('TargetGroupARNs', 'elasticloadbalancing:DescribeTargetGroups', targets),
        given('TargetGroupARNs', 'autoscaling:AttachLoadBalancerTargetGroups DetachLoadBalancerTargetGroups'),
        given('LoadBalancerNames', 'autoscaling:AttachLoadBalancers DetachLoadBalancers'),
        given(
          'TrafficSources',
          'autoscaling:AttachTrafficSources DetachTrafficSources vpc-lattice:DeregisterTargets GetTargetGroup ListTargets RegisterTargets',
        ),
        given('MetricsCollection', 'autoscaling:EnableMetricsCollection DisableMetricsCollection'),
        given(
          'NotificationConfigurations NotificationConfiguration',
          'autoscaling:PutNotificationConfiguration DeleteNotificationConfiguration',
        ),
        given('LifecycleHookSpecificationList', 'autoscaling:PutLifecycleHook DeleteLifecycleHook'),
        given('MixedInstancesPolicy.InstancesDistribution', 'ssm:GetParameters', launches),
        given('MaxSize', 'iam:CreateServiceLinkedRole', serviceLinkedRole('autoscaling.amazonaws.com')),
        given('AvailabilityZoneImpairmentPolicy', 'cloudwatch:PutMetricAlarm'),
      ],
      delete: ['autoscaling:DeleteAutoScalingGroup UpdateAutoScalingGroup DescribeAutoScalingGroups'],
      console: [
        {
          ...given('MaxSize', 'ec2:DescribeVpcs DescribeAvailabilityZones DescribeInstanceTypes'),
          reason: listsLaunchChoices,
        },
      ],
    },
  ),
  needsOf(
    'AWS::AutoScaling::LaunchConfiguration',
    ['launch configuration', '시작 구성'],
    'autoscaling/launchConfiguration',
    {
      create: [
        'autoscaling:CreateLaunchConfiguration DescribeLaunchConfigurations',
        given(
          'IamInstanceProfile',
          'iam:PassRole',
          passesRole('ec2.amazonaws.com', 'IamInstanceProfile', 'LaunchTemplate'),
        ),
      ],
      read: ['autoscaling:DescribeLaunchConfigurations'],
      delete: ['autoscaling:DeleteLaunchConfiguration DescribeLaunchConfigurations'],
    },
  ),
  needsOf('AWS::AutoScaling::ScalingPolicy', ['scaling policy', '조정 정책'], null, {
    create: [
      'autoscaling:PutScalingPolicy DescribePolicies',
      given('PredictiveScalingConfiguration', 'cloudwatch:GetMetricData'),
    ],
    read: ['autoscaling:DescribePolicies'],
    update: [
      'autoscaling:PutScalingPolicy DescribePolicies',
      given('PredictiveScalingConfiguration', 'cloudwatch:GetMetricData'),
    ],
    delete: ['autoscaling:DeletePolicy DescribePolicies'],
  }),
  needsOf('AWS::AutoScaling::ScheduledAction', ['scheduled action', '예약된 작업'], null, {
    create: ['autoscaling:PutScheduledUpdateGroupAction DescribeScheduledActions'],
    read: ['autoscaling:DescribeScheduledActions'],
    update: ['autoscaling:PutScheduledUpdateGroupAction'],
    delete: ['autoscaling:DeleteScheduledAction DescribeScheduledActions'],
  }),
  needsOf('AWS::AutoScaling::LifecycleHook', ['lifecycle hook', '수명 주기 후크'], null, {
    create: [
      'autoscaling:PutLifecycleHook DescribeLifecycleHooks',
      given('RoleARN', 'iam:PassRole', passesRole('autoscaling.amazonaws.com', 'RoleARN')),
    ],
    read: ['autoscaling:DescribeLifecycleHooks'],
    update: [
      'autoscaling:PutLifecycleHook DescribeLifecycleHooks',
      given('RoleARN', 'iam:PassRole', passesRole('autoscaling.amazonaws.com', 'RoleARN')),
    ],
    delete: ['autoscaling:DeleteLifecycleHook DescribeLifecycleHooks'],
  }),
  needsOf('AWS::AutoScaling::WarmPool', ['warm pool', '웜 풀'], null, {
    create: ['autoscaling:PutWarmPool DescribeWarmPool DescribeAutoScalingGroups'],
    read: ['autoscaling:DescribeWarmPool'],
    update: ['autoscaling:PutWarmPool DescribeWarmPool DescribeAutoScalingGroups'],
    delete: ['autoscaling:DeleteWarmPool DescribeWarmPool'],
  }),
];
