import { balancer, forward, ground, listener, server, targets } from '../balancing/balancing-templates.ts';
import { group, plain, ref, template } from '../connectivity-templates.ts';
import { type ConnectivityCase, connections, requests } from './case.ts';

const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';
const both = { One: { port: 8080 }, Two: { port: 8080 } };
const front = listener('Front', 80, forward('Group'));

/** `One` in the first zone, `Two` in the second. */
const spread = (attributes: Readonly<Record<string, string>> = {}, members = ['One', 'Two']) =>
  template(
    ground,
    server('One'),
    server('Two', 'PrivateB'),
    balancer(),
    targets('Group', members, {}, attributes),
    front,
  );

const withAttributes = (attributes: Readonly<Record<string, string>>) => ({
  template: template(ground, server('One'), balancer(attributes), targets('Group', ['One']), front),
  servers: { One: { port: 8080 } },
});

const draining = (seconds: string) => ({ 'deregistration_delay.timeout_seconds': seconds });

const addressOf = (name: string) => ({ 'Fn::GetAtt': [name, 'PrivateIp'] });
const targeted = {
  template: template(
    ground,
    group('Shut', 'Vpc', ['tcp 8080 192.168.0.0/16']),
    server('One'),
    server('Two', 'PrivateB'),
    server('Refusing', 'PrivateA', ['Shut']),
    balancer(),
    targets('ByInstance', ['One']),
    targets('Unreachable', ['Refusing']),
    targets('ByAddress', [], { TargetType: 'ip', Targets: [{ Id: addressOf('Two'), Port: 9090 }] }),
    targets('Nobody', [], { TargetType: 'ip', Targets: [{ Id: '10.40.11.77' }] }),
    listener('First', 81, forward('ByInstance')),
    listener('Second', 82, forward('Unreachable')),
    listener('Third', 83, forward('ByAddress')),
    listener('Fourth', 84, forward('Nobody')),
  ),
  servers: { One: { port: 8080 }, Two: { port: 9090 }, Refusing: { port: 8080 } },
};

const secured = {
  template: template(
    ground,
    server('One'),
    balancer(),
    targets('Group', ['One']),
    plain('Shop', 'CertificateManager::Certificate', {
      DomainName: 'shop.example',
      SubjectAlternativeNames: ['*.shop.example'],
    }),
    listener('Front', 443, forward('Group'), { Protocol: 'HTTPS', Certificates: [{ CertificateArn: ref('Shop') }] }),
  ),
  servers: { One: { port: 8080 } },
};

export const applicationLoadBalancers: readonly ConnectivityCase[] = [
  ...requests(
    'https',
    `${guide}/https-listener-certificates.html`,
    secured,
    ['pass', { secure: true, port: 443, serverName: 'shop.example' }, { status: 200, servers: ['One'] }],
    [
      'pass',
      { secure: true, port: 443, serverName: 'www.shop.example' },
      { seen: { 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' } },
    ],
    ['not', { secure: true, port: 443, serverName: 'bank.example' }, { none: 'another name' }],
  ),
  ...requests(
    'fail-open: lb-fail-open',
    `${guide}/target-group-health-checks.html`,
    { template: spread(), servers: { One: { port: 8080, health: 500 }, Two: { port: 8080, health: 500 } } },
    ['pass', { times: 12 }, { status: 200, servers: ['One', 'Two'] }],
  ),
  ...requests(
    'fail-open: lb-fail-open',
    `${guide}/target-group-health-checks.html`,
    { template: spread(), servers: { One: { port: 8080, health: 500 }, Two: { port: 8080 } } },
    ['not', { times: 12 }, { status: 200, servers: ['Two'] }],
  ),
  ...requests(
    'cross-zone: alb-cross-zone',
    `${guide}/disable-cross-zone.html`,
    { template: spread(), servers: both },
    ['pass', { zone: 'ap-northeast-2a', times: 12 }, { servers: ['One', 'Two'] }],
    ['pass', { zone: 'ap-northeast-2b', times: 12 }, { servers: ['One', 'Two'] }],
  ),
  ...requests(
    'cross-zone: alb-cross-zone',
    `${guide}/disable-cross-zone.html`,
    { template: spread({ 'load_balancing.cross_zone.enabled': 'false' }), servers: both },
    ['not', { zone: 'ap-northeast-2a', times: 12 }, { servers: ['One'] }],
    ['not', { zone: 'ap-northeast-2b', times: 12 }, { servers: ['Two'] }],
  ),
  ...requests(
    'stickiness',
    `${guide}/edit-target-group-attributes.html`,
    { template: spread({ 'stickiness.enabled': 'true', 'stickiness.type': 'lb_cookie' }), servers: both },
    ['pass', { times: 12, keepsCookies: true }, { servers: 'the same' }],
    ['not', { times: 20 }, { servers: ['One', 'Two'] }],
  ),
  ...requests(
    'deregistration-delay: deregistration-delay',
    `${guide}/edit-target-group-attributes.html`,
    { template: spread(draining('30'), ['One']), servers: both },
    ['pass', { path: '/slow/3000', meanwhile: spread(draining('30'), ['Two']) }, { status: 200, servers: ['One'] }],
  ),
  ...requests(
    'deregistration-delay: deregistration-delay',
    `${guide}/edit-target-group-attributes.html`,
    { template: spread(draining('1'), ['One']), servers: both },
    ['not', { path: '/slow/10000', meanwhile: spread(draining('1'), ['Two']) }, { none: 'cut' }],
  ),
  ...connections(
    'idle-timeout: alb-timeouts',
    `${guide}/edit-load-balancer-attributes.html`,
    withAttributes({ 'idle_timeout.timeout_seconds': '3' }).template,
    { from: 'internet', to: 'Balancer', port: 80, servers: { One: { port: 8080 } }, silence: 5, expected: 'ends' },
  ),
  ...connections(
    'idle-timeout: alb-timeouts',
    `${guide}/edit-load-balancer-attributes.html`,
    withAttributes({}).template,
    { from: 'internet', to: 'Balancer', port: 80, servers: { One: { port: 8080 } }, silence: 3, expected: 'lives' },
  ),
  ...requests('forwarded-headers: alb-client-address', `${guide}/x-forwarded-headers.html`, withAttributes({}), [
    'pass',
    { headers: { 'x-forwarded-for': '198.51.100.1' } },
    {
      client: 'private:Balancer',
      seen: {
        'x-forwarded-for': '198.51.100.1, 203.0.113.10',
        'x-forwarded-proto': 'http',
        'x-forwarded-port': '80',
      },
    },
  ]),
  ...requests(
    'forwarded-headers: alb-client-address',
    `${guide}/x-forwarded-headers.html`,
    withAttributes({ 'routing.http.xff_header_processing.mode': 'remove' }),
    ['not', { headers: { 'x-forwarded-for': '198.51.100.1' } }, { status: 200, seen: { 'x-forwarded-for': null } }],
  ),
  ...requests(
    'targets-by-instance',
    `${guide}/load-balancer-target-groups.html`,
    targeted,
    ['pass', { port: 81, times: 3 }, { status: 200, servers: ['One'] }],
    ['not', { port: 82 }, { status: 504 }],
  ),
  ...requests(
    'targets-by-address',
    `${guide}/load-balancer-target-groups.html`,
    targeted,
    ['pass', { port: 83, times: 3 }, { status: 200, servers: ['Two'] }],
    ['not', { port: 84 }, { status: 504 }],
  ),
];
