import {
  gateway,
  group,
  groupOf,
  instance,
  plain,
  ref,
  subnet,
  table,
  template,
  vpc,
} from '../connectivity-templates.ts';
import { cases, type FlowCase, fails, one, open, outsideClient, passes } from './case.ts';

const balancer = (scheme: string, subnets: readonly string[], groupName: string) => ({
  ...plain('Balancer', 'ElasticLoadBalancingV2::LoadBalancer', {
    Scheme: scheme,
    Subnets: subnets.map(ref),
    SecurityGroups: [groupOf(groupName)],
  }),
  ...plain('Listener', 'ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('Balancer'),
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  }),
});
const zones = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
];

export const balancersAndEndpoints: readonly FlowCase[] = [
  ...cases(
    ': lb-own-group-on-path',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
    template(
      ...zones,
      open,
      balancer('internal', ['A', 'B'], 'Own'),
      group('Own', 'Vpc', ['tcp 80 0.0.0.0/0'], ['tcp 8080 10.20.1.0/24']),
      group('Targets', 'Vpc', ['tcp 8080 Own']),
      instance('Client', 'A', ['Open']),
      instance('Here', 'A', ['Targets']),
      instance('There', 'B', ['Targets']),
    ),
    { to: 'Balancer', port: 80, ...passes },
    { to: 'Balancer', port: 443, ...fails },
    { from: 'Balancer', to: 'Here', ...passes },
    { from: 'Balancer', to: 'There', ...fails },
    { to: 'Here', ...fails },
  ),
  ...cases(
    ': lb-internet-facing-in-private-subnet',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    template(...zones, open, gateway('Vpc'), balancer('internet-facing', ['A', 'B'], 'Open')),
    { from: 'internet', to: 'Balancer', port: 80, ...fails },
  ),
  ...cases(
    ': lb-internet-facing-in-private-subnet',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    template(
      ...zones,
      open,
      gateway('Vpc'),
      balancer('internet-facing', ['A', 'B'], 'Open'),
      table('Public', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway']),
    ),
    { from: 'internet', to: 'Balancer', port: 80, ...passes },
  ),
  ...cases(
    ': lb-scheme-and-names',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
    template(
      ...zones,
      subnet('C', 'Vpc', '10.20.3.0/24'),
      open,
      gateway('Vpc'),
      balancer('internet-facing', ['A', 'B'], 'Open'),
      table('Public', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway']),
      instance('Client', 'C', ['Open']),
    ),
    { to: 'Balancer', port: 80, ...fails },
  ),
  ...cases(
    ': lb-scheme-and-names',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html',
    template(
      ...zones,
      open,
      gateway('Vpc'),
      balancer('internal', ['A', 'B'], 'Open'),
      table('Public', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway']),
      instance('Client', 'A', ['Open']),
    ),
    { to: 'Balancer', port: 80, ...passes },
    { from: 'internet', to: 'Balancer', port: 80, ...fails },
  ),
  ...cases(
    'gateway-endpoints: gateway-endpoint-route',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
    template(
      ...one,
      group('ToService', 'Vpc', [], ['tcp 443 198.19.0.0/16']),
      group('ToVpc', 'Vpc', [], ['tcp 443 10.20.0.0/16']),
      instance('Client', 'A', ['ToService']),
      instance('Stranger', 'A', ['ToVpc']),
      table('Private', 'Vpc', ['A'], []),
      plain('Endpoint', 'EC2::VPCEndpoint', {
        VpcId: ref('Vpc'),
        ServiceName: 'com.amazonaws.ap-northeast-2.s3',
        VpcEndpointType: 'Gateway',
        RouteTableIds: [ref('Private')],
      }),
    ),
    { to: '198.19.1.1', port: 443, ...passes },
    { from: 'Stranger', to: '198.19.1.1', port: 443, ...fails },
    { to: outsideClient, port: 443, ...fails },
  ),
  ...cases(
    'interface-endpoints: interface-endpoint',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
    template(
      ...one,
      open,
      group('Admits', 'Vpc', ['tcp 443 10.20.0.0/16']),
      instance('Client', 'A', ['Open']),
      plain('Default', 'EC2::VPCEndpoint', {
        VpcId: ref('Vpc'),
        ServiceName: 'com.amazonaws.ap-northeast-2.ssm',
        VpcEndpointType: 'Interface',
        SubnetIds: [ref('B')],
      }),
      plain('Chosen', 'EC2::VPCEndpoint', {
        VpcId: ref('Vpc'),
        ServiceName: 'com.amazonaws.ap-northeast-2.secretsmanager',
        VpcEndpointType: 'Interface',
        SubnetIds: [ref('B')],
        SecurityGroupIds: [groupOf('Admits')],
      }),
    ),
    { to: 'Default', port: 443, ...fails },
    { to: 'Chosen', port: 443, ...passes },
  ),
];
