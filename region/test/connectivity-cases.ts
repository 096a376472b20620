import {
  acl,
  elasticIp,
  gateway,
  group,
  groupOf,
  ingressRule,
  instance,
  nat,
  networkInterface,
  peering,
  plain,
  privateNat,
  ref,
  subnet,
  table,
  template,
  vpc,
} from './connectivity-templates.ts';

/**
 * What must pass and what must not, from AWS's documentation: plain data, run over the reach lens and over the kernel,
 * ready to be run over anything else that takes a template.
 */
export interface ConnectivityCase {
  /** The fact of aws-semantics.json that it shows. */
  readonly fact: string;
  /** CloudFormation, as text. */
  readonly template: string;
  /** References as on the command line. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** `accepted`: the network lets it through, there and back, whether anything listens or not. */
  readonly expected: 'accepted' | 'timeout';
  /** The page of AWS's documentation. */
  readonly source: string;
}

const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide';
const peeringGuide = 'https://docs.aws.amazon.com/vpc/latest/peering';
const outsideClient = '203.0.113.10';

const one = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24'),
  subnet('C', 'Vpc', '10.20.3.0/24'),
];
const open = group('Open', 'Vpc', ['-1 0.0.0.0/0']);
const two = [
  ...one,
  open,
  vpc('Other', '10.9.0.0/16'),
  subnet('D', 'Other', '10.9.3.0/24'),
  group('OtherOpen', 'Other', ['-1 0.0.0.0/0']),
  peering('Peering', 'Vpc', 'Other'),
];
const clientAndServer = [instance('Client', 'A', ['Open']), instance('Server', 'B', ['Open'])];
const there = table('There', 'Vpc', ['A'], ['10.9.0.0/16 VpcPeeringConnectionId Peering']);
const back = table('Back', 'Other', ['D'], ['10.20.0.0/16 VpcPeeringConnectionId Peering']);
const acrossPeering = [instance('Client', 'A', ['Open']), instance('Server', 'D', ['OtherOpen'])];
const publicTable = table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']);

interface Shown {
  readonly from?: string;
  readonly to?: string;
  readonly port?: number;
  readonly protocol?: ConnectivityCase['protocol'];
  readonly expected: ConnectivityCase['expected'];
}

/** Several flows over one template; unless said otherwise from `Client` to `Server` by TCP 8080. */
function cases(fact: string, source: string, text: string, ...shown: readonly Shown[]): ConnectivityCase[] {
  return shown.map(({ from = 'Client', to = 'Server', port = 8080, protocol = 'tcp', expected }) => ({
    fact,
    template: text,
    from,
    to,
    port,
    protocol,
    expected,
    source,
  }));
}

const passes = { expected: 'accepted' } as const;
const fails = { expected: 'timeout' } as const;

const routing: ConnectivityCase[] = [
  ...cases(
    'longest-prefix-match',
    `${vpcGuide}/route-tables-priority.html`,
    template(
      ...two,
      gateway('Vpc'),
      ...acrossPeering,
      elasticIp('Address', 'Client'),
      back,
      table('There', 'Vpc', ['A'], ['10.9.0.0/16 VpcPeeringConnectionId Peering', '0.0.0.0/0 GatewayId VpcGateway']),
    ),
    passes,
    { to: outsideClient, ...passes },
  ),
  ...cases(
    'longest-prefix-match',
    `${vpcGuide}/route-tables-priority.html`,
    template(
      ...two,
      ...acrossPeering,
      back,
      table(
        'There',
        'Vpc',
        ['A'],
        ['10.9.0.0/16 VpcPeeringConnectionId Peering', '10.9.3.0/24 NetworkInterfaceId Loose'],
      ),
      networkInterface('Loose', 'B'),
    ),
    fails,
  ),
  ...cases(
    'local-route-per-range',
    `${vpcGuide}/subnet-route-tables.html`,
    template(
      ...one,
      open,
      plain('Range', 'EC2::VPCCidrBlock', { VpcId: ref('Vpc'), CidrBlock: '10.21.0.0/16' }),
      subnet('Far', 'Vpc', '10.21.0.0/24'),
      instance('Client', 'A', ['Open']),
      instance('Server', 'Far', ['Open']),
      table('Empty', 'Vpc', ['A'], []),
    ),
    passes,
    { to: '10.22.0.9', ...fails },
  ),
  ...cases(
    'route-longer-than-local',
    `${vpcGuide}/subnet-route-tables.html`,
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open']),
      instance('Server', 'C', ['Open']),
      instance('Appliance', 'B', ['Open'], { SourceDestCheck: false }),
      table('Through', 'Vpc', ['A'], ['10.20.3.0/24 InstanceId Appliance']),
    ),
    passes,
  ),
  ...cases(
    'source-destination-check',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open']),
      instance('Server', 'C', ['Open']),
      instance('Appliance', 'B', ['Open']),
      table('Through', 'Vpc', ['A'], ['10.20.3.0/24 InstanceId Appliance']),
    ),
    fails,
    { to: 'Appliance', ...passes },
  ),
  ...cases(
    'subnet-without-association-uses-main-table',
    `${vpcGuide}/subnet-route-tables.html`,
    template(
      vpc('Vpc', '10.20.0.0/16'),
      subnet('A', 'Vpc', '10.20.1.0/24', { MapPublicIpOnLaunch: true }),
      subnet('B', 'Vpc', '10.20.2.0/24'),
      open,
      gateway('Vpc'),
      instance('Client', 'B', ['Open']),
      instance('Server', 'A', ['Open']),
      table('Unused', 'Vpc', [], ['0.0.0.0/0 GatewayId VpcGateway']),
    ),
    { from: 'internet', ...fails },
    passes,
  ),
  ...cases(
    'one-table-per-subnet',
    `${vpcGuide}/subnet-route-tables.html`,
    template(...two, ...acrossPeering, there),
    fails,
  ),
  ...cases(
    'one-table-per-subnet',
    `${vpcGuide}/subnet-route-tables.html`,
    template(...two, ...acrossPeering, there, back),
    passes,
  ),
  ...cases(
    'blackhole-route',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html',
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open']),
      instance('Server', 'C', ['Open']),
      instance('Near', 'B', ['Open']),
      networkInterface('Loose', 'B'),
      table('Through', 'Vpc', ['A'], ['10.20.3.0/24 NetworkInterfaceId Loose']),
    ),
    fails,
    { to: 'Near', ...passes },
  ),
  ...cases(
    'missing-route-times-out',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    template(...one, open, ...clientAndServer),
    { to: outsideClient, ...fails },
    passes,
  ),
  ...cases(
    'link-local-not-routable',
    `${vpcGuide}/subnet-route-tables.html`,
    template(
      ...one,
      open,
      gateway('Vpc'),
      instance('Client', 'B', ['Open']),
      nat('Nat', 'A'),
      publicTable,
      table('Private', 'Vpc', ['B'], ['0.0.0.0/0 NatGatewayId Nat']),
    ),
    { to: '169.254.169.254', port: 80, ...passes },
    { to: '169.254.170.9', port: 80, ...fails },
  ),
  ...cases(
    'interface-belongs-to-subnet',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network-interface-attachments.html',
    template(
      ...one,
      open,
      group('X', 'Vpc'),
      group('Y', 'Vpc', ['tcp 8080 0.0.0.0/0']),
      instance('Client', 'C', ['Open']),
      networkInterface('First', 'A', ['X']),
      networkInterface('Second', 'B', ['Y']),
      plain('Server', 'EC2::Instance', {
        ImageId: 'ami-0123456789abcdef0',
        NetworkInterfaces: [
          { DeviceIndex: '0', NetworkInterfaceId: ref('First') },
          { DeviceIndex: '1', NetworkInterfaceId: ref('Second') },
        ],
      }),
    ),
    { to: 'Second', ...passes },
    { to: 'First', ...fails },
  ),
];

const groupRules = `${vpcGuide}/security-group-rules.html`;

const securityGroups: ConnectivityCase[] = [
  ...cases(
    'sg-stateful',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
    template(
      ...one,
      open,
      group('Silent', 'Vpc', ['tcp 8080 0.0.0.0/0'], ['-1 127.0.0.1/32']),
      instance('Client', 'A', ['Open']),
      instance('Server', 'B', ['Silent']),
    ),
    passes,
    { from: 'Server', to: 'Client', ...fails },
  ),
  ...cases(
    'sg-both-ends-decide',
    `${vpcGuide}/vpc-security-groups.html`,
    template(
      ...one,
      group('Sender', 'Vpc', [], ['tcp 443 0.0.0.0/0']),
      group('Receiver', 'Vpc', ['tcp 8080 0.0.0.0/0', 'tcp 443 0.0.0.0/0']),
      instance('Client', 'A', ['Sender']),
      instance('Server', 'B', ['Receiver']),
    ),
    fails,
    { port: 443, ...passes },
  ),
  ...cases(
    'sg-union-allow-only',
    groupRules,
    template(
      ...one,
      open,
      group('Nobody', 'Vpc'),
      group('X', 'Vpc', ['tcp 8080 10.20.1.0/24']),
      group('Y', 'Vpc', ['tcp 9090 Nobody']),
      instance('Client', 'A', ['Open']),
      instance('Server', 'B', ['X', 'Y']),
    ),
    passes,
    { port: 9090, ...fails },
  ),
  ...cases(
    'sg-new-group',
    groupRules,
    template(
      ...one,
      open,
      group('Fresh', 'Vpc'),
      instance('Client', 'A', ['Open']),
      instance('Server', 'B', ['Fresh']),
    ),
    fails,
    { from: 'Server', to: 'Client', ...passes },
  ),
  ...cases(
    'sg-default-group',
    `${vpcGuide}/default-security-group.html`,
    template(...one, open, instance('Client', 'A'), instance('Server', 'B'), instance('Third', 'C', ['Open'])),
    passes,
    { from: 'Third', ...fails },
  ),
  ...cases(
    'sg-self-reference',
    groupRules,
    template(
      ...one,
      group('Peers', 'Vpc'),
      ingressRule('Own', 'Peers', 'tcp 8080 Peers'),
      group('Strangers', 'Vpc'),
      instance('Client', 'A', ['Peers']),
      instance('Server', 'B', ['Peers']),
      instance('Other', 'B', ['Strangers']),
      instance('Another', 'B', ['Strangers']),
    ),
    passes,
    { from: 'Server', to: 'Client', ...passes },
    { from: 'Other', to: 'Another', ...fails },
  ),
  ...cases(
    'sg-reference-means-private-addresses',
    groupRules,
    template(
      ...one,
      gateway('Vpc'),
      group('GroupA', 'Vpc'),
      group('GroupB', 'Vpc', ['tcp 8080 GroupA']),
      instance('Client', 'A', ['GroupA']),
      instance('Server', 'A', ['GroupB'], { PrivateIpAddress: '10.20.1.77' }),
      elasticIp('ClientAddress', 'Client'),
      elasticIp('ServerAddress', 'Server'),
      publicTable,
    ),
    { to: '10.20.1.77', ...passes },
    { to: 'public:Server', ...fails },
  ),
  ...cases(
    'sg-reference-lost-behind-nat',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    template(
      ...one,
      group('GroupA', 'Vpc'),
      group('ByGroup', 'Vpc', ['tcp 8080 GroupA', 'tcp 9090 10.20.2.50/32']),
      instance('Client', 'A', ['GroupA']),
      instance('Server', 'C', ['ByGroup']),
      privateNat('Nat', 'B', { PrivateIpAddress: '10.20.2.50' }),
      table('Through', 'Vpc', ['A'], ['10.20.3.0/24 NatGatewayId Nat']),
    ),
    fails,
    { port: 9090, ...passes },
  ),
  ...cases(
    'sg-reference-lost-behind-nat',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    template(
      ...one,
      open,
      group('GroupA', 'Vpc'),
      group('ByGroup', 'Vpc', ['tcp 8080 GroupA', 'icmp 8 10.20.1.0/24']),
      instance('Client', 'A', ['GroupA']),
      instance('Server', 'C', ['ByGroup']),
      instance('Appliance', 'B', ['Open'], { SourceDestCheck: false }),
      table('Through', 'Vpc', ['A'], ['10.20.3.0/24 InstanceId Appliance']),
      table('Home', 'Vpc', ['C'], ['10.20.1.0/24 InstanceId Appliance']),
    ),
    fails,
    { protocol: 'icmp', ...passes },
  ),
  ...cases(
    'sg-reference-lost-behind-nat',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
    template(
      ...one,
      open,
      group('GroupA', 'Vpc'),
      group('ByGroup', 'Vpc', ['tcp 8080 GroupA', 'icmp 8 GroupA', 'tcp 9090 10.20.1.0/24']),
      instance('Client', 'A', ['GroupA']),
      instance('Server', 'C', ['ByGroup']),
      instance('Appliance', 'B', ['Open'], { SourceDestCheck: false }),
      table('Through', 'Vpc', ['A'], ['10.20.3.0/24 InstanceId Appliance']),
    ),
    fails,
    { protocol: 'icmp', ...fails },
    { port: 9090, ...passes },
  ),
  ...cases(
    'sg-icmp-rules',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html',
    template(
      ...one,
      open,
      group('Ping', 'Vpc', ['icmp 8 10.20.1.0/24']),
      instance('Client', 'A', ['Open']),
      instance('Stranger', 'C', ['Open']),
      instance('Server', 'B', ['Ping']),
    ),
    { protocol: 'icmp', ...passes },
    { from: 'Stranger', protocol: 'icmp', ...fails },
  ),
  ...cases(
    'sg-protocol-minus-one',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-securitygroup-ingress.html',
    template(
      ...one,
      open,
      group('All', 'Vpc', ['-1 22-22 10.20.1.0/24']),
      instance('Client', 'A', ['Open']),
      instance('Stranger', 'C', ['Open']),
      instance('Server', 'B', ['All']),
    ),
    passes,
    { from: 'Stranger', port: 22, ...fails },
  ),
  ...cases(
    'sg-prefix-list',
    groupRules,
    template(
      ...one,
      open,
      plain('List', 'EC2::PrefixList', {
        PrefixListName: 'list',
        AddressFamily: 'IPv4',
        MaxEntries: 20,
        Entries: [{ Cidr: '10.20.1.0/26' }],
      }),
      group('Listed', 'Vpc', ['tcp 8080 list:List']),
      instance('Client', 'A', ['Open'], { PrivateIpAddress: '10.20.1.10' }),
      instance('Stranger', 'A', ['Open'], { PrivateIpAddress: '10.20.1.100' }),
      instance('Server', 'B', ['Listed']),
    ),
    passes,
    { from: 'Stranger', ...fails },
  ),
  ...cases(
    'not-filtered-by-groups-or-acls',
    `${vpcGuide}/vpc-security-groups.html`,
    template(
      ...one,
      open,
      group('Mute', 'Vpc', [], ['-1 127.0.0.1/32']),
      instance('Client', 'A', ['Mute']),
      instance('Server', 'B', ['Open']),
      acl('Shut', 'Vpc', ['A'], []),
    ),
    { to: '10.20.0.2', port: 53, ...passes },
    { to: '169.254.169.254', port: 80, ...passes },
    { port: 53, ...fails },
  ),
];

const aclGuide = `${vpcGuide}/nacl-rules.html`;

const acls: ConnectivityCase[] = [
  ...cases(
    'acl-stateless',
    aclGuide,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow tcp 8080 0.0.0.0/0', 'out 100 allow tcp 8080 0.0.0.0/0']),
    ),
    fails,
  ),
  ...cases(
    'acl-stateless',
    aclGuide,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow tcp 8080 0.0.0.0/0', 'out 100 allow tcp 1024-65535 0.0.0.0/0']),
    ),
    passes,
    { port: 9090, ...fails },
  ),
  ...cases(
    'acl-first-match',
    aclGuide,
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open'], { PrivateIpAddress: '10.20.1.10' }),
      instance('Stranger', 'A', ['Open'], { PrivateIpAddress: '10.20.1.200' }),
      instance('Server', 'B', ['Open']),
      acl(
        'Acl',
        'Vpc',
        ['B'],
        ['in 100 allow tcp 8080 0.0.0.0/0', 'in 90 deny tcp 8000-8100 10.20.1.128/25', 'out 100 allow all 0.0.0.0/0'],
      ),
    ),
    passes,
    { from: 'Stranger', ...fails },
  ),
  ...cases(
    'acl-first-match',
    aclGuide,
    template(
      ...one,
      open,
      instance('Client', 'A', ['Open'], { PrivateIpAddress: '10.20.1.200' }),
      instance('Server', 'B', ['Open']),
      acl(
        'Acl',
        'Vpc',
        ['B'],
        ['in 110 deny tcp 8000-8100 10.20.1.128/25', 'in 100 allow tcp 8080 0.0.0.0/0', 'out 100 allow all 0.0.0.0/0'],
      ),
    ),
    passes,
  ),
  ...cases(
    'acl-final-deny',
    aclGuide,
    template(...one, open, ...clientAndServer, acl('Acl', 'Vpc', ['B'], [])),
    fails,
    { from: 'Server', to: 'Client', ...fails },
  ),
  ...cases(
    'acl-default-allows',
    `${vpcGuide}/default-network-acl.html`,
    template(...one, open, ...clientAndServer),
    passes,
    { protocol: 'udp', port: 9, ...passes },
  ),
  ...cases(
    'acl-ephemeral-ports',
    `${vpcGuide}/nacl-ephemeral-ports.html`,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow all 0.0.0.0/0', 'out 100 allow tcp 1024-5000 0.0.0.0/0']),
    ),
    fails,
  ),
  ...cases(
    'acl-ephemeral-ports',
    `${vpcGuide}/nacl-ephemeral-ports.html`,
    template(
      ...one,
      open,
      ...clientAndServer,
      acl('Acl', 'Vpc', ['B'], ['in 100 allow all 0.0.0.0/0', 'out 100 allow tcp 32768-61000 0.0.0.0/0']),
    ),
    passes,
  ),
  ...cases(
    'acl-edge-of-subnet-only',
    `${vpcGuide}/vpc-network-acls.html`,
    template(
      ...one,
      open,
      instance('Client', 'B', ['Open']),
      instance('Server', 'B', ['Open']),
      instance('Stranger', 'A', ['Open']),
      acl('Acl', 'Vpc', ['B'], ['in 100 deny all 10.20.2.0/24', 'out 100 deny all 10.20.2.0/24']),
    ),
    passes,
    { from: 'Stranger', ...fails },
  ),
];

const gatewayGuide = `${vpcGuide}/VPC_Internet_Gateway.html`;

const internet: ConnectivityCase[] = [
  ...cases(
    'igw-needs-public-address',
    gatewayGuide,
    template(
      ...one,
      open,
      gateway('Vpc'),
      publicTable,
      instance('Client', 'A', ['Open']),
      instance('Server', 'A', ['Open']),
      elasticIp('Address', 'Server'),
    ),
    { to: outsideClient, ...fails },
    { from: 'internet', to: 'Client', ...fails },
    { from: 'internet', ...passes },
    { from: 'Server', to: outsideClient, ...passes },
  ),
  ...cases(
    'igw-needs-route-too',
    gatewayGuide,
    template(
      ...one,
      open,
      gateway('Vpc'),
      publicTable,
      instance('Server', 'B', ['Open']),
      elasticIp('Address', 'Server'),
    ),
    { from: 'internet', ...fails },
    { from: 'Server', to: outsideClient, ...fails },
  ),
  ...cases(
    'igw-one-to-one-translation',
    gatewayGuide,
    template(
      ...one,
      gateway('Vpc'),
      publicTable,
      group('ByPublic', 'Vpc', ['tcp 8080 203.0.113.0/24', 'tcp 9090 10.0.0.0/8']),
      instance('Server', 'A', ['ByPublic']),
      elasticIp('Address', 'Server'),
    ),
    { from: outsideClient, ...passes },
    { from: outsideClient, port: 9090, ...fails },
  ),
  ...cases(
    'igw-public-to-public-and-hairpin',
    gatewayGuide,
    template(
      ...one,
      gateway('Vpc'),
      publicTable,
      group('Self', 'Vpc', ['tcp 8080 198.18.0.0/16']),
      ingressRule('Own', 'Self', 'tcp 9090 Self'),
      instance('Client', 'A', ['Self']),
      elasticIp('Address', 'Client'),
      instance('Private', 'A', ['Self']),
    ),
    { to: 'public:Client', ...passes },
    { to: 'public:Client', port: 9090, ...fails },
    { from: 'Private', to: 'public:Client', ...fails },
  ),
  ...cases(
    'igw-refuses-private-addresses',
    gatewayGuide,
    template(...two, gateway('Vpc'), publicTable, ...acrossPeering, elasticIp('Address', 'Client'), back),
    fails,
    { to: outsideClient, ...passes },
  ),
  ...cases(
    'public-address-on-launch',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
    template(
      vpc('Vpc', '10.20.0.0/16'),
      subnet('A', 'Vpc', '10.20.1.0/24', { MapPublicIpOnLaunch: true }),
      open,
      gateway('Vpc'),
      publicTable,
      instance('Server', 'A', ['Open']),
      plain('Double', 'EC2::Instance', {
        ImageId: 'ami-0123456789abcdef0',
        NetworkInterfaces: ['0', '1'].map((DeviceIndex) => ({
          DeviceIndex,
          SubnetId: ref('A'),
          GroupSet: [groupOf('Open')],
        })),
      }),
    ),
    { from: 'internet', ...passes },
    { from: 'internet', to: 'Double', ...fails },
  ),
];

const natGuide = `${vpcGuide}/vpc-nat-gateway.html`;
const privateClient = [instance('Client', 'B', ['Open']), nat('Nat', 'A', { PrivateIpAddress: '10.20.1.50' })];
const byNat = table('Private', 'Vpc', ['B'], ['0.0.0.0/0 NatGatewayId Nat']);

const natGateways: ConnectivityCase[] = [
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

const peerings: ConnectivityCase[] = [
  ...cases(
    'peering-routes-both-sides',
    `${peeringGuide}/vpc-peering-routing.html`,
    template(...two, ...acrossPeering, there, back),
    passes,
  ),
  ...cases(
    'peering-routes-both-sides',
    `${peeringGuide}/vpc-peering-routing.html`,
    template(...two, ...acrossPeering, back),
    fails,
  ),
  ...cases(
    'peering-routes-both-sides',
    `${peeringGuide}/vpc-peering-routing.html`,
    template(...two, ...acrossPeering, there),
    fails,
  ),
  ...cases(
    'peering-not-transitive',
    `${peeringGuide}/vpc-peering-basics.html`,
    template(
      ...two,
      ...acrossPeering,
      vpc('Third', '10.7.0.0/16'),
      subnet('E', 'Third', '10.7.1.0/24'),
      group('ThirdOpen', 'Third', ['-1 0.0.0.0/0']),
      instance('Far', 'E', ['ThirdOpen']),
      peering('Second', 'Other', 'Third'),
      table(
        'There',
        'Vpc',
        ['A'],
        ['10.9.0.0/16 VpcPeeringConnectionId Peering', '10.7.0.0/16 VpcPeeringConnectionId Peering'],
      ),
      table(
        'Back',
        'Other',
        ['D'],
        ['10.20.0.0/16 VpcPeeringConnectionId Peering', '10.7.0.0/16 VpcPeeringConnectionId Second'],
      ),
      table(
        'Third0',
        'Third',
        ['E'],
        ['10.20.0.0/16 VpcPeeringConnectionId Second', '10.9.0.0/16 VpcPeeringConnectionId Second'],
      ),
    ),
    { to: 'Far', ...fails },
    { from: 'Server', to: 'Far', ...passes },
  ),
  ...cases(
    'peering-no-edge-to-edge',
    `${peeringGuide}/vpc-peering-basics.html`,
    template(
      ...two,
      ...acrossPeering,
      gateway('Other'),
      elasticIp('Address', 'Server'),
      table('There', 'Vpc', ['A'], ['0.0.0.0/0 VpcPeeringConnectionId Peering']),
      table(
        'Back',
        'Other',
        ['D'],
        ['10.20.0.0/16 VpcPeeringConnectionId Peering', '0.0.0.0/0 GatewayId OtherGateway'],
      ),
    ),
    { to: outsideClient, port: 80, ...fails },
    passes,
  ),
  ...cases(
    'peering-answers-by-table',
    `${peeringGuide}/peering-configurations-partial-access.html`,
    template(
      ...two,
      ...acrossPeering,
      vpc('Twin', '10.9.0.0/16'),
      subnet('E', 'Twin', '10.9.3.0/24'),
      group('TwinOpen', 'Twin', ['-1 0.0.0.0/0']),
      instance('Wrong', 'E', ['TwinOpen']),
      peering('Second', 'Vpc', 'Twin'),
      table('There', 'Vpc', ['A'], ['10.9.0.0/16 VpcPeeringConnectionId Second']),
      back,
      table('TwinBack', 'Twin', ['E'], ['10.20.0.0/16 VpcPeeringConnectionId Second']),
    ),
    { from: 'Server', to: 'Client', ...fails },
    { from: 'Wrong', to: 'Client', ...passes },
  ),
  ...cases(
    'peering-group-reference',
    `${peeringGuide}/vpc-peering-security-groups.html`,
    template(
      ...two,
      group('Named', 'Other', ['tcp 8080 Open']),
      group('Stranger', 'Vpc'),
      instance('Client', 'A', ['Open']),
      instance('Unnamed', 'A', ['Stranger']),
      instance('Server', 'D', ['Named']),
      there,
      back,
    ),
    passes,
    { from: 'Unnamed', ...fails },
  ),
  ...cases(
    'sg-reference-scope',
    groupRules,
    template(
      ...two,
      group('Named', 'Other', ['tcp 8080 Open']),
      group('Stranger', 'Vpc'),
      instance('Client', 'A', ['Open']),
      instance('Unnamed', 'A', ['Stranger']),
      instance('Server', 'D', ['Named']),
      there,
      back,
    ),
    passes,
    { from: 'Unnamed', ...fails },
  ),
];

const resolver: ConnectivityCase[] = [
  ...cases(
    'resolver-addresses',
    `${vpcGuide}/AmazonDNS-concepts.html`,
    template(
      ...one,
      open,
      plain('Range', 'EC2::VPCCidrBlock', { VpcId: ref('Vpc'), CidrBlock: '10.21.0.0/16' }),
      subnet('Far', 'Vpc', '10.21.0.0/24'),
      instance('Client', 'Far', ['Open']),
    ),
    { to: '10.20.0.2', port: 53, ...passes },
    { to: '169.254.169.253', port: 53, ...passes },
    { to: '10.21.0.2', port: 53, ...fails },
  ),
  ...cases(
    'dns-attributes',
    `${vpcGuide}/AmazonDNS-concepts.html`,
    template(
      ...one,
      open,
      plain('Vpc', 'EC2::VPC', { CidrBlock: '10.20.0.0/16', EnableDnsSupport: false }),
      instance('Client', 'A', ['Open']),
    ),
    { to: '10.20.0.2', port: 53, ...fails },
    { to: '169.254.169.254', port: 80, ...passes },
  ),
  ...cases(
    'peering-resolver-unreachable',
    `${peeringGuide}/vpc-peering-basics.html`,
    template(...two, ...acrossPeering, there, back),
    { to: '10.9.0.2', port: 53, ...fails },
    { to: '10.20.0.2', port: 53, ...passes },
  ),
];

const database: ConnectivityCase[] = [
  ...cases(
    'rds-endpoint-address',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
    template(
      ...two,
      gateway('Other'),
      subnet('E', 'Other', '10.9.4.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
      instance('Client', 'A', ['Open']),
      plain('Subnets', 'RDS::DBSubnetGroup', {
        DBSubnetGroupDescription: 'two zones',
        SubnetIds: [ref('D'), ref('E')],
      }),
      plain('Server', 'RDS::DBInstance', {
        Engine: 'postgres',
        DBInstanceClass: 'db.t4g.micro',
        AllocatedStorage: '20',
        MasterUsername: 'master',
        MasterUserPassword: 'not-a-real-one',
        DBSubnetGroupName: ref('Subnets'),
        PubliclyAccessible: false,
        VPCSecurityGroups: [groupOf('OtherOpen')],
      }),
      there,
      table(
        'Back',
        'Other',
        ['D', 'E'],
        ['10.20.0.0/16 VpcPeeringConnectionId Peering', '0.0.0.0/0 GatewayId OtherGateway'],
      ),
    ),
    { port: 5432, ...passes },
    { from: 'internet', port: 5432, ...fails },
  ),
];

const balancer = (scheme: string, subnets: readonly string[], groupName: string) =>
  plain('Balancer', 'ElasticLoadBalancingV2::LoadBalancer', {
    Scheme: scheme,
    Subnets: subnets.map(ref),
    SecurityGroups: [groupOf(groupName)],
  });
const zones = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
];

const balancersAndEndpoints: ConnectivityCase[] = [
  ...cases(
    'lb-own-group-on-path',
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
    'lb-internet-facing-in-private-subnet',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    template(...zones, open, gateway('Vpc'), balancer('internet-facing', ['A', 'B'], 'Open')),
    { from: 'internet', to: 'Balancer', port: 80, ...fails },
  ),
  ...cases(
    'lb-internet-facing-in-private-subnet',
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
    'lb-scheme-and-names',
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
    'lb-scheme-and-names',
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
    'gateway-endpoint-route',
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
    'interface-endpoint',
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

export const connectivityCases: readonly ConnectivityCase[] = [
  ...routing,
  ...securityGroups,
  ...acls,
  ...internet,
  ...natGateways,
  ...peerings,
  ...resolver,
  ...database,
  ...balancersAndEndpoints,
];
