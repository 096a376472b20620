import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { template } from '../connectivity-templates.ts';
import { InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { until } from '../support/project.ts';
import { balancer, forward, ground, listener, rule, saying, server, targets } from './balancing-templates.ts';

const field = (Field: string, Values: readonly string[]) => ({ Field, Values });
const header = (HttpHeaderName: string, Values: readonly string[]) => ({
  Field: 'http-header',
  HttpHeaderConfig: { HttpHeaderName, Values },
});
const query = (Values: readonly { readonly [field in 'Key' | 'Value']?: string }[]) => ({
  Field: 'query-string',
  QueryStringConfig: { Values },
});
const redirect = (config: Readonly<Record<string, string>>) => [
  { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...config } },
];

const rules = template(
  ground,
  balancer(),
  server('Blue'),
  server('Green', 'PrivateB'),
  targets('Blues', ['Blue']),
  targets('Greens', ['Green']),
  listener('Front', 80, forward('Blues')),
  listener('Second', 81, saying('nothing else')),
  rule('Second', 1, [field('path-pattern', ['/forward'])], forward('Greens')),
  rule('Front', 50, [field('path-pattern', ['/img/*', '/??.css'])], saying('path')),
  rule('Front', 40, [field('path-pattern', ['/img/first/*'])], saying('earlier')),
  rule('Front', 60, [field('host-header', ['*.Shop.example', 'shop.example'])], saying('host')),
  rule('Front', 70, [header('X-Version', ['beta*'])], saying('header')),
  rule('Front', 80, [field('http-request-method', ['DELETE', 'PURGE'])], saying('method')),
  rule('Front', 90, [query([{ Key: 'version', Value: 'v1' }, { Value: '*example*' }])], saying('query')),
  rule('Front', 100, [field('source-ip', ['10.0.0.0/8'])], saying('source')),
  rule(
    'Front',
    110,
    [field('path-pattern', ['/both']), field('host-header', ['both.example'])],
    saying(`both, with 'quotes' and %[path] and "more"`),
  ),
  rule(
    'Front',
    112,
    [{ Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/rx/[0-9]+$'] } }],
    saying('regex'),
  ),
  rule('Front', 114, [field('path-pattern', ['/plain'])], redirect({ Path: '/new', Query: '' })),
  rule('Front', 120, [field('path-pattern', ['/moved'])], redirect({ Path: '/new/#{path}', Query: 'from=#{query}' })),
  rule('Front', 130, [field('path-pattern', ['/secure'])], redirect({ Protocol: 'HTTPS', Port: '443' })),
  rule('Front', 140, [field('path-pattern', ['/away'])], redirect({ Host: 'www.#{host}', StatusCode: 'HTTP_302' })),
  rule(
    'Front',
    150,
    [field('path-pattern', ['/split'])],
    [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: 'Blues' }, Weight: 3 },
            { TargetGroupArn: { Ref: 'Greens' }, Weight: 1 },
          ],
        },
      },
    ],
  ),
  rule(
    'Front',
    160,
    [field('path-pattern', ['/stay'])],
    [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: { Ref: 'Blues' }, Weight: 1 },
            { TargetGroupArn: { Ref: 'Greens' }, Weight: 1 },
          ],
          TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 60 },
        },
      },
    ],
  ),
  rule(
    'Front',
    170,
    [field('path-pattern', ['/teapot'])],
    [
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '418', ContentType: 'application/json', MessageBody: '{"a":1}' },
      },
    ],
  ),
);

let network: InhabitedNetwork;

beforeAll(async () => {
  network = await InhabitedNetwork.open(rules, { Blue: 8080, Green: 8080 });
  await until(network.targets.bind(network), (all) => all.every(({ health }) => health === 'healthy'));
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
});

function ask(path: string, options: { from?: string; method?: string; headers?: Record<string, string> } = {}) {
  const { from = 'internet', ...rest } = options;
  const to = from === 'internet' ? network.publicAddress('Balancer') : network.address('Balancer');
  return network.request(from, { url: `http://${to}${path}`, ...rest });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
describe('rules of a listener', () => {
  test.each([
    ['/img/cat.png', {}, 'path'],
    ['/ab.css', {}, 'path'],
    ['/abc.css', {}, 'blue'],
    ['/IMG/cat.png', {}, 'blue'],
    ['/', { headers: { host: 'www.shop.EXAMPLE:80' } }, 'host'],
    ['/', { headers: { host: 'shop.example' } }, 'host'],
    ['/', { headers: { host: 'workshop.example' } }, 'blue'],
    ['/', { headers: { 'x-version': 'BETA-2' } }, 'header'],
    ['/', { headers: { 'x-version': 'gamma' } }, 'blue'],
    ['/', { headers: { 'x-version': 'gamma, x' } }, 'blue'],
    ['/', { method: 'DELETE' }, 'method'],
    ['/', { method: 'POST' }, 'blue'],
    ['/?a=b&VERSION=V1', {}, 'query'],
    ['/?version=v10', {}, 'blue'],
    ['/?any=an-example-it-is', {}, 'query'],
    ['/', { from: 'Green' }, 'source'],
    ['/rx/42', {}, 'regex'],
    ['/rx/42/more', {}, 'blue'],
    ['/both', {}, 'blue'],
    ['/both', { headers: { host: 'both.example' } }, `both, with 'quotes' and %[path] and "more"`],
  ])('%s %o: %s', async (path, options, expected) => {
    const answer = await ask(path, options);
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(answer.asked ? answer.asked.server.toLowerCase() : answer.body).toBe(expected);
  });

  test('alb-rule-order: the lower number goes first, whatever the order in the template', async () => {
    expect((await ask('/img/first/cat.png')).body).toBe('earlier');
  });

  test('what is forwarded goes before a default answer of the balancer', async () => {
    const url = `http://${network.publicAddress('Balancer')}:81`;
    expect((await network.request('internet', { url: `${url}/forward` })).asked?.server).toBe('Green');
    expect((await network.request('internet', { url })).body).toBe('nothing else');
  });

  test.each([
    ['/plain?a=1', 301, 'http://HOST:80/new'],
    ['/moved?a=1', 301, 'http://HOST:80/new/moved?from=a=1'],
    ['/secure', 301, 'https://HOST:443/secure'],
    ['/secure?x=%20y', 301, 'https://HOST:443/secure?x=%20y'],
    ['/away', 302, 'http://www.HOST:80/away'],
  ])('%s is redirected with %i to %s', async (path, status, location) => {
    const answer = await ask(path, { headers: { host: 'game.example' } });
    expect(answer.status).toBe(status);
    expect(answer.headers.location).toBe(location.replace('HOST', 'game.example'));
  });

  test('a fixed response has its status, type and body', async () => {
    const answer = await ask('/teapot');
    expect(answer).toMatchObject({ status: 418, body: '{"a":1}' });
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('weights share requests out: three to one', async () => {
    const served = await Promise.all(Array.from({ length: 200 }, async () => (await ask('/split')).asked?.server));
    const blue = served.filter((each) => each === 'Blue').length;
    expect(served.filter((each) => each === 'Green').length).toBe(200 - blue);
    expect(blue).toBeGreaterThan(115);
    expect(blue).toBeLessThan(185);
  });

  test('who was sent to a group stays with it, by the cookie AWSALBTG', async () => {
    const first = await ask('/stay');
    const cookies = [first.headers['set-cookie']].flat().map((each) => each!.split(';')[0]!);
    expect(cookies.some((each) => each.startsWith('AWSALBTG='))).toBe(true);
    const again = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await ask('/stay', { headers: { cookie: cookies.join('; ') } })).asked?.server,
      ),
    );
    expect(new Set(again)).toEqual(new Set([first.asked!.server]));
  });
});
