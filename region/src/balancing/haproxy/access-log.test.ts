import type { BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import { describe, expect, test } from 'vitest';
import { accessLogEntry, accessLogKey } from './access-log.ts';
import { backendName } from './haproxy-target-group.ts';

const group = 'arn:aws:elasticloadbalancing:ap-northeast-2:000000000000:targetgroup/web/0123456789abcdef';
const certificate = 'arn:aws:acm:ap-northeast-2:000000000000:certificate/12345678-1234-1234-1234-123456789012';
const forward = { kind: 'forward', targetGroups: [{ id: group, weight: 1 }], stickySeconds: null } as const;
const redirect = {
  kind: 'redirect',
  status: 301,
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/#{path}',
  query: '#{query}',
} as const;
const rule = (priority: number | null, action: typeof forward | typeof redirect) => ({
  statedBy: 'Stack/Rule',
  priority,
  conditions: [],
  action,
});
const balancer: LoadBalancer = {
  id: 'arn:aws:elasticloadbalancing:ap-northeast-2:000000000000:loadbalancer/app/front/50dc6c495c0c9188',
  statedBy: 'Stack/Front',
  name: 'front',
  kind: 'application',
  internetFacing: true,
  nodes: [],
  attributes: {
    'access_logs.s3.enabled': 'true',
    'access_logs.s3.bucket': 'logs',
    'access_logs.s3.prefix': 'external',
  },
  listeners: [
    {
      id: 'l80',
      statedBy: 'Stack/L',
      port: 80,
      protocol: 'HTTP',
      certificates: [],
      attributes: {},
      rules: [rule(null, redirect)],
    },
    {
      id: 'l443',
      statedBy: 'Stack/S',
      port: 443,
      protocol: 'HTTPS',
      certificates: [certificate],
      attributes: {},
      rules: [rule(10, forward), rule(null, forward)],
    },
  ],
};
const view: BalancingView = {
  balancers: [balancer],
  targetGroups: [{ id: group } as BalancingView['targetGroups'][number]],
};

const began = Date.parse('2026-11-22T21:00:00.500Z');
const now = Date.parse('2026-11-22T21:00:09.000Z');

function said(...fields: readonly (string | number)[]): string | undefined {
  return accessLogEntry(fields.join('\t'), { view, balancer }, now);
}

describe('a line of an access log', () => {
  test('of a request that a target answered over TLS', () => {
    expect(
      said(
        began,
        'listener_443',
        '203.0.113.10:4000',
        backendName(group),
        '10.0.1.5:80',
        1,
        0,
        2,
        30,
        35,
        200,
        200,
        120,
        900,
        'GET',
        '/a?b=1',
        'HTTP/2.0',
        0,
        'ECDHE-RSA-AES128-GCM-SHA256',
        'TLSv1.2',
        'play.example.com',
        'play.example.com',
        'Root=1-2-3',
        '',
        'curl/8 "x"\ty\u001b[2J',
      ),
    ).toBe(
      `h2 2026-11-22T21:00:00.535000Z app/front/50dc6c495c0c9188 203.0.113.10:4000 10.0.1.5:80 0.003 0.030 0.000 200 200 120 900 "GET https://play.example.com:443/a?b=1 HTTP/2.0" "curl/8 %22x%22 y\\x1b[2J" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${group} "Root=1-2-3" "play.example.com" "${certificate}" 10 2026-11-22T21:00:00.500000Z "forward" "-" "-" "10.0.1.5:80" "200" "-" "-" ${trace('203.0.113.10:4000')}`,
    );
  });

  test('of a redirect, for which no target is asked', () => {
    expect(
      said(
        began,
        'listener_80',
        '203.0.113.10:4001',
        'listener_80',
        '-:-',
        0,
        -1,
        -1,
        -1,
        0,
        301,
        '',
        80,
        110,
        'GET',
        '/',
        'HTTP/1.1',
        '',
        '-',
        '-',
        '',
        'play.example.com',
        'Root=1-2-4',
        'https://play.example.com:443/',
        '',
      ),
    ).toBe(
      `http 2026-11-22T21:00:00.500000Z app/front/50dc6c495c0c9188 203.0.113.10:4001 - -1 -1 -1 301 - 80 110 "GET http://play.example.com:80/ HTTP/1.1" "-" - - - "Root=1-2-4" "-" "-" 0 2026-11-22T21:00:00.500000Z "redirect" "https://play.example.com:443/" "-" "-" "-" "-" "-" ${trace('203.0.113.10:4001')}`,
    );
  });

  test('of one that no target answered in time', () => {
    const line = said(
      began,
      'listener_443',
      '203.0.113.10:4002',
      backendName(group),
      '10.0.1.5:80',
      0,
      0,
      1,
      -1,
      60_000,
      504,
      '',
      80,
      110,
      'GET',
      '/',
      'HTTP/1.1',
      1,
      'x',
      'TLSv1.3',
      '',
      'h',
      't',
      '',
      '',
    );
    expect(line).toContain(' 10.0.1.5:80 -1 -1 -1 504 - ');
    expect(line).toContain(' "GET https://h:443/ HTTP/1.1" "-" ');
    expect(line).toContain(' 0 2026-11-22T21:00:00.500000Z "forward" ');
  });

  test('of what cannot be read as a request', () => {
    const nothing = '-1 -1 -1 -1 2002 408 - 0 0 <BADREQ> <BADREQ> <BADREQ>'.split(' ');
    const unknown = Array<string>(8).fill('-');
    expect(said('-', 'listener_80', '203.0.113.10:4003', 'listener_80', '-:-', ...nothing, ...unknown)).toBe(
      `http 2026-11-22T21:00:09.000000Z app/front/50dc6c495c0c9188 203.0.113.10:4003 - -1 -1 -1 408 - 0 0 "- http://-:80- -" "-" - - - "-" "-" "-" - 2026-11-22T21:00:06.998000Z "-" "-" "-" "-" "-" "-" "-" ${trace('203.0.113.10:4003')}`,
    );
  });

  test('is of a request alone', () => {
    expect(said('Proxy listener_80 started.')).toBeUndefined();
  });
});

test('a file is called as AWS calls it', () => {
  const end = new Date('2026-11-22T21:05:00.000Z');
  const file = { account: '000000000000', region: 'ap-northeast-2', address: '198.18.0.1', end, random: '20sg8hgm' };
  expect(accessLogKey(balancer, file)).toBe(
    'external/AWSLogs/000000000000/elasticloadbalancing/ap-northeast-2/2026/11/22/000000000000_elasticloadbalancing_ap-northeast-2_app.front.50dc6c495c0c9188_20261122T2105Z_198.18.0.1_20sg8hgm.log.gz',
  );
});

/** Of a connection, whatever is asked over it. */
function trace(client: string): string {
  return said(began, 'listener_80', client, ...Array<string>(22).fill(''))!
    .split(' ')
    .at(-1)!;
}
