import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Route53::HealthCheck', ['health check', '상태 확인'], 'route53/healthcheck', {
    create: [
      'route53:CreateHealthCheck',
      given('HealthCheckConfig.AlarmIdentifier', 'cloudwatch:DescribeAlarms'),
      given('HealthCheckConfig.RoutingControlArn', 'route53-recovery-control-config:DescribeRoutingControl'),
      tagged('route53:ChangeTagsForResource'),
    ],
    read: ['route53:GetHealthCheck', tagged('route53:ListTagsForResource')],
    update: [
      'route53:UpdateHealthCheck ChangeTagsForResource ListTagsForResource',
      given('HealthCheckConfig.AlarmIdentifier', 'cloudwatch:DescribeAlarms'),
    ],
    delete: ['route53:DeleteHealthCheck'],
  }),
];
