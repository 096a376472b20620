import { formatAddress } from '@terrace/cloud/address';
import type { ClassicStickiness } from '@terrace/cloud/families/classic-load-balancer/classic-load-balancer';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { digest } from '../../fabric/names.ts';
import { type Backend, type Leaving, type ServerDefinition, serverWords } from '../node-configuration.ts';
import { unansweredPage } from './own-answers.ts';

/** The names of a target group's two backends: as health has it, and with every target, for failing open. */
export function backendName(targetGroup: string): string {
  return `targets_${digest(targetGroup, 12)}`;
}

export function openBackendName(targetGroup: string): string {
  return `${backendName(targetGroup)}_open`;
}

/** The same two, which ask targets from the node's own address. */
export function ownBackendName(targetGroup: string): string {
  return `${backendName(targetGroup)}_own`;
}

export function ownOpenBackendName(targetGroup: string): string {
  return `${ownBackendName(targetGroup)}_open`;
}

/** What keeps a client with the target group that its first request was drawn into. */
export const groupCookie = 'AWSALBTG';

export function serverName(target: Target): string {
  return `${target.id.replace(/[^A-Za-z0-9-]/g, '-')}-${target.port}`;
}

/**
 * A target group as a node sees it: checked targets, and beside them all of its targets unchecked, which take the requests when none is
 * healthy.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function targetGroupBackends(
  group: TargetGroup,
  targets: readonly Target[],
  place: BackendPlace,
): readonly [checked: Backend, open: Backend] {
  const { mode } = place;
  const leaving = leavingOf(group, mode);
  const shared = [
    ...(mode === 'http'
      ? ['http-reuse always', ...failures(group), stay(group)]
      : ['mode tcp', `timeout server ${place.idleSeconds}s`]),
    `balance ${group.attributes['load_balancing.algorithm.type'] === 'least_outstanding_requests' ? 'leastconn' : 'roundrobin'}`,
    ...stickiness(group, mode),
  ];
  return [
    {
      name: backendName(group.id),
      lines: [...shared, ...check(group, mode)],
      servers: targets.map((target) => server(group, target, place, group.healthCheck.enabled)),
      leaving,
      waitsForThreshold: group.classic !== undefined,
    },
    {
      name: openBackendName(group.id),
      lines: shared,
      servers: targets.map((target) => server(group, target, place, false)),
      leaving,
      waitsForThreshold: group.classic !== undefined,
    },
  ];
}

/**
 * A group whose targets are asked in their clients' names, once more from the node's own address: a client of IPv6 has no name that a target of IPv4
 * could be shown. Health is that of the group's other backend.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function ownAddressBackends(group: TargetGroup, targets: readonly Target[], place: BackendPlace): Backend[] {
  const [, open] = targetGroupBackends(group, targets, { ...place, asClient: false });
  const withServers = (name: string, follows: (server: ServerDefinition) => string): Backend => ({
    ...open,
    name,
    lines: [...open.lines, ...open.servers.map((each) => `server ${each.name} ${serverWords(each)}${follows(each)}`)],
    servers: [],
  });
  return [
    withServers(ownBackendName(group.id), ({ name }) =>
      group.healthCheck.enabled ? ` track ${backendName(group.id)}/${name}` : '',
    ),
    withServers(ownOpenBackendName(group.id), () => ''),
  ];
}

interface BackendPlace {
  readonly mode: 'http' | 'tcp';
  /** Seconds of silence that a TCP connection outlives. */
  readonly idleSeconds: number;
  /** Whether targets are asked from the client's address. */
  readonly asClient: boolean;
}

/**
 * An Application Load Balancer cuts what is not done by the end of the delay, a Network Load Balancer only where it is told to, or
 * the group takes UDP.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
 */
export function leavingOf({ attributes, protocol }: TargetGroup, mode: 'http' | 'tcp'): Leaving {
  const byDefault = mode === 'http' || protocol === 'UDP' || protocol === 'TCP_UDP';
  return {
    seconds: Number(attributes['deregistration_delay.timeout_seconds'] ?? 300),
    cut:
      mode === 'http' ||
      (attributes['deregistration_delay.connection_termination.enabled'] ?? String(byDefault)) === 'true',
  };
}

/**
 * Without a target 503; a target that cannot be connected to within 10 s is 504, one that turns the connection away 502.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
function failures({ id, classic }: TargetGroup): string[] {
  const asked = classic ? backendName(id) : openBackendName(id);
  const unanswered = `{ status 503 } !{ var(txn.answered) -m found } { nbsrv(${asked}) gt 0 }`;
  return [
    'http-request set-var(txn.begun) date(0,ms)',
    ...(classic ? [] : [`http-request set-var(txn.alive) nbsrv(${asked}),bool`, unansweredPage]),
    'http-response set-var(txn.answered) int(1)',
    'http-after-response set-var(txn.took) date(0,ms),sub(txn.begun) if { status 503 }',
    `http-after-response set-status 504 reason "Gateway Time-out" if ${unanswered} { var(txn.took) -m int ge 10000 }`,
    `http-after-response set-status 502 reason "Bad Gateway" if ${unanswered}`,
  ];
}

function stay({ id }: TargetGroup): string {
  return `http-response add-header Set-Cookie "${groupCookie}=${backendName(id)}; Max-Age=%[var(txn.stay)]; Path=/" if { var(txn.stay) -m found }`;
}

/**
 * A cookie names the target, so that every node of the balancer follows it; where the application's own cookie decides, only with it. A target
 * that is unhealthy or on its way out is not followed.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
 */
function stickiness({ attributes, classic }: TargetGroup, mode: 'http' | 'tcp'): string[] {
  if (classic) return mode === 'http' && classic.stickiness ? classicStickiness(classic.stickiness) : [];
  if (attributes['stickiness.enabled'] !== 'true') return [];
  if (mode === 'tcp') return ['stick-table type ip size 100k expire 1h', 'stick on src'];
  if (attributes['stickiness.type'] !== 'app_cookie') {
    const seconds = Number(attributes['stickiness.lb_cookie.duration_seconds'] ?? 86_400);
    return [
      `http-response add-header Set-Cookie "${durationCookie}=%s; Max-Age=${seconds}; Path=/"`,
      `use-server %[req.cook(${durationCookie})] if { req.cook(${durationCookie}) -m found }`,
    ];
  }
  const name = (attributes['stickiness.app_cookie.cookie_name'] ?? '').replace(/[^A-Za-z0-9_.-]/g, '');
  const seconds = Number(attributes['stickiness.app_cookie.duration_seconds'] ?? 86_400);
  return [
    `http-response add-header Set-Cookie "${applicationCookie}=%s; Max-Age=${seconds}; Path=/" if { res.cook(${name}) -m found }`,
    `use-server %[req.cook(${applicationCookie})] if { req.cook(${applicationCookie}) -m found } { req.cook(${name}) -m found }`,
  ];
}

/**
 * The cookie is set where a request comes without it or its instance is not followed, so that it ends in its time; with the application's cookie,
 * where the application sets that one, and it ends with it.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-sticky-sessions.html
 */
function classicStickiness(stickiness: ClassicStickiness): string[] {
  if ('follows' in stickiness) {
    const name = stickiness.follows.replace(/[^A-Za-z0-9_.-]/g, '');
    return [
      `http-response add-header Set-Cookie "${classicCookie}=%s; Path=/" if { res.cook(${name}) -m found }`,
      `use-server %[req.cook(${classicCookie})] if { req.cook(${classicCookie}) -m found } { req.cook(${name}) -m found }`,
    ];
  }
  const age = stickiness.seconds === null ? '' : `Max-Age=${stickiness.seconds}; `;
  return [
    `http-request set-var(txn.bound) req.cook(${classicCookie})`,
    'http-response set-var(txn.server) srv_name',
    `http-response add-header Set-Cookie "${classicCookie}=%s; ${age}Path=/" unless { var(txn.bound),strcmp(txn.server) eq 0 }`,
    `use-server %[req.cook(${classicCookie})] if { req.cook(${classicCookie}) -m found }`,
  ];
}

const classicCookie = 'AWSELB';

const durationCookie = 'AWSALB';

const applicationCookie = 'AWSALBAPP-0';

function check({ healthCheck, classic }: TargetGroup, mode: 'http' | 'tcp'): string[] {
  if (!healthCheck.enabled) return [];
  const timeout = `timeout check ${healthCheck.timeout}s`;
  if (healthCheck.protocol === 'TCP' || healthCheck.protocol === 'SSL')
    return mode === 'http' ? [timeout] : [timeout, 'option tcp-check'];
  return [
    timeout,
    'option httpchk',
    `http-check send meth GET uri ${safePath(healthCheck.path)} ver HTTP/1.1 hdr Host health-check hdr User-Agent ELB-HealthChecker/${classic ? '1.0' : '2.0'} hdr Connection close`,
    `http-check expect status ${healthCheck.matcher.replace(/[^0-9,-]/g, '')}`,
  ];
}

function checked({ healthCheck }: TargetGroup): string {
  const port = healthCheck.port === null ? '' : ` port ${healthCheck.port}`;
  const tls = ['HTTPS', 'SSL'].includes(healthCheck.protocol) ? ' check-ssl verify none' : '';
  return `check inter ${healthCheck.interval}s rise ${healthCheck.healthyThreshold} fall ${healthCheck.unhealthyThreshold}${port}${tls}`;
}

function server(group: TargetGroup, target: Target, place: BackendPlace, isChecked: boolean): ServerDefinition {
  const slow = Number(group.attributes['slow_start.duration_seconds'] ?? 0);
  const options = [
    // A load balancer does not verify the certificates of its targets.
    group.protocol === 'HTTPS' || group.protocol === 'TLS' ? 'ssl verify none' : '',
    slow > 0 ? `slowstart ${slow}s` : '',
    group.attributes['proxy_protocol_v2.enabled'] === 'true' ? 'send-proxy-v2' : '',
    group.classic?.sendsProxyProtocol ? 'send-proxy' : '',
    place.asClient ? 'source 0.0.0.0 usesrc clientip' : '',
    isChecked ? checked(group) : '',
  ];
  return {
    name: serverName(target),
    address: formatAddress(target.address),
    port: target.port,
    options: options.filter((each) => each !== '').join(' '),
    checkInterval: isChecked ? group.healthCheck.interval : null,
  };
}

function safePath(path: string): string {
  return path.replace(/[^A-Za-z0-9/?&=._~%:@!$'()*+,;-]/g, '') || '/';
}
