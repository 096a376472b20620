import { given, needsOf, type TypeNeeds, tagged, valued } from '@terrace/cloud/families/contract/need';
import { because, pages, serviceLinkedRole } from '@terrace/cloud/families/contract/reasons';

const choices = because(
  'the console lists VPCs, subnets and security groups to choose from',
  '콘솔이 선택할 VPC, 서브넷, 보안 그룹 목록을 보여 줍니다',
  pages.vpcConsole,
);
const looksAtNetwork = because(
  'Elastic Load Balancing looks at the network in your name before it places a load balancer there',
  'Elastic Load Balancing이 로드 밸런서를 배치하기 전에 호출자 권한으로 네트워크를 살펴봅니다',
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html',
);
const cognito = because(
  'the listener signs users in with Cognito',
  '리스너가 Cognito로 사용자를 로그인시킵니다',
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html',
);
const logs = 'LoadBalancerAttributes';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html */
export const balancingNeeds: readonly TypeNeeds[] = [
  needsOf(
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ['load balancer', '로드 밸런서'],
    'elasticloadbalancing/loadbalancer/app/',
    {
      create: [
        'elasticloadbalancing:CreateLoadBalancer DescribeLoadBalancers',
        given(logs, 'elasticloadbalancing:ModifyLoadBalancerAttributes'),
        given('Ipv4IpamPoolId', 'ec2:DescribeIpamPools', looksAtNetwork),
        {
          ...given('Subnets SubnetMappings', 'iam:CreateServiceLinkedRole'),
          reason: serviceLinkedRole('elasticloadbalancing.amazonaws.com'),
        },
        tagged('elasticloadbalancing:AddTags'),
        given('MinimumLoadBalancerCapacity', 'elasticloadbalancing:ModifyCapacityReservation'),
        given('EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic', 'elasticloadbalancing:SetSecurityGroups'),
      ],
      read: [
        'elasticloadbalancing:DescribeLoadBalancers DescribeLoadBalancerAttributes',
        given('MinimumLoadBalancerCapacity', 'elasticloadbalancing:DescribeCapacityReservation'),
        tagged('elasticloadbalancing:DescribeTags'),
      ],
      update: [
        'elasticloadbalancing:ModifyLoadBalancerAttributes SetSubnets SetSecurityGroups SetIpAddressType AddTags RemoveTags',
        given('MinimumLoadBalancerCapacity', 'elasticloadbalancing:ModifyCapacityReservation'),
        given('Ipv4IpamPoolId', 'elasticloadbalancing:ModifyIpPools'),
      ],
      delete: ['elasticloadbalancing:DeleteLoadBalancer DescribeLoadBalancers'],
      console: [
        {
          ...given(
            'Subnets SubnetMappings',
            'ec2:DescribeVpcs DescribeSubnets DescribeSecurityGroups DescribeAccountAttributes DescribeAddresses DescribeInternetGateways',
          ),
          reason: choices,
        },
      ],
    },
  ),
  needsOf('AWS::ElasticLoadBalancingV2::Listener', ['listener', '리스너'], 'elasticloadbalancing/listener/app', {
    create: [
      'elasticloadbalancing:CreateListener DescribeListeners',
      given('ListenerAttributes', 'elasticloadbalancing:ModifyListenerAttributes'),
      valued('DefaultActions.*.Type', ['authenticate-cognito'], 'cognito-idp:DescribeUserPoolClient', cognito),
      tagged('elasticloadbalancing:AddTags'),
    ],
    read: ['elasticloadbalancing:DescribeListeners DescribeListenerAttributes'],
    update: [
      'elasticloadbalancing:ModifyListener DescribeListeners',
      given('ListenerAttributes', 'elasticloadbalancing:ModifyListenerAttributes'),
      valued('DefaultActions.*.Type', ['authenticate-cognito'], 'cognito-idp:DescribeUserPoolClient', cognito),
      'elasticloadbalancing:AddTags RemoveTags DescribeTags',
      given('ListenerAttributes', 'elasticloadbalancing:DescribeListenerAttributes'),
    ],
    delete: ['elasticloadbalancing:DeleteListener DescribeListeners'],
    console: [
      given(
        'Certificates',
        'acm:ListCertificates',
        because(
          'the console lists the certificates to choose from',
          '콘솔이 선택할 인증서 목록을 보여 줍니다',
          'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
        ),
      ),
    ],
  }),
  needsOf('AWS::ElasticLoadBalancingV2::ListenerCertificate', ["listener's certificate", '리스너 인증서'], null, {
    create: ['elasticloadbalancing:AddListenerCertificates DescribeListenerCertificates'],
    read: ['elasticloadbalancing:DescribeListenerCertificates'],
    delete: ['elasticloadbalancing:RemoveListenerCertificates'],
  }),
  needsOf(
    'AWS::ElasticLoadBalancingV2::ListenerRule',
    ['listener rule', '리스너 규칙'],
    'elasticloadbalancing/listener-rule/app',
    {
      create: [
        'elasticloadbalancing:CreateRule DescribeRules',
        tagged('elasticloadbalancing:AddTags'),
        valued('Actions.*.Type', ['authenticate-cognito'], 'cognito-idp:DescribeUserPoolClient', cognito),
      ],
      read: ['elasticloadbalancing:DescribeRules'],
      update: [
        'elasticloadbalancing:ModifyRule SetRulePriorities DescribeRules',
        'elasticloadbalancing:AddTags RemoveTags DescribeTags',
        valued('Actions.*.Type', ['authenticate-cognito'], 'cognito-idp:DescribeUserPoolClient', cognito),
      ],
      delete: ['elasticloadbalancing:DeleteRule', 'elasticloadbalancing:DescribeRules'],
    },
  ),
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
