import { group, instance, peering, subnet, table, vpc } from '../connectivity-templates.ts';

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

export const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide';
export const groupRules = `${vpcGuide}/security-group-rules.html`;
export const peeringGuide = 'https://docs.aws.amazon.com/vpc/latest/peering';
export const outsideClient = '203.0.113.10';

export const one = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24'),
  subnet('C', 'Vpc', '10.20.3.0/24'),
];
export const open = group('Open', 'Vpc', ['-1 0.0.0.0/0']);
export const two = [
  ...one,
  open,
  vpc('Other', '10.9.0.0/16'),
  subnet('D', 'Other', '10.9.3.0/24'),
  group('OtherOpen', 'Other', ['-1 0.0.0.0/0']),
  peering('Peering', 'Vpc', 'Other'),
];
export const clientAndServer = [instance('Client', 'A', ['Open']), instance('Server', 'B', ['Open'])];
export const there = table('There', 'Vpc', ['A'], ['10.9.0.0/16 VpcPeeringConnectionId Peering']);
export const back = table('Back', 'Other', ['D'], ['10.20.0.0/16 VpcPeeringConnectionId Peering']);
export const acrossPeering = [instance('Client', 'A', ['Open']), instance('Server', 'D', ['OtherOpen'])];
export const publicTable = table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']);

interface Shown {
  readonly from?: string;
  readonly to?: string;
  readonly port?: number;
  readonly protocol?: ConnectivityCase['protocol'];
  readonly expected: ConnectivityCase['expected'];
}

/** Several flows over one template; unless said otherwise from `Client` to `Server` by TCP 8080. */
export function cases(fact: string, source: string, text: string, ...shown: readonly Shown[]): ConnectivityCase[] {
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

export const passes = { expected: 'accepted' } as const;
export const fails = { expected: 'timeout' } as const;
