import type { BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { ListenerRule } from '@terrace/cloud/views/balancing/rules';
import { digest } from '../../fabric/names.ts';
import { backendName, openBackendName } from './haproxy-target-group.ts';

/** Whether a balancer writes a line for every request. */
export function isLogged({ kind, attributes }: LoadBalancer): boolean {
  return kind === 'application' && attributes['access_logs.s3.enabled'] === 'true';
}

/**
 * What HAProxy says of a request, apart by tabs, for `accessLogEntry`: what it knows at the time goes into variables, since there is
 * nothing of the request left when a line is written.
 */
export const accessLogLines: readonly string[] = [
  'log stdout len 8192 format raw local0 info',
  // A connection in which nothing is asked is no request.
  'option dontlognull',
  'http-request set-var(txn.at) date(0,ms)',
  'http-request set-var(txn.host) req.hdr(host)',
  'http-request set-var(txn.agent) req.hdr(user-agent)',
  'http-request set-var(txn.trace) req.hdr(X-Amzn-Trace-Id)',
  'http-response set-var(txn.answer) status',
  'http-after-response set-var(txn.location) res.fhdr(location)',
  `log-format "${[
    '%[var(txn.at)]',
    '%f',
    '%ci:%cp',
    '%b',
    '%si:%sp',
    '%TR',
    '%Tw',
    '%Tc',
    '%Tr',
    '%Ta',
    '%ST',
    '%[var(txn.answer)]',
    '%U',
    '%B',
    '%HM',
    '%HU',
    '%HV',
    '%[var(txn.rule)]',
    '%sslc',
    '%sslv',
    '%[ssl_fc_sni]',
    '%[var(txn.host)]',
    '%[var(txn.trace)]',
    '%[var(txn.location)]',
    '%[var(txn.agent)]',
  ].join('\\t')}"`,
];

export interface LoggedBy {
  readonly view: BalancingView;
  readonly balancer: LoadBalancer;
}

/**
 * A line of an access log as Application Load Balancers write it; `undefined` for what is no line of a request.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html#access-log-entry-format
 *
 * @param said One line in the form of `accessLogLines`.
 * @param now milliseconds since 1970: what cannot be read as a request has no beginning of its own
 */
export function accessLogEntry(said: string, { view, balancer }: LoggedBy, now: number): string | undefined {
  const fields = said.split('\t');
  const port = /^listener_(\d+)$/.exec(fields[1] ?? '')?.[1];
  const listener = balancer.listeners.find((each) => String(each.port) === port);
  if (!listener || fields.length < 25) return undefined;
  const [at, , client, backend, server, received, queued, connected, answered, active, status, answer, sent, given] =
    fields as [string, ...string[]];
  const [method, path, version, ruleIndex, cipher, protocol, name, host, trace, location] = fields.slice(14);
  const agent = fields.slice(24).join(' ');
  const target = server !== undefined && /^\d/.test(server) ? server : '-';
  const group = view.targetGroups.find(({ id }) => [backendName(id), openBackendName(id)].includes(backend!));
  const secure = listener.protocol === 'HTTPS';
  const isRead = at !== '-';
  const rule = isRead ? ruleOf(listener, ruleIndex!) : undefined;
  const milliseconds = (...parts: (string | undefined)[]) =>
    parts.reduce((sum, each) => sum + Math.max(0, Number(each)), 0);
  const began = isRead ? Number(at) : now - milliseconds(active);
  const reached = target !== '-' && Number(answered) >= 0;
  return [
    typeOf(secure, version!, status!),
    timestamp(began + milliseconds(active)),
    balancer.id.replace(/^.*:loadbalancer\//, ''),
    client,
    target,
    seconds(reached ? milliseconds(received, queued, connected) : -1),
    seconds(reached ? milliseconds(answered) : -1),
    seconds(reached ? 0 : -1),
    status,
    stated(answer),
    sent,
    given,
    quoted(
      `${isRead ? method : '-'} ${secure ? 'https' : 'http'}://${authority(stated(host), listener.port)}${isRead ? `${path} ${version}` : '- -'}`,
    ),
    quoted(stated(agent)),
    secure ? stated(cipher) : '-',
    secure ? stated(protocol) : '-',
    group?.id ?? '-',
    quoted(stated(trace)),
    quoted(secure ? stated(name) : '-'),
    quoted(secure ? (listener.certificates[0] ?? '-') : '-'),
    isRead ? String(rule?.priority ?? 0) : '-',
    timestamp(began),
    quoted(rule ? actionOf(rule) : '-'),
    quoted(rule?.action.kind === 'redirect' ? stated(location) : '-'),
    quoted('-'),
    quoted(target),
    quoted(stated(answer)),
    quoted('-'),
    quoted('-'),
    `TID_${digest(`${client} ${balancer.id}`, 32)}`,
  ].join(' ');
}

/** Where a file of a node's lines ends up: at the end of every five minutes, and whenever it has become large. */
export function accessLogKey(
  { attributes, id }: LoadBalancer,
  file: {
    readonly account: string;
    readonly region: string;
    readonly address: string;
    readonly end: Date;
    readonly random: string;
  },
): string {
  const { account, region, address, end, random } = file;
  const stamp = end
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .replace(/(T\d{4})\d\d/, '$1');
  const name = id.replace(/^.*:loadbalancer\//, '').replaceAll('/', '.');
  const prefix = attributes['access_logs.s3.prefix'];
  return [
    ...(prefix ? [prefix] : []),
    'AWSLogs',
    account,
    'elasticloadbalancing',
    region,
    end.toISOString().slice(0, 10).replaceAll('-', '/'),
    `${account}_elasticloadbalancing_${region}_${name}_${stamp}_${address}_${random}.log.gz`,
  ].join('/');
}

/** HAProxy numbers the rules where there are several. */
function ruleOf({ rules }: Listener, index: string): ListenerRule | undefined {
  return rules.length === 1 ? rules[0] : rules[Number(index === '' || index === '-' ? rules.length - 1 : index)];
}

function actionOf({ action }: ListenerRule): string {
  return action.kind === 'not-carried-out' ? action.type : action.kind;
}

function typeOf(secure: boolean, version: string, status: string): string {
  if (status === '101') return secure ? 'wss' : 'ws';
  return version.startsWith('HTTP/2') ? 'h2' : secure ? 'https' : 'http';
}

function authority(host: string, port: number): string {
  return /:\d+$/.test(host) ? host : `${host}:${port}`;
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}

function seconds(milliseconds: number): string {
  return milliseconds < 0 ? '-1' : (milliseconds / 1000).toFixed(3);
}

function stated(text: string | undefined): string {
  return text === undefined || text === '' ? '-' : text;
}

/** What a client sends may not move the cursor of who reads it. */
function quoted(text: string): string {
  const printable = text.replaceAll(/\p{Cc}/gu, (each) => `\\x${each.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `"${printable.replaceAll('"', '%22')}"`;
}
