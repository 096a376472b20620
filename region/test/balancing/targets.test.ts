import { describe, expect, test } from 'vitest';
import { type Resources, subnet, template } from '../connectivity-templates.ts';
import { type Answer, InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { until } from '../support/project.ts';
import { balancer, forward, ground, listener, server, targets } from './balancing-templates.ts';

const serving = { One: 8080, Two: 8080 };

/** `One` in the first zone, `Two` in the second, both serving. */
async function openNetwork(...parts: readonly Resources[]): Promise<InhabitedNetwork> {
  return InhabitedNetwork.open(template(ground, server('One'), server('Two', 'PrivateB'), ...parts), serving);
}

const both = (more = {}, attributes = {}) => targets('Group', ['One', 'Two'], more, attributes);
const front = listener('Front', 80, forward('Group'));

function healthy(network: InhabitedNetwork, wanted: Readonly<Record<string, string>>): Promise<unknown> {
  return until(
    () => network.targets(),
    (all) => all.every(({ target, health }) => wanted[target] === undefined || wanted[target] === health),
  );
}

async function ask(
  network: InhabitedNetwork,
  path = '/',
  headers: Record<string, string> = {},
  node = 0,
): Promise<Answer> {
  const { publicAddress } = network.interfaces('Balancer')[node]!;
  const host = [24, 16, 8, 0].map((shift) => (publicAddress! >>> shift) & 255).join('.');
  return network.request('internet', { url: `http://${host}${path}`, headers, milliseconds: 15_000 });
}

async function servers(network: InhabitedNetwork, count = 20, node = 0): Promise<Set<string | undefined>> {
  const answers = [];
  for (let index = 0; index < count; index += 1) answers.push((await ask(network, '/', {}, node)).asked?.server);
  return new Set(answers);
}

/** A target is healthy where any node finds it so: the node that is asked may be a moment behind the other. */
function bothServe(network: InhabitedNetwork, node = 0): Promise<unknown> {
  return until(
    () => servers(network, 12, node),
    (seen) => seen.has('One') && seen.has('Two'),
  );
}

describe.concurrent('health', () => {
  test('alb-health-first-and-thresholds: one passed check lets a new target in, two failures take it off', async () => {
    await using network = await openNetwork(balancer(), both(), front);
    const begun = Date.now();
    await healthy(network, { One: 'healthy', Two: 'healthy' });
    expect(Date.now() - begun, 'three checks would take over 10 s').toBeLessThan(9_500);
    await bothServe(network);

    await network.health('One', 500);
    await healthy(network, { One: 'unhealthy' });
    const failed = (await network.targets()).find(({ target }) => target === 'One');
    expect(failed?.reason).toMatch(/ResponseCodeMismatch/);
    await until(
      () => servers(network),
      (seen) => seen.size === 1 && seen.has('Two'),
    );

    await network.health('One', 200);
    const back = Date.now();
    await healthy(network, { One: 'healthy' });
    expect(Date.now() - back, 'three checks, 5 s apart').toBeGreaterThan(8_000);
  });

  test('lb-fail-open: with no healthy target all of them are asked', async () => {
    await using network = await openNetwork(balancer(), both(), front);
    await Promise.all([network.health('One', 500), network.health('Two', 500)]);
    await healthy(network, { One: 'unhealthy', Two: 'unhealthy' });
    await bothServe(network);
  });
});

test.concurrent('a target is told of also while the nodes that have ended are started again', async () => {
  await using network = await openNetwork(balancer(), both(), front);
  await healthy(network, { One: 'healthy', Two: 'healthy' });
  const one = '[ "$(cat $each/comm 2>/dev/null)" = haproxy ] && found="$found ${each#/proc/}"';
  await network.run('internet', 'sh', '-c', `for each in /proc/[0-9]*; do ${one}; done; kill -KILL $found`);
  expect((await network.targets()).map(({ target }) => target).sort()).toEqual(['One', 'Two']);
  await healthy(network, { One: 'healthy', Two: 'healthy' });
  await bothServe(network);
});

describe.concurrent('a group that is told how many of its targets have to be healthy', () => {
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html */
  test.each([
    ['count', '2'],
    ['percentage', '60'],
  ])('lb-fail-open: asks all of them with fewer: by %s', async (kind, least) => {
    const group = both({}, { [`target_group_health.unhealthy_state_routing.minimum_healthy_targets.${kind}`]: least });
    await using network = await openNetwork(balancer(), group, front);
    await healthy(network, { One: 'healthy', Two: 'healthy' });
    await network.health('One', 500);
    await healthy(network, { One: 'unhealthy' });
    await bothServe(network);
    expect((await network.targets()).find(({ target }) => target === 'One')?.health).toBe('unhealthy');
  });
});

describe.concurrent('zones', () => {
  test('alb-cross-zone: a node spreads over the targets of all zones', async () => {
    await using network = await openNetwork(balancer(), both(), front);
    await healthy(network, { One: 'healthy', Two: 'healthy' });
    await bothServe(network, 0);
    await bothServe(network, 1);
  });

  test('alb-cross-zone: a group that turns it off is served within the zone', async () => {
    const group = both({}, { 'load_balancing.cross_zone.enabled': 'false' });
    await using network = await openNetwork(balancer(), group, front);
    await healthy(network, { One: 'healthy', Two: 'healthy' });
    expect(await servers(network, 12, 0)).toEqual(new Set(['One']));
    expect(await servers(network, 12, 1)).toEqual(new Set(['Two']));
  });

  test('alb-two-zones: a target in a zone without a node gets nothing', async () => {
    await using network = await openNetwork(
      subnet('PrivateC', 'Vpc', '10.40.13.0/24', { AvailabilityZone: 'ap-northeast-2c' }),
      server('Three', 'PrivateC'),
      balancer(),
      targets('Group', ['One', 'Three']),
      front,
    );
    await network.serve('Three', 8080);
    await healthy(network, { One: 'healthy' });
    expect(await servers(network, 12)).toEqual(new Set(['One']));
    expect((await network.targets()).find(({ target }) => target === 'Three')?.health).toBe('unused');
  });
});

describe.concurrent('stickiness', () => {
  test('by the cookie of the balancer', async () => {
    const group = both({}, { 'stickiness.enabled': 'true', 'stickiness.type': 'lb_cookie' });
    await using network = await openNetwork(balancer(), group, front);
    await healthy(network, { One: 'healthy', Two: 'healthy' });
    await bothServe(network, 0);
    await bothServe(network, 1);
    const first = await ask(network);
    const cookie = cookieOf(first, 'AWSALB');
    for (const node of [0, 1, 0, 1, 0, 1]) {
      expect((await ask(network, '/', { cookie }, node)).asked?.server).toBe(first.asked?.server);
    }
    await bothServe(network);
  });

  test('by the cookie of the application, as long as the client shows it', async () => {
    const group = both(
      {},
      {
        'stickiness.enabled': 'true',
        'stickiness.type': 'app_cookie',
        'stickiness.app_cookie.cookie_name': 'session',
      },
    );
    await using network = await openNetwork(balancer(), group, front);
    await healthy(network, { One: 'healthy', Two: 'healthy' });
    await bothServe(network, 0);
    await bothServe(network, 1);
    const first = await ask(network, '/cookie/session');
    const own = cookieOf(first, 'AWSALBAPP-0');
    const application = cookieOf(first, 'session');
    for (const node of [0, 1, 0, 1, 0, 1]) {
      const answer = await ask(network, '/', { cookie: `${own}; ${application}` }, node);
      expect(answer.asked?.server).toBe(first.asked?.server);
    }
    const without = [];
    for (let index = 0; index < 8; index += 1) without.push((await ask(network, '/', { cookie: own })).asked?.server);
    expect(new Set(without)).toEqual(new Set(['One', 'Two']));
  });
});

function cookieOf({ headers }: Answer, name: string): string {
  const found = [headers['set-cookie'] ?? []].flat().find((each) => each.startsWith(`${name}=`));
  return found!.split(';')[0]!;
}

describe.concurrent('errors', () => {
  test('alb-errors: 502 for a reset and for nonsense, 504 for silence, 503 for nobody', async () => {
    await using network = await openNetwork(
      balancer({ 'idle_timeout.timeout_seconds': '2' }),
      both(),
      targets('Nobody', []),
      targets('Closed', ['One'], { Port: 9999, HealthCheckEnabled: true }),
      targets('Away', ['10.40.11.77'], { TargetType: 'ip' }),
      front,
      listener('Empty', 81, forward('Nobody')),
      listener('Refusing', 82, forward('Closed')),
      listener('Silent', 83, forward('Away')),
    );
    await until(
      () => network.targets(),
      (all) => all.every(({ targetGroup, health }) => targetGroup !== 'Group' || health === 'healthy'),
    );
    const at = (port: number, path = '/') =>
      network.request('internet', {
        url: `http://${network.publicAddress('Balancer')}:${port}${path}`,
        milliseconds: 20_000,
      });
    const own = (status: number, reason: string) => ({
      status,
      body: expect.stringContaining(`<h1>${status} ${reason}</h1>`),
      headers: expect.objectContaining({ server: 'awselb/2.0' }),
    });
    expect(await at(80, '/reset')).toMatchObject(own(502, 'Bad Gateway'));
    expect(await at(80, '/nonsense')).toMatchObject(own(502, 'Bad Gateway'));
    expect(await at(80, '/slow/4000')).toMatchObject(own(504, 'Gateway Time-out'));
    expect(await at(81)).toMatchObject(own(503, 'Service Temporarily Unavailable'));
    expect(await at(82)).toMatchObject(own(502, 'Bad Gateway'));
    const begun = Date.now();
    expect(await at(83)).toMatchObject(own(504, 'Gateway Time-out'));
    expect(Date.now() - begun).toBeGreaterThan(9_000);
  });
});

/** Until `One` has been asked what it has not answered yet. */
function underWay(network: InhabitedNetwork): Promise<number> {
  return until(
    () => network.underWay('One'),
    (count) => count > 0,
  );
}

describe.concurrent('time', () => {
  test('alb-timeouts: a connection on which nothing passes is closed', async () => {
    await using network = await openNetwork(balancer({ 'idle_timeout.timeout_seconds': '3' }), both(), front);
    await healthy(network, { One: 'healthy' });
    const to = network.publicAddress('Balancer');
    await network.openConnection('internet', { id: 'idle', to, port: 80, greeted: false });
    expect(await network.say('internet', { id: 'idle', text: 'GET / HTTP/1.1\r\nhost: a\r\n\r\n' })).toMatch(/200 OK/);
    expect(await network.say('internet', { id: 'idle', text: '', milliseconds: 20_000 })).toBe('closed');
  });

  test('deregistration-delay: a request under way ends, new ones go elsewhere', async () => {
    const shape = (members: readonly string[], delay: string) =>
      template(
        ground,
        server('One'),
        server('Two', 'PrivateB'),
        balancer(),
        targets('Group', members, {}, { 'deregistration_delay.timeout_seconds': delay }),
        front,
      );
    await using network = await InhabitedNetwork.open(shape(['One'], '30'), serving);
    await healthy(network, { One: 'healthy' });
    const running = ask(network, '/slow/3000');
    await underWay(network);
    await network.apply(shape(['Two'], '30'));
    await healthy(network, { Two: 'healthy' });
    expect(await servers(network, 5)).toEqual(new Set(['Two']));
    expect((await running).asked?.server).toBe('One');
  });

  test('deregistration-delay: what is not done by then is cut', async () => {
    const shape = (members: readonly string[]) =>
      template(
        ground,
        server('One'),
        server('Two', 'PrivateB'),
        balancer(),
        targets('Group', members, {}, { 'deregistration_delay.timeout_seconds': '1' }),
        front,
      );
    await using network = await InhabitedNetwork.open(shape(['One']), serving);
    await healthy(network, { One: 'healthy' });
    const running = ask(network, '/slow/10000');
    await underWay(network);
    await network.apply(shape(['Two']));
    expect((await running).status).not.toBe(200);
  });
});

describe.concurrent('headers', () => {
  const seen = async (attributes: Record<string, string>, headers: Record<string, string>) => {
    await using network = await openNetwork(balancer(attributes), both(), front);
    await healthy(network, { One: 'healthy' });
    const { asked } = await ask(network, '/', headers);
    return { asked: asked!, balancer: network.interfaces('Balancer').map((each) => each.addresses[0]) };
  };
  const mode = 'routing.http.xff_header_processing.mode';

  test('alb-client-address: the target sees the balancer, and the client in X-Forwarded-For', async () => {
    const { asked, balancer: nodes } = await seen({}, { 'x-forwarded-for': '198.51.100.1' });
    expect(nodes).toContain(asked.client.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
    expect(asked.headers).toMatchObject({
      'x-forwarded-for': '198.51.100.1, 203.0.113.10',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '80',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/i),
    });
  });

  test.each([
    [{ [mode]: 'preserve' }, '198.51.100.1'],
    [{ [mode]: 'remove' }, undefined],
    [
      { 'routing.http.xff_client_port.enabled': 'true' },
      expect.stringMatching(/^198\.51\.100\.1, 203\.0\.113\.10:\d+$/),
    ],
  ])('alb-client-address: %o', async (attributes, expected) => {
    const { asked } = await seen(attributes, { 'x-forwarded-for': '198.51.100.1' });
    expect(asked.headers['x-forwarded-for']).toEqual(expected);
  });

  test('invalid names are dropped where that is asked for', async () => {
    const given = { x_odd: 'here', 'x-even': 'here' };
    const kept = await seen({}, given);
    expect(kept.asked.headers).toMatchObject(given);
    const { asked } = await seen({ 'routing.http.drop_invalid_header_fields.enabled': 'true' }, given);
    expect(asked.headers.x_odd).toBeUndefined();
    expect(asked.headers['x-even']).toBe('here');
  });
});

test.concurrent('targets can be addresses, and have ports of their own', async () => {
  const { Group } = targets('Group', []) as { Group: { Type: string; Properties: object } };
  const group = {
    Group: {
      ...Group,
      Properties: {
        ...Group.Properties,
        TargetType: 'ip',
        Targets: [{ Id: { 'Fn::GetAtt': ['Two', 'PrivateIp'] }, Port: 9090 }],
      },
    },
  };
  await using network = await openNetwork(balancer(), group, front);
  await network.serve('Two', 9090);
  await healthy(network, { [network.address('Two')]: 'healthy', Two: 'healthy' });
  expect(await servers(network, 5)).toEqual(new Set(['Two']));
});
