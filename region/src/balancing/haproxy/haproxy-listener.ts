import type { LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { ListenerRule, RuleAction } from '@terrace/cloud/views/balancing/rules';
import { accessLogLines } from './access-log.ts';
import { conditionExpression, quoted } from './haproxy-conditions.ts';
import {
  backendName,
  groupCookie,
  openBackendName,
  ownBackendName,
  ownOpenBackendName,
} from './haproxy-target-group.ts';
import { idleSeconds } from './idle-timeout.ts';
import { ownServerName } from './own-answers.ts';

/** What a node gives to its listeners. */
interface ListenerPlace {
  /** In one or both families. */
  readonly addresses: readonly string[];
  /** PEM files, the default one first; the others are chosen by the name that a client asks for. */
  readonly certificates: readonly string[];
  /** By target group: with fewer healthy targets than so many, all of them are asked; `null` for never. */
  readonly targetGroups: ReadonlyMap<string, number | null>;
  /** Target groups that are asked from the node's own address, though others are in their clients' names. */
  readonly byOwnAddress?: ReadonlySet<string>;
  /** Whether each request is told on standard output. */
  readonly logged: boolean;
}

/** A listener of an Application Load Balancer on one node: its rules in their order, the first that holds is taken. */
export function applicationFrontend(balancer: LoadBalancer, listener: Listener, node: ListenerPlace): string {
  const scheme = listener.protocol === 'HTTPS' ? 'https' : 'http';
  const protocols = balancer.attributes['routing.http2.enabled'] === 'false' ? 'http/1.1' : 'h2,http/1.1';
  const tls = scheme === 'https' ? `${secure(node)} alpn ${protocols}` : '';
  const single = listener.rules.length === 1;
  const numbered = listener.rules.map((rule, index) => ({
    rule,
    // Forwarding is decided after everything else in HAProxy: the number of the rule that is taken keeps their order.
    when: single ? '' : `{ var(txn.rule) -m int ${index} }`,
    taken: `http-request set-var(txn.rule) int(${index})${condition(`!{ var(txn.rule) -m found } ${conditionExpression(rule.conditions)}`)}`,
  }));
  return [
    `frontend listener_${listener.port}`,
    `  bind ${bound(node, listener)}${tls}`,
    ...(single ? [] : numbered.map(({ taken }) => `  ${taken}`)),
    ...forwardedHeaders(balancer, listener.port, scheme),
    ...ownServerName(balancer),
    ...(node.logged ? accessLogLines.map((line) => `  ${line}`) : []),
    ...numbered.flatMap(({ rule, when }) => actionLines(rule, when, { listener, scheme, known: node.targetGroups })),
  ].join('\n');
}

/** A listener of a Network Load Balancer that ends connections: it passes on what comes in them and reads nothing of it. */
export function networkFrontend(listener: Listener, node: ListenerPlace): string {
  const tls = listener.protocol === 'TLS' ? secure(node) : '';
  return [
    `frontend listener_${listener.port}${node.byOwnAddress ? '_six' : ''}`,
    '  mode tcp',
    `  bind ${bound(node, listener)}${tls}`,
    `  timeout client ${idleSeconds(listener)}s`,
    ...listener.rules.flatMap(({ action }) =>
      action.kind === 'forward' ? forwardLines(action, '', node.targetGroups, 'tcp', node.byOwnAddress) : [],
    ),
  ].join('\n');
}

function bound({ addresses }: ListenerPlace, { port }: Listener): string {
  return addresses.map((address) => `${address}:${port}`).join(',');
}

function secure({ certificates }: ListenerPlace): string {
  return ` ssl ${certificates.map((file) => `crt ${file}`).join(' ')}`;
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
 */
function forwardedHeaders({ attributes, kind }: LoadBalancer, port: number, scheme: string): string[] {
  const on = (name: string) => attributes[name] === 'true';
  const append = on('routing.http.xff_client_port.enabled')
    ? ['  http-request add-header X-Forwarded-For "%[src]:%[src_port]"']
    : ['  option forwardfor'];
  const mode = attributes['routing.http.xff_header_processing.mode'] ?? 'append';
  const client = { preserve: [], remove: ['  http-request del-header X-Forwarded-For'] }[mode] ?? append;
  return [
    ...(on('routing.http.drop_invalid_header_fields.enabled')
      ? ["  http-request del-header '[^A-Za-z0-9-]' -m reg"]
      : []),
    ...client,
    `  http-request set-header X-Forwarded-Proto ${scheme}`,
    `  http-request set-header X-Forwarded-Port ${port}`,
    ...(scheme === 'https' && on('routing.http.x_amzn_tls_version_and_cipher_suite.enabled')
      ? [
          '  http-request set-header x-amzn-tls-version %[ssl_fc_protocol]',
          '  http-request set-header x-amzn-tls-cipher-suite %[ssl_fc_cipher]',
        ]
      : []),
    ...(kind === 'classic'
      ? []
      : [
          '  http-request set-header X-Amzn-Trace-Id "Root=1-%[date,hex,bytes(8,8)]-%[rand,hex,bytes(8,8)]%[rand,hex,bytes(8,8)]%[rand,hex,bytes(8,8)]" unless { req.hdr(X-Amzn-Trace-Id) -m found }',
        ]),
  ];
}

interface ActionPlace {
  readonly listener: Listener;
  readonly scheme: string;
  readonly known: ReadonlyMap<string, number | null>;
}

function actionLines({ action }: ListenerRule, when: string, place: ActionPlace): string[] {
  switch (action.kind) {
    case 'forward':
      return forwardLines(action, when, place.known, 'http');
    case 'redirect':
      return redirectLines(action, when, place);
    case 'fixed-response': {
      const { status, contentType, body } = action;
      return [
        `  http-request return status ${status} content-type ${quoted(contentType)} string ${quoted(body)}${condition(when)}`,
      ];
    }
    case 'not-carried-out':
      return [
        `  http-request return status 501 content-type text/plain string ${quoted(`Terrace does not carry out the action ${action.type}`)}${condition(when)}`,
      ];
  }
}

/** A target group with too few healthy targets on this node is asked as if all of its targets were healthy. */
function forwardLines(
  { targetGroups, stickySeconds }: Extract<RuleAction, { kind: 'forward' }>,
  when: string,
  known: ReadonlyMap<string, number | null>,
  mode: 'http' | 'tcp',
  byOwnAddress: ReadonlySet<string> = new Set(),
): string[] {
  const weighted = targetGroups.filter(({ id, weight }) => weight > 0 && known.has(id));
  if (weighted.length === 0) {
    return mode === 'http' ? [`  http-request return status 503${condition(when)}`] : ['  tcp-request content reject'];
  }
  const several = weighted.length > 1;
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const draw = mode === 'http' ? 'http-request' : 'tcp-request content';
  const lines = several ? [`  ${draw} set-var(txn.draw) rand(${total})${condition(when)}`] : [];
  if (several && stickySeconds !== null) lines.push(...stayLines(weighted, when, stickySeconds));
  let upTo = 0;
  for (const { id, weight } of weighted) {
    upTo += weight;
    const drawn = several ? `{ var(txn.draw) -m int lt ${upTo} }` : '';
    const isOwn = byOwnAddress.has(id);
    const least = known.get(id);
    if (least !== null)
      lines.push(
        `  use_backend ${isOwn ? ownOpenBackendName(id) : openBackendName(id)}${condition(`${when} ${drawn} { nbsrv(${backendName(id)}) ${few(least)} }`)}`,
      );
    lines.push(`  use_backend ${isOwn ? ownBackendName(id) : backendName(id)}${condition(`${when} ${drawn}`)}`);
  }
  return lines;
}

function few(least = 1): string {
  return least <= 1 ? 'eq 0' : `lt ${least}`;
}

/**
 * Who comes with the cookie of a group is drawn into that group again.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
 */
function stayLines(weighted: readonly { id: string; weight: number }[], when: string, seconds: number): string[] {
  let before = 0;
  return [
    ...weighted.map(({ id, weight }) => {
      const line = `  http-request set-var(txn.draw) int(${before})${condition(`${when} { req.cook(${groupCookie}) -m str ${backendName(id)} }`)}`;
      before += weight;
      return line;
    }),
    `  http-request set-var(txn.stay) int(${seconds})${condition(when)}`,
  ];
}

function condition(expression: string): string {
  const text = expression.trim().replace(/ {2,}/g, ' ');
  return text === '' ? '' : ` if ${text}`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions */
function redirectLines(
  action: Extract<RuleAction, { kind: 'redirect' }>,
  when: string,
  { listener, scheme }: ActionPlace,
): string[] {
  const given: Readonly<Record<string, string>> = {
    protocol: scheme,
    host: '%[req.hdr(host),field(1,:)]',
    port: String(listener.port),
    path: '%[path,regsub(^/,)]',
    query: '%[query]',
  };
  const filled = (text: string) =>
    text
      .split(/(#\{\w+\})/)
      .map((part) => {
        const name = /^#\{(\w+)\}$/.exec(part)?.[1];
        return name === undefined ? literal(part) : (given[name] ?? '');
      })
      .join('');
  const location = `${filled(action.protocol).toLowerCase()}://${filled(action.host)}:${filled(action.port)}${filled(action.path)}`;
  const line = (query: string, also: string) =>
    `  http-request redirect code ${action.status} location "${location}${query}"${condition(`${when} ${also}`)}`;
  if (action.query === '') return [line('', '')];
  // Without a query in the request there is no question mark either.
  if (action.query === '#{query}') return [line(`?${filled(action.query)}`, '{ query -m len gt 0 }'), line('', '')];
  return [line(`?${filled(action.query)}`, '')];
}

/** Text that HAProxy neither expands nor ends at: what has a meaning to it is written in hexadecimal, and `%%` is its own `%`. */
function literal(text: string): string {
  return text
    .replace(/["'\\\s${}]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
    .replaceAll('%', '%%');
}
