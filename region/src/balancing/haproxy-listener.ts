import type { Listener, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { ListenerRule, RuleAction } from '@terrace/cloud/views/balancing/rules';
import { conditionExpression, quoted } from './haproxy-conditions.ts';
import { backendName, openBackendName } from './haproxy-target-group.ts';

/** A listener of an Application Load Balancer on one node: its rules in their order, the first that holds is taken. */
export function applicationFrontend(
  balancer: LoadBalancer,
  listener: Listener,
  node: {
    readonly address: string;
    readonly certificates: readonly string[];
    readonly targetGroups: ReadonlySet<string>;
  },
): string {
  const secure = listener.protocol === 'HTTPS';
  const tls = secure ? ` ssl ${node.certificates.map((file) => `crt ${file}`).join(' ')} alpn h2,http/1.1` : '';
  return [
    `frontend listener_${listener.port}`,
    `  bind ${node.address}:${listener.port}${tls}`,
    ...forwardedHeaders(balancer, listener.port, secure ? 'https' : 'http'),
    ...listener.rules.flatMap((rule) => ruleLines(rule, node.targetGroups)),
  ].join('\n');
}

/** A listener of a Network Load Balancer: it passes connections on and reads nothing of them. */
export function networkFrontend(
  listener: Listener,
  node: {
    readonly address: string;
    readonly certificates: readonly string[];
    readonly targetGroups: ReadonlySet<string>;
  },
): string {
  const tls = listener.protocol === 'TLS' ? ` ssl ${node.certificates.map((file) => `crt ${file}`).join(' ')}` : '';
  return [
    `frontend listener_${listener.port}`,
    '  mode tcp',
    `  bind ${node.address}:${listener.port}${tls}`,
    ...listener.rules.flatMap((rule) => ruleLines(rule, node.targetGroups)),
  ].join('\n');
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html */
function forwardedHeaders(balancer: LoadBalancer, port: number, scheme: string): string[] {
  const mode = balancer.attributes['routing.http.xff_header_processing.mode'] ?? 'append';
  const client = {
    append: ['  option forwardfor'],
    preserve: [],
    remove: ['  http-request del-header X-Forwarded-For'],
  }[mode] ?? ['  option forwardfor'];
  return [
    ...client,
    `  http-request set-header X-Forwarded-Proto ${scheme}`,
    `  http-request set-header X-Forwarded-Port ${port}`,
    '  http-request set-header X-Amzn-Trace-Id "Root=1-%[date,hex,bytes(8,8)]-%[rand,hex,bytes(8,8)]%[rand,hex,bytes(8,8)]%[rand,hex,bytes(8,8)]" unless { req.hdr(X-Amzn-Trace-Id) -m found }',
  ];
}

function ruleLines(rule: ListenerRule, known: ReadonlySet<string>): string[] {
  const when = conditionExpression(rule.conditions);
  switch (rule.action.kind) {
    case 'forward':
      return forwardLines(rule.action, when, known);
    case 'redirect':
      return [
        `  http-request redirect code ${rule.action.status} location ${redirectLocation(rule.action)}${condition(when)}`,
      ];
    case 'fixed-response': {
      const { status, contentType, body } = rule.action;
      return [
        `  http-request return status ${status} content-type ${quoted(contentType)} string ${quoted(body)}${condition(when)}`,
      ];
    }
    case 'not-carried-out':
      return [
        `  http-request return status 501 content-type text/plain string ${quoted(`Terrace does not carry out the action ${rule.action.type}`)}${condition(when)}`,
      ];
  }
}

/** A target group without a healthy target on this node is asked as if all of its targets were healthy. */
function forwardLines(
  { targetGroups }: Extract<RuleAction, { kind: 'forward' }>,
  when: string,
  known: ReadonlySet<string>,
): string[] {
  const weighted = targetGroups.filter(({ id, weight }) => weight > 0 && known.has(id));
  if (weighted.length === 0) return [`  http-request return status 503${condition(when)}`];
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const lines =
    weighted.length > 1
      ? [`  http-request set-var(txn.draw) rand(${total})${condition(`!{ var(txn.draw) -m found } ${when}`)}`]
      : [];
  let upTo = 0;
  for (const { id, weight } of weighted) {
    upTo += weight;
    const drawn = weighted.length > 1 ? `{ var(txn.draw) -m int lt ${upTo} }` : '';
    lines.push(
      `  use_backend ${openBackendName(id)}${condition(`${when} ${drawn} { nbsrv(${backendName(id)}) eq 0 }`)}`,
      `  use_backend ${backendName(id)}${condition(`${when} ${drawn}`)}`,
    );
  }
  return lines;
}

function condition(expression: string): string {
  const text = expression.trim().replace(/ {2,}/g, ' ');
  return text === '' ? '' : ` if ${text}`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
function redirectLocation(action: Extract<RuleAction, { kind: 'redirect' }>): string {
  const given: Readonly<Record<string, string>> = {
    protocol: '%[req.hdr(X-Forwarded-Proto)]',
    host: '%[req.hdr(host),field(1,:)]',
    port: '%[req.hdr(X-Forwarded-Port)]',
    path: '%[path,regsub(^/,)]',
    query: '%[query]',
  };
  const filled = (text: string) =>
    text
      .split(/(#\{\w+\})/)
      .map((part) => {
        const name = /^#\{(\w+)\}$/.exec(part)?.[1];
        return name === undefined
          ? part.replace(/[%"'\\\s]/g, (each) => encodeURIComponent(each))
          : (given[name] ?? '');
      })
      .join('');
  const protocol = filled(action.protocol.toLowerCase());
  const query = action.query === '' ? '' : `?${filled(action.query)}`;
  return `"${protocol}://${filled(action.host)}:${filled(action.port)}${filled(action.path)}${query}"`;
}
