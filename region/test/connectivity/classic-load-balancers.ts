import { ground, server } from '../balancing/balancing-templates.ts';
import { group, groupOf, plain, ref, template } from '../connectivity-templates.ts';
import { type ConnectivityCase, cases, fails, passes, requests } from './case.ts';

type Properties = Parameters<typeof plain>[2];

const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic';
const both = { One: { port: 8080 }, Two: { port: 8080 } };
const web = { LoadBalancerPort: '80', InstancePort: '8080', Protocol: 'http' };

/** `One` in the first zone, `Two` in the second; its own group admits everybody to 80 alone. */
const spread = (more: Properties = {}, members = ['One', 'Two']) =>
  template(
    ground,
    group('Front', 'Vpc', ['tcp 80 0.0.0.0/0', 'tcp 81 0.0.0.0/0', 'tcp 443 0.0.0.0/0']),
    group('Members', 'Vpc', ['tcp 8080 Front']),
    server('One', 'PrivateA', ['Members']),
    server('Two', 'PrivateB', ['Members']),
    plain('Balancer', 'ElasticLoadBalancing::LoadBalancer', {
      Subnets: [ref('A'), ref('B')],
      SecurityGroups: [groupOf('Front')],
      CrossZone: true,
      Listeners: [web],
      HealthCheck: {
        ...{ Target: 'HTTP:8080/health', Interval: '5', Timeout: '2' },
        ...{ HealthyThreshold: '2', UnhealthyThreshold: '2' },
      },
      Instances: members.map(ref),
      ...more,
    }),
  );

const sticky = (PolicyName: string) => ({ Listeners: [{ ...web, PolicyNames: [PolicyName] }] });

export const classicLoadBalancers: readonly ConnectivityCase[] = [
  ...requests(
    'classic-listeners',
    `${guide}/elb-listener-config.html`,
    {
      template: spread({
        Listeners: [
          web,
          { LoadBalancerPort: '81', InstancePort: '8080', Protocol: 'TCP' },
          { LoadBalancerPort: '443', InstancePort: '8080', Protocol: 'HTTPS', SSLCertificateId: ref('Shop') },
        ],
      }).replace(
        '"Resources":{',
        '"Resources":{"Shop":{"Type":"AWS::CertificateManager::Certificate","Properties":{"DomainName":"shop.example"}},',
      ),
      servers: both,
    },
    [
      'pass',
      { times: 12, headers: { 'x-forwarded-for': '198.51.100.1' } },
      {
        ...{ status: 200, servers: ['One', 'Two'], client: 'private:Balancer' },
        seen: { 'x-forwarded-for': '198.51.100.1, 203.0.113.10', 'x-forwarded-port': '80', 'x-amzn-trace-id': null },
      },
    ],
    ['pass', { port: 81 }, { status: 200, client: 'private:Balancer', seen: { 'x-forwarded-for': null } }],
    [
      'pass',
      { port: 443, secure: true, serverName: 'shop.example' },
      { status: 200, seen: { 'x-forwarded-proto': 'https' } },
    ],
    ['not', { port: 443, secure: true, serverName: 'bank.example' }, { none: 'another name' }],
  ),
  ...requests(
    'classic-health',
    `${guide}/elb-healthchecks.html`,
    { template: spread(), servers: { One: { port: 8080, health: 500 }, Two: { port: 8080 } } },
    ['pass', { times: 12 }, { status: 200, servers: ['Two'] }],
  ),
  ...requests(
    'classic-health',
    `${guide}/ts-elb-error-message.html`,
    { template: spread(), servers: { One: { port: 8080, health: 500 }, Two: { port: 8080, health: 404 } } },
    ['not', {}, { status: 503 }],
  ),
  ...requests(
    'classic-cross-zone',
    `${guide}/enable-disable-crosszone-lb.html`,
    { template: spread(), servers: both },
    ['pass', { zone: 'ap-northeast-2b', times: 12 }, { servers: ['One', 'Two'] }],
  ),
  ...requests(
    'classic-cross-zone',
    `${guide}/enable-disable-crosszone-lb.html`,
    { template: spread({ CrossZone: false }), servers: both },
    ['not', { zone: 'ap-northeast-2a', times: 12 }, { servers: ['One'] }],
    ['not', { zone: 'ap-northeast-2b', times: 12 }, { servers: ['Two'] }],
  ),
  ...requests(
    'classic-stickiness',
    `${guide}/elb-sticky-sessions.html`,
    {
      template: spread({
        LBCookieStickinessPolicy: [{ PolicyName: 'stay', CookieExpirationPeriod: '60' }],
        ...sticky('stay'),
      }),
      servers: both,
    },
    ['pass', { times: 12, keepsCookies: true }, { servers: 'the same' }],
    ['not', { times: 20 }, { servers: ['One', 'Two'] }],
  ),
  ...cases(
    'classic-listeners',
    `${guide}/elb-security-groups.html`,
    spread(),
    { from: 'internet', to: 'Balancer', port: 80, ...passes },
    { from: 'internet', to: 'Balancer', port: 82, ...fails },
    { from: 'Balancer', to: 'One', ...passes },
    { from: 'Balancer', to: 'One', port: 8081, ...fails },
    { from: 'Two', to: 'One', ...fails },
  ),
];
