import { formatAddress } from '@terrace/cloud/address';
import type { Target, TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { digest } from '../fabric/names.ts';

/** The names of a target group's two backends: as health has it, and with every target, for failing open. */
export function backendName(targetGroup: string): string {
  return `targets_${digest(targetGroup, 12)}`;
}

export function openBackendName(targetGroup: string): string {
  return `${backendName(targetGroup)}_open`;
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
export function targetGroupBackends(group: TargetGroup, targets: readonly Target[], mode: 'http' | 'tcp'): string {
  const shared = [
    ...(mode === 'http' ? ['  http-reuse always', ...failures(targets), stay(group)] : ['  mode tcp']),
    `  balance ${group.attributes['load_balancing.algorithm.type'] === 'least_outstanding_requests' ? 'leastconn' : 'roundrobin'}`,
    ...stickiness(group, targets, mode),
  ];
  return [
    `backend ${backendName(group.id)}`,
    ...shared,
    ...check(group, mode),
    ...targets.map((target) => `  ${server(group, target)}${group.healthCheck.enabled ? checked(group) : ''}`),
    `backend ${openBackendName(group.id)}`,
    ...shared,
    ...targets.map((target) => `  ${server(group, target)}`),
  ].join('\n');
}

/**
 * Without a target 503; a target that cannot be connected to within 10 s is 504, one that turns the connection away 502.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
function failures(targets: readonly Target[]): string[] {
  if (targets.length === 0) return [];
  return [
    '  http-request set-var(txn.begun) date(0,ms)',
    '  http-response set-var(txn.answered) int(1)',
    '  http-after-response set-var(txn.took) date(0,ms),sub(txn.begun) if { status 503 }',
    '  http-after-response set-status 504 if { status 503 } !{ var(txn.answered) -m found } { var(txn.took) -m int ge 10000 }',
    '  http-after-response set-status 502 if { status 503 } !{ var(txn.answered) -m found }',
  ];
}

function stay({ id }: TargetGroup): string {
  return `  http-response add-header Set-Cookie "${groupCookie}=${backendName(id)}; Max-Age=%[var(txn.stay)]; Path=/" if { var(txn.stay) -m found }`;
}

/**
 * A cookie names the target, so that every node of the balancer follows it; where the application's own cookie decides, only with it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
 */
function stickiness({ attributes }: TargetGroup, targets: readonly Target[], mode: 'http' | 'tcp'): string[] {
  if (attributes['stickiness.enabled'] !== 'true') return [];
  if (mode === 'tcp') return ['  stick-table type ip size 100k expire 1h', '  stick on src'];
  if (attributes['stickiness.type'] !== 'app_cookie') {
    const seconds = Number(attributes['stickiness.lb_cookie.duration_seconds'] ?? 86_400);
    return [`  cookie AWSALB insert indirect nocache maxlife ${seconds}s`];
  }
  const name = (attributes['stickiness.app_cookie.cookie_name'] ?? '').replace(/[^A-Za-z0-9_.-]/g, '');
  const seconds = Number(attributes['stickiness.app_cookie.duration_seconds'] ?? 86_400);
  return [
    `  http-response add-header Set-Cookie "${applicationCookie}=%s; Max-Age=${seconds}; Path=/" if { res.cook(${name}) -m found }`,
    ...targets.map(
      (target) =>
        `  use-server ${serverName(target)} if { req.cook(${applicationCookie}) -m str ${serverName(target)} } { req.cook(${name}) -m found }`,
    ),
  ];
}

const applicationCookie = 'AWSALBAPP-0';

function check({ healthCheck }: TargetGroup, mode: 'http' | 'tcp'): string[] {
  if (!healthCheck.enabled) return [];
  const timeout = `  timeout check ${healthCheck.timeout}s`;
  if (healthCheck.protocol === 'TCP') return mode === 'http' ? [timeout] : [timeout, '  option tcp-check'];
  return [
    timeout,
    '  option httpchk',
    `  http-check send meth GET uri ${safePath(healthCheck.path)} ver HTTP/1.1 hdr Host health-check hdr User-Agent ELB-HealthChecker/2.0 hdr Connection close`,
    `  http-check expect status ${healthCheck.matcher.replace(/[^0-9,-]/g, '')}`,
  ];
}

function checked({ healthCheck }: TargetGroup): string {
  const port = healthCheck.port === null ? '' : ` port ${healthCheck.port}`;
  const tls = healthCheck.protocol === 'HTTPS' ? ' check-ssl verify none' : '';
  return ` check inter ${healthCheck.interval}s rise ${healthCheck.healthyThreshold} fall ${healthCheck.unhealthyThreshold}${port}${tls}`;
}

function server(group: TargetGroup, target: Target): string {
  const name = serverName(target);
  // A load balancer does not verify the certificates of its targets.
  const tls = group.protocol === 'HTTPS' || group.protocol === 'TLS' ? ' ssl verify none' : '';
  const sticky = group.attributes['stickiness.enabled'] === 'true';
  const byCookie = sticky && !['app_cookie', 'source_ip'].includes(group.attributes['stickiness.type'] ?? '');
  const cookie = byCookie ? ` cookie ${digest(name, 16)}` : '';
  const slow = Number(group.attributes['slow_start.duration_seconds'] ?? 0);
  const proxy = group.attributes['proxy_protocol_v2.enabled'] === 'true' ? ' send-proxy-v2' : '';
  return `server ${name} ${formatAddress(target.address)}:${target.port}${tls}${cookie}${slow > 0 ? ` slowstart ${slow}s` : ''}${proxy}`;
}

function safePath(path: string): string {
  return path.replace(/[^A-Za-z0-9/?&=._~%:@!$'()*+,;-]/g, '') || '/';
}
