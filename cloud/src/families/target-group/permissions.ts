import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { looksAtNetwork } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf(
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    ['target group', '대상 그룹'],
    'elasticloadbalancing/targetgroup',
    {
      create: [
        'elasticloadbalancing:CreateTargetGroup DescribeTargetGroups',
        given('VpcId', 'ec2:DescribeVpcs', looksAtNetwork),
        given('Targets', 'elasticloadbalancing:RegisterTargets DescribeTargetHealth'),
        given('TargetGroupAttributes', 'elasticloadbalancing:ModifyTargetGroupAttributes'),
        tagged('elasticloadbalancing:AddTags'),
      ],
      read: [
        'elasticloadbalancing:DescribeTargetGroups DescribeTargetGroupAttributes DescribeTargetHealth',
        tagged('elasticloadbalancing:DescribeTags'),
      ],
      update: [
        'elasticloadbalancing:ModifyTargetGroup ModifyTargetGroupAttributes DescribeTargetGroups AddTags RemoveTags',
        given('VpcId', 'ec2:DescribeVpcs', looksAtNetwork),
        given('Targets', 'elasticloadbalancing:RegisterTargets DeregisterTargets DescribeTargetHealth'),
      ],
      delete: ['elasticloadbalancing:DeleteTargetGroup DescribeTargetGroups'],
    },
  ),
];
