import { balancer, forward, ground, listener, saying, server, targets } from '../../balancing/balancing-templates.ts';
import {
  dualSubnet,
  group,
  groupOf,
  instance,
  plain,
  range6,
  ref,
  table,
  template,
} from '../../connectivity-templates.ts';
import { type ConnectivityCase, cases, fails, outsideClient, passes, questions, requests } from '../case.ts';

const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest';
const addressTypes = `${guide}/application/application-load-balancers.html`;

/** The same ground in both families, with a zone of Route 53's whose name stands for the balancer. */
const dual = [
  ground,
  range6('Range', 'Vpc', '2600:1f14:aaaa:bb00::/56'),
  dualSubnet('A', 'Vpc', '10.40.1.0/24', '2600:1f14:aaaa:bb01::/64'),
  dualSubnet('B', 'Vpc', '10.40.2.0/24', '2600:1f14:aaaa:bb02::/64', { AvailabilityZone: 'ap-northeast-2b' }),
  table('Public', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway', '::/0 GatewayId VpcGateway']),
  group('OpenSix', 'Vpc', ['-1 0.0.0.0/0', 'tcp 80-81 ::/0']),
  instance('Client', 'A', ['Open']),
  server('One'),
  targets('Group', ['One']),
];
const front = [listener('Front', 80, forward('Group')), listener('Fixed', 81, saying('by a rule'))];
const alias = plain('Alias', 'Route53::RecordSetGroup', {
  HostedZoneId: ref('Zone'),
  RecordSets: ['A', 'AAAA'].map((Type) => ({
    Name: 'www.shop.example',
    Type,
    AliasTarget: {
      DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] },
      HostedZoneId: { 'Fn::GetAtt': ['Balancer', 'CanonicalHostedZoneID'] },
    },
  })),
});
const zone = plain('Zone', 'Route53::HostedZone', { Name: 'shop.example' });

const withType = (type: string, more: Readonly<Record<string, string>> = {}) => ({
  template: template(
    ...dual,
    ...front,
    zone,
    alias,
    balancer({}, { IpAddressType: type, SecurityGroups: [groupOf('OpenSix')], ...more }),
  ),
  servers: { One: { port: 8080 } },
});
const dualstack = withType('dualstack');
const withoutPublic = withType('dualstack-without-public-ipv4');
const internal = withType('dualstack', { Scheme: 'internal' });
const four = withType('ipv4');
const networkBalancer = (attributes: Readonly<Record<string, string>> = {}) => ({
  template: template(
    ...dual,
    balancer({}, { Type: 'network', IpAddressType: 'dualstack', SecurityGroups: [groupOf('OpenSix')] }),
    targets(
      'Group',
      ['One'],
      { Protocol: 'TCP', HealthCheckProtocol: 'TCP', HealthCheckPath: ref('AWS::NoValue') },
      attributes,
    ),
    listener('Front', 80, forward('Group'), { Protocol: 'TCP' }),
  ),
  servers: { One: { port: 8080 } },
});
const six = { to: 'six:Balancer', zone: 'ap-northeast-2a' };

export const ipv6Balancers: readonly ConnectivityCase[] = [
  ...requests(
    'dual-stack-balancers',
    addressTypes,
    dualstack,
    ['pass', six, { status: 200, servers: ['One'], client: 'private:Balancer/ap-northeast-2a' }],
    ['pass', { ...six, zone: 'ap-northeast-2b' }, { status: 200, servers: ['One'] }],
    ['pass', { ...six, port: 81 }, { status: 200, body: 'by a rule' }],
    ['pass', { ...six, from: 'Client' }, { status: 200, seen: { 'x-forwarded-for': 'six:Client' } }],
    ['pass', {}, { status: 200, servers: ['One'] }],
    ['not', { ...six, port: 82 }, { none: 'silence' }],
  ),
  ...questions(
    'dual-stack-balancers',
    addressTypes,
    dualstack.template,
    [
      'pass',
      { from: 'Client', name: 'name:Balancer', type: 'AAAA' },
      ['six:Balancer/ap-northeast-2a', 'six:Balancer/ap-northeast-2b'],
    ],
    [
      'pass',
      { from: 'Client', name: 'www.shop.example', type: 'AAAA' },
      ['six:Balancer/ap-northeast-2a', 'six:Balancer/ap-northeast-2b'],
    ],
    [
      'pass',
      { from: 'Client', name: 'www.shop.example' },
      ['public:Balancer/ap-northeast-2a', 'public:Balancer/ap-northeast-2b'],
    ],
  ),
  ...requests(
    'dual-stack-balancers',
    `${guide}/network/network-load-balancers.html`,
    networkBalancer(),
    ['pass', six, { servers: ['One'], client: 'private:Balancer/ap-northeast-2a' }],
    ['pass', {}, { servers: ['One'], client: outsideClient }],
    ['not', { ...six, port: 82 }, { none: 'silence' }],
  ),
  ...requests(
    'dual-stack-balancers',
    `${guide}/network/network-load-balancers.html`,
    networkBalancer({ 'preserve_client_ip.enabled': 'false' }),
    ['pass', six, { servers: ['One'], client: 'private:Balancer/ap-northeast-2a' }],
  ),
  ...requests('dual-stack-balancers', addressTypes, withoutPublic, ['pass', six, { status: 200, servers: ['One'] }]),
  ...questions('dual-stack-balancers', addressTypes, withoutPublic.template, [
    'pass',
    { from: 'Client', name: 'name:Balancer', type: 'AAAA' },
    ['six:Balancer/ap-northeast-2a', 'six:Balancer/ap-northeast-2b'],
  ]),
  ...cases(
    'dual-stack-balancers',
    `${guide}/application/edit-load-balancer-attributes.html`,
    internal.template,
    { from: 'internet', to: 'Balancer', port: 80, family: 6, ...fails },
    { from: 'Client', to: 'Balancer', port: 80, family: 6, ...passes },
  ),
  ...cases('dual-stack-balancers', addressTypes, four.template, {
    from: 'internet',
    to: 'Balancer',
    port: 80,
    family: 6,
    ...fails,
  }),
  ...cases('dual-stack-balancers', addressTypes, dualstack.template, {
    from: 'internet',
    to: 'Balancer',
    port: 80,
    family: 6,
    ...passes,
  }),
];
