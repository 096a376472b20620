import { given, needsOf, type TypeNeeds, tagged, valued } from '../contract/need.ts';
import { because, looksAtNetwork, pages, serviceLinkedRole } from '../contract/reasons.ts';

const logs = 'LoadBalancerAttributes';

const choices = because(
  'the console lists VPCs, subnets and security groups to choose from',
  '콘솔이 선택할 VPC, 서브넷, 보안 그룹 목록을 보여 줍니다',
  pages.vpcConsole,
);

const cognito = because(
  'the listener signs users in with Cognito',
  '리스너가 Cognito로 사용자를 로그인시킵니다',
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html',
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html */
export const permissions: readonly TypeNeeds[] = [
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
];
