import {
  acl,
  elasticIp,
  gateway,
  group,
  instance,
  nat,
  privateNat,
  table,
  template,
} from '../connectivity-templates.ts';
import {
  type ConnectivityCase,
  cases,
  fails,
  one,
  open,
  outsideClient,
  passes,
  publicTable,
  two,
  vpcGuide,
} from './case.ts';

const natGuide = `${vpcGuide}/vpc-nat-gateway.html`;
const privateClient = [instance('Client', 'B', ['Open']), nat('Nat', 'A', { PrivateIpAddress: '10.20.1.50' })];
const byNat = table('Private', 'Vpc', ['B'], ['0.0.0.0/0 NatGatewayId Nat']);

export const natGateways: readonly ConnectivityCase[] = [
  ...cases(
    'nat-public-subnet',
    natGuide,
    template(...one, open, gateway('Vpc'), ...privateClient, byNat, publicTable),
    { to: outsideClient, ...passes },
    { to: outsideClient, protocol: 'icmp', ...passes },
  ),
  ...cases('nat-public-subnet', natGuide, template(...one, open, gateway('Vpc'), ...privateClient, byNat), {
    to: outsideClient,
    ...fails,
  }),
  ...cases(
    'nat-no-inbound',
    natGuide,
    template(...one, open, gateway('Vpc'), ...privateClient, byNat, publicTable),
    { from: 'internet', to: 'public:Nat', port: 443, ...fails },
    { to: 'Nat', protocol: 'icmp', ...fails },
  ),
  ...cases(
    'nat-source-address',
    natGuide,
    template(
      ...one,
      open,
      gateway('Vpc'),
      ...privateClient,
      byNat,
      publicTable,
      group('FromNat', 'Vpc', ['tcp 8080 198.18.0.0/16', 'tcp 9090 10.0.0.0/8']),
      instance('Server', 'A', ['FromNat']),
      elasticIp('ServerAddress', 'Server'),
    ),
    { to: 'public:Server', ...passes },
    { to: 'public:Server', port: 9090, ...fails },
  ),
  ...cases(
    'nat-acl-not-group',
    natGuide,
    template(
      ...one,
      open,
      gateway('Vpc'),
      ...privateClient,
      byNat,
      publicTable,
      acl('Acl', 'Vpc', ['A'], ['in 100 allow all 10.20.0.0/16', 'out 100 allow all 0.0.0.0/0']),
    ),
    { to: outsideClient, ...fails },
  ),
  ...cases(
    'nat-acl-not-group',
    natGuide,
    template(
      ...one,
      open,
      gateway('Vpc'),
      ...privateClient,
      byNat,
      publicTable,
      acl(
        'Acl',
        'Vpc',
        ['A'],
        ['in 100 allow all 10.20.0.0/16', 'in 110 allow tcp 1024-65535 0.0.0.0/0', 'out 100 allow all 0.0.0.0/0'],
      ),
    ),
    { to: outsideClient, ...passes },
  ),
  ...cases(
    'nat-not-for-peers',
    natGuide,
    template(
      ...two,
      gateway('Vpc'),
      nat('Nat', 'A'),
      table('Ways', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway', '10.9.0.0/16 VpcPeeringConnectionId Peering']),
      instance('Client', 'D', ['OtherOpen']),
      instance('Server', 'A', ['Open']),
      table('Out', 'Other', ['D'], ['0.0.0.0/0 VpcPeeringConnectionId Peering']),
    ),
    { to: outsideClient, port: 443, ...fails },
    passes,
  ),
  ...cases(
    'nat-into-peer-returns',
    natGuide,
    template(
      ...two,
      privateNat('Nat', 'A'),
      table('Ways', 'Vpc', ['A', 'C'], ['10.9.0.0/16 VpcPeeringConnectionId Peering']),
      table('ByNat', 'Vpc', ['B'], ['10.9.0.0/16 NatGatewayId Nat']),
      instance('Client', 'B', ['Open']),
      instance('Direct', 'C', ['Open']),
      instance('Server', 'D', ['OtherOpen']),
    ),
    passes,
    { from: 'Direct', ...fails },
  ),
];
