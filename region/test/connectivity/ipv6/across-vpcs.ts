import {
  dualSubnet,
  gateway,
  group,
  instance,
  peering,
  range6,
  subnet,
  table,
  template,
  vpc,
} from '../../connectivity-templates.ts';
import { cases, type FlowCase, fails, passes, peeringGuide, vpcGuide } from '../case.ts';

const passes6 = { ...passes, family: 6 } as const;
const fails6 = { ...fails, family: 6 } as const;

const peered = [
  vpc('Vpc', '10.20.0.0/16'),
  range6('Range', 'Vpc', '2600:1f14:aaaa:bb00::/56'),
  dualSubnet('A', 'Vpc', '10.20.1.0/24', '2600:1f14:aaaa:bb01::/64'),
  group('Open', 'Vpc', ['-1 0.0.0.0/0', '-1 ::/0']),
  instance('Client', 'A', ['Open']),
  vpc('Other', '10.9.0.0/16'),
  range6('OtherRange', 'Other', '2600:1f14:cccc:dd00::/56'),
  dualSubnet('D', 'Other', '10.9.3.0/24', '2600:1f14:cccc:dd03::/64'),
  group('OtherOpen', 'Other', ['-1 0.0.0.0/0', '-1 ::/0']),
  group('Named', 'Other', ['tcp 8080 Open']),
  instance('Server', 'D', ['OtherOpen']),
  instance('NamedServer', 'D', ['Named']),
  peering('Peering', 'Vpc', 'Other'),
];
const there = table(
  'There',
  'Vpc',
  ['A'],
  ['10.9.0.0/16 VpcPeeringConnectionId Peering', '2600:1f14:cccc:dd00::/56 VpcPeeringConnectionId Peering'],
);
const back = table(
  'Back',
  'Other',
  ['D'],
  ['10.20.0.0/16 VpcPeeringConnectionId Peering', '2600:1f14:aaaa:bb00::/56 VpcPeeringConnectionId Peering'],
);
const backByFour = table('Back', 'Other', ['D'], ['10.20.0.0/16 VpcPeeringConnectionId Peering']);
const thereByFour = table('There', 'Vpc', ['A'], ['10.9.0.0/16 VpcPeeringConnectionId Peering']);
const routing = `${peeringGuide}/vpc-peering-routing.html`;

/** Another subnet of the same VPC behind an instance that hands on. */
const appliance = (more: { readonly [name: string]: boolean }, rules: readonly string[] = ['-1 ::/0']) =>
  template(
    vpc('Vpc', '10.20.0.0/16'),
    range6('Range', 'Vpc', '2600:1f14:aaaa:bb00::/56'),
    dualSubnet('A', 'Vpc', '10.20.1.0/24', '2600:1f14:aaaa:bb01::/64'),
    dualSubnet('B', 'Vpc', '10.20.2.0/24', '2600:1f14:aaaa:bb02::/64'),
    dualSubnet('C', 'Vpc', '10.20.3.0/24', '2600:1f14:aaaa:bb03::/64'),
    group('Open', 'Vpc', ['-1 ::/0']),
    group('Through', 'Vpc', rules),
    instance('Client', 'A', ['Open']),
    instance('Appliance', 'B', ['Through'], more),
    instance('Server', 'C', ['Open']),
    table('ByAppliance', 'Vpc', ['A'], ['2600:1f14:aaaa:bb03::/64 InstanceId Appliance']),
  );

export const ipv6AcrossVpcs: readonly FlowCase[] = [
  ...cases(
    'ipv6-peering',
    routing,
    template(...peered, there, back),
    passes6,
    passes,
    { protocol: 'icmp', ...passes6 },
    { to: 'NamedServer', ...passes6 },
    { from: 'Server', to: 'Client', ...passes6 },
    { from: 'Server', to: 'NamedServer', ...fails6 },
  ),
  ...cases('ipv6-peering', routing, template(...peered, there, backByFour), fails6, passes, {
    from: 'Server',
    to: 'Client',
    ...fails6,
  }),
  ...cases('ipv6-peering', routing, template(...peered, thereByFour, back), fails6, passes),
  ...cases(
    'ipv6-peering',
    `${peeringGuide}/vpc-peering-basics.html`,
    template(
      ...peered,
      gateway('Other'),
      back,
      table('There', 'Vpc', ['A'], ['::/0 VpcPeeringConnectionId Peering']),
      subnet('E', 'Other', '10.9.4.0/24'),
    ),
    passes6,
    { to: 'internet', ...fails6 },
  ),
  ...cases(
    'ipv6-next-hop',
    `${vpcGuide}/subnet-route-tables.html`,
    appliance({ SourceDestCheck: false }),
    passes6,
    { to: 'Appliance', ...passes6 },
    { from: 'Server', to: 'Client', ...passes6 },
  ),
  ...cases('ipv6-next-hop', `${vpcGuide}/subnet-route-tables.html`, appliance({ SourceDestCheck: true }), fails6, {
    to: 'Appliance',
    ...passes6,
  }),
  ...cases(
    'ipv6-next-hop',
    `${vpcGuide}/subnet-route-tables.html`,
    appliance({ SourceDestCheck: false }, ['tcp 8080 ::/0']),
    passes6,
    { port: 8081, ...fails6 },
  ),
];
