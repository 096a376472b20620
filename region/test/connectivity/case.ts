import { group, instance, peering, subnet, table, vpc } from '../connectivity-templates.ts';
import type { Line } from './lines.ts';

/**
 * What must pass and what must not, from AWS's documentation: plain data, run over the kernel (all), the reach lens (flows) and the
 * resolver by itself (questions), ready to be run over anything else that takes a template.
 */
export type ConnectivityCase = FlowCase | RequestCase | QuestionCase | ClockCase | ConnectionCase;

interface Row {
  /** The line of what was asked for that it stands for; `null` where it shows a fact beyond that. */
  readonly line: Line | null;
  /** The fact of aws-semantics.json that it shows; `null` where the file has none for it. */
  readonly fact: string | null;
  /** CloudFormation, as text. */
  readonly template: string;
  /** Reference as on the command line: who begins. */
  readonly from: string;
  /** Whether the row shows that something gets through, or that it does not. */
  readonly must: 'pass' | 'not';
  /** The page of AWS's documentation. */
  readonly source: string;
}

/** A packet and its answer. */
export interface FlowCase extends Row {
  readonly kind: 'flow';
  /** Reference as on the command line; `public:Server` is the public address of `Server`. */
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly family: 4 | 6;
  /** `accepted`: the network lets it through, there and back, whether anything listens or not. */
  readonly expected: 'accepted' | 'timeout';
  /** Where the proof cannot tell: what an instance does is not in the template. */
  readonly proof?: 'unknown';
}

/**
 * Who answers by HTTP: its port, and the status it gives to `/health`, 200 unless said otherwise. It answers every request with what it
 * was asked and by whom; `/slow/2000` takes that many milliseconds.
 */
export type Servers = Readonly<Record<string, { readonly port: number; readonly health?: number }>>;

/** A request by HTTP, once every target's health is known and the balancer acts on it. */
export interface RequestCase extends Row {
  readonly kind: 'request';
  readonly servers: Servers;
  readonly request: {
    readonly to: string;
    /** Where a load balancer has a node in each of several zones: whose node is asked; unless said, the first's. */
    readonly zone?: string;
    readonly secure?: boolean;
    /** The name asked for by TLS, and looked for in the certificate. */
    readonly serverName?: string;
    readonly port: number;
    readonly path: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    /** How often it is asked, one after the other. */
    readonly times: number;
    /** Shows the cookies of the first answer in all that follow. */
    readonly keepsCookies?: boolean;
    /** What the template becomes while the (single) request is under way. */
    readonly meanwhile?: string;
  };
  readonly answer: ExpectedAnswer;
}

/** Each that is stated has to hold. */
export interface ExpectedAnswer {
  readonly status?: number;
  readonly body?: string;
  /** Headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The servers that answered, each at least once and no other; or the same one every time, whichever it is. */
  readonly servers?: readonly string[] | 'the same';
  /** Who the server saw: an address, `private:Balancer`, `public:Client`, `six:Client`. */
  readonly client?: string;
  /** Headers as the server saw them; `null`: there was none. */
  readonly seen?: Readonly<Record<string, string | null>>;
  /** No answer at all: silence, a certificate for somebody else, or a connection that ends first. */
  readonly none?: 'silence' | 'another name' | 'cut';
}

/** A question to a resolver. */
export interface QuestionCase extends Row {
  readonly kind: 'question';
  /** A name, or `name:Server`: the one AWS gives it (a load balancer's, an instance's public one). */
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'PTR' | 'CNAME' | 'TXT';
  /** The address of the resolver; 169.254.169.253 unless said otherwise. */
  readonly resolver: string;
  /** In any order: addresses, names, `private:Server`, `public:Server`, `six:Server`. */
  readonly answer: readonly string[] | 'no such name' | 'silence';
}

/** A question for the time, by NTP. */
export interface ClockCase extends Row {
  readonly kind: 'clock';
  /** Its address. */
  readonly server: string;
  readonly expected: 'the time' | 'silence';
}

/** A connection that something has gone over, then a change or a silence, then something more over it. */
export interface ConnectionCase extends Row {
  readonly kind: 'connection';
  readonly servers: Servers;
  readonly to: string;
  readonly port: number;
  /** What the template becomes. */
  readonly meanwhile?: string;
  /** Seconds in which nothing is said. */
  readonly silence?: number;
  readonly expected: 'lives' | 'ends';
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

/** What rows stand for: a line, a fact or both, as `line` or `line: fact` or `: fact`. */
export type Subject = Line | `${Line}: ${string}` | `: ${string}`;

function subjectOf(subject: Subject): Pick<Row, 'line' | 'fact'> {
  const [line = '', fact = ''] = subject.split(': ').map((each) => each.trim());
  return { line: line === '' ? null : (line as Line), fact: fact === '' ? null : fact };
}

interface Shown {
  readonly from?: string;
  readonly to?: string;
  readonly port?: number;
  readonly protocol?: FlowCase['protocol'];
  readonly family?: FlowCase['family'];
  readonly expected: FlowCase['expected'];
  readonly proof?: FlowCase['proof'];
  /** Where one of several flows shows another line than the rest. */
  readonly subject?: Subject;
}

/** Several flows over one template; unless said otherwise from `Client` to `Server` by TCP 8080. */
export function cases(subject: Subject, source: string, text: string, ...shown: readonly Shown[]): FlowCase[] {
  return shown.map(
    ({ from = 'Client', to = 'Server', port = 8080, protocol = 'tcp', family = 4, expected, proof, ...own }) => ({
      kind: 'flow',
      ...subjectOf(own.subject ?? subject),
      template: text,
      from,
      to,
      port,
      protocol,
      family,
      expected,
      ...(proof === undefined ? {} : { proof }),
      must: expected === 'accepted' ? 'pass' : 'not',
      source,
    }),
  );
}

export const passes = { expected: 'accepted' } as const;
export const fails = { expected: 'timeout' } as const;

type Asking = Partial<RequestCase['request']> & { readonly from?: string };

/** Requests over one template; unless said otherwise `GET / ` once, from the internet to port 80 of `Balancer`. */
export function requests(
  subject: Subject,
  source: string,
  { template, servers }: { readonly template: string; readonly servers: Servers },
  ...shown: readonly (readonly [must: Row['must'], asking: Asking, answer: ExpectedAnswer])[]
): RequestCase[] {
  return shown.map(([must, { from = 'internet', ...asking }, answer]) => ({
    kind: 'request',
    ...subjectOf(subject),
    template,
    servers,
    from,
    request: { to: 'Balancer', port: 80, path: '/', method: 'GET', headers: {}, times: 1, ...asking },
    answer,
    must,
    source,
  }));
}

/** Questions over one template, to 169.254.169.253 unless said otherwise. */
export function questions(
  subject: Subject,
  source: string,
  text: string,
  ...shown: readonly (readonly [
    must: Row['must'],
    asking: Pick<QuestionCase, 'from' | 'name'> & Partial<Pick<QuestionCase, 'type' | 'resolver'>>,
    answer: QuestionCase['answer'],
  ])[]
): QuestionCase[] {
  return shown.map(([must, { type = 'A', resolver = '169.254.169.253', ...asking }, answer]) => ({
    kind: 'question',
    ...subjectOf(subject),
    template: text,
    type,
    resolver,
    ...asking,
    answer,
    must,
    source,
  }));
}

/** Questions for the time over one template; unless said otherwise `Client` asks 169.254.169.123. */
export function clocks(
  subject: Subject,
  source: string,
  text: string,
  ...shown: readonly (Partial<Pick<ClockCase, 'from' | 'server'>> & Pick<ClockCase, 'expected'>)[]
): ClockCase[] {
  return shown.map((each) => ({
    kind: 'clock',
    ...subjectOf(subject),
    template: text,
    from: 'Client',
    server: '169.254.169.123',
    must: each.expected === 'the time' ? 'pass' : 'not',
    source,
    ...each,
  }));
}

/** A connection that a first exchange has gone over: unless said otherwise from `Client` to `Server` by 8080. */
export function connections(
  subject: Subject,
  source: string,
  text: string,
  ...shown: readonly (Partial<Pick<ConnectionCase, 'from' | 'to' | 'port' | 'servers' | 'meanwhile' | 'silence'>> &
    Pick<ConnectionCase, 'expected'>)[]
): ConnectionCase[] {
  return shown.map((each) => ({
    kind: 'connection',
    ...subjectOf(subject),
    template: text,
    from: 'Client',
    to: 'Server',
    port: 8080,
    servers: { Server: { port: 8080 } },
    must: each.expected === 'lives' ? 'pass' : 'not',
    source,
    ...each,
  }));
}
