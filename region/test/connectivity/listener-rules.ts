import {
  balancer,
  forward,
  ground,
  listener,
  rule,
  saying,
  server,
  targets,
} from '../balancing/balancing-templates.ts';
import { template } from '../connectivity-templates.ts';
import { type RequestCase, requests } from './case.ts';

const guide = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';
const conditions = `${guide}/rule-condition-types.html`;
const actions = `${guide}/rule-action-types.html`;

const field = (Field: string, Values: readonly string[]) => ({ Field, Values });
const split = (blue: number, green: number, more = {}) => [
  {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: { Ref: 'Blues' }, Weight: blue },
        { TargetGroupArn: { Ref: 'Greens' }, Weight: green },
      ],
      ...more,
    },
  },
];
const sticky = { TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 } };
const redirect = (config: Readonly<Record<string, string>>) => [{ Type: 'redirect', RedirectConfig: config }];
const answering = (StatusCode: string, MessageBody: string) => [
  { Type: 'fixed-response', FixedResponseConfig: { StatusCode, ContentType: 'application/json', MessageBody } },
];

/** What no rule takes goes to `Blue`. */
const listening = {
  template: template(
    ground,
    balancer(),
    server('Blue'),
    server('Green', 'PrivateB'),
    targets('Blues', ['Blue']),
    targets('Greens', ['Green']),
    listener('Front', 80, forward('Blues')),
    rule('Front', 50, [field('path-pattern', ['/img/*', '/??.css'])], saying('by path')),
    rule('Front', 40, [field('path-pattern', ['/img/first/*'])], saying('by the lower number')),
    rule('Front', 60, [field('host-header', ['*.shop.example'])], saying('by host')),
    rule(
      'Front',
      70,
      [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Version', Values: ['beta*'] } }],
      saying('by header'),
    ),
    rule('Front', 80, [field('http-request-method', ['DELETE'])], saying('by method')),
    rule(
      'Front',
      90,
      [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'version', Value: 'v1' }] } }],
      saying('by query'),
    ),
    rule('Front', 100, [field('source-ip', ['10.0.0.0/8'])], saying('by source')),
    rule('Front', 110, [field('path-pattern', ['/both']), field('host-header', ['both.example'])], saying('by both')),
    rule(
      'Front',
      120,
      [field('path-pattern', ['/moved'])],
      redirect({ StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443', Path: '/new/#{path}' }),
    ),
    rule('Front', 130, [field('path-pattern', ['/teapot'])], answering('418', '{"a":1}')),
    rule('Front', 140, [field('path-pattern', ['/split'])], split(1, 1)),
    rule('Front', 150, [field('path-pattern', ['/nothing-for-green'])], split(1, 0)),
    rule('Front', 160, [field('path-pattern', ['/stay'])], split(1, 1, sticky)),
  ),
  servers: { Blue: { port: 8080 }, Green: { port: 8080 } },
};

const byDefault = { status: 200, servers: ['Blue'] };
const host = (name: string) => ({ headers: { host: name } });

export const listenerRules: readonly RequestCase[] = [
  ...requests(
    'rule-by-path',
    conditions,
    listening,
    ['pass', { path: '/img/cat.png' }, { body: 'by path' }],
    ['pass', { path: '/ab.css' }, { body: 'by path' }],
    ['not', { path: '/abc.css' }, byDefault],
    ['not', { path: '/IMG/cat.png' }, byDefault],
  ),
  ...requests(
    'rule-by-host',
    conditions,
    listening,
    ['pass', host('www.SHOP.example:80'), { body: 'by host' }],
    ['not', host('workshop.example'), byDefault],
  ),
  ...requests(
    'rule-by-header',
    conditions,
    listening,
    ['pass', { headers: { 'x-version': 'BETA-2' } }, { body: 'by header' }],
    ['not', { headers: { 'x-version': 'gamma' } }, byDefault],
    ['not', { headers: { 'x-versions': 'beta' } }, byDefault],
  ),
  ...requests(
    'rule-by-method',
    conditions,
    listening,
    ['pass', { method: 'DELETE' }, { body: 'by method' }],
    ['not', { method: 'POST' }, byDefault],
  ),
  ...requests(
    'rule-by-query',
    conditions,
    listening,
    ['pass', { path: '/?a=b&VERSION=V1' }, { body: 'by query' }],
    ['not', { path: '/?version=v10' }, byDefault],
  ),
  ...requests(
    'rule-by-source',
    conditions,
    listening,
    ['pass', { from: 'Green', to: 'private:Balancer' }, { body: 'by source' }],
    ['not', {}, byDefault],
  ),
  ...requests(
    ': alb-rule-order',
    `${guide}/load-balancer-listeners.html`,
    listening,
    ['pass', { path: '/img/first/cat.png' }, { body: 'by the lower number' }],
    ['pass', { path: '/both', ...host('both.example') }, { body: 'by both' }],
    ['not', { path: '/both' }, byDefault],
  ),
  ...requests(
    'redirect',
    actions,
    listening,
    [
      'pass',
      { path: '/moved?a=1', ...host('game.example') },
      { status: 301, headers: { location: 'https://game.example:443/new/moved?a=1' } },
    ],
    ['not', { path: '/moved/further', ...host('game.example') }, byDefault],
  ),
  ...requests(
    'fixed-response',
    actions,
    listening,
    ['pass', { path: '/teapot' }, { status: 418, body: '{"a":1}', headers: { 'content-type': 'application/json' } }],
    ['not', { path: '/teapots' }, byDefault],
  ),
  ...requests(
    'weighted-targets',
    actions,
    listening,
    ['pass', { path: '/split', times: 30 }, { status: 200, servers: ['Blue', 'Green'] }],
    ['not', { path: '/nothing-for-green', times: 30 }, { status: 200, servers: ['Blue'] }],
  ),
  ...requests(
    'stickiness',
    actions,
    listening,
    ['pass', { path: '/stay', times: 20, keepsCookies: true }, { status: 200, servers: 'the same' }],
    ['not', { path: '/stay', times: 30 }, { status: 200, servers: ['Blue', 'Green'] }],
  ),
];
