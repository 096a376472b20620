import { describe, expect, test } from 'vitest';
import { plain, type Resources, ref, template } from '../connectivity-templates.ts';
import { InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { until } from '../support/project.ts';
import { forward, ground, listener, server, targets } from './balancing-templates.ts';

type Attributes = Readonly<Record<string, string>>;
type More = Readonly<Record<string, Parameters<typeof plain>[2][string]>>;

const balancer = plain('Balancer', 'ElasticLoadBalancingV2::LoadBalancer', {
  Name: 'Balancer',
  Type: 'network',
  Subnets: [ref('A'), ref('B')],
  LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
});
const internetClient = '203.0.113.10';

/** Members are asked by HTTP for their health, and greet who connects. */
function members(names: readonly string[], kind: 'instance' | 'ip', given: Attributes, more: More = {}): Resources {
  const group = targets(
    'Group',
    [],
    { Protocol: 'TCP', Port: 9090, TargetType: kind, HealthCheckProtocol: 'HTTP', ...more },
    given,
  ) as {
    Group: { Type: string; Properties: object };
  };
  const Targets = names.map((name) => ({ Id: kind === 'ip' ? { 'Fn::GetAtt': [name, 'PrivateIp'] } : ref(name) }));
  const Properties = { ...group.Group.Properties, HealthCheckPort: '8080', Targets };
  return { Group: { ...group.Group, Properties } };
}

const shape = (
  names: readonly string[],
  kind: 'instance' | 'ip',
  given: Attributes = {},
  attributes: Attributes = {},
) =>
  template(
    ground,
    server('One'),
    server('Two', 'PrivateB'),
    balancer,
    members(names, kind, given),
    listener('Front', 80, forward('Group'), {
      Protocol: 'TCP',
      ListenerAttributes: Object.entries(attributes).map(([Key, Value]) => ({ Key, Value })),
    }),
  );

async function openNetwork(body: string): Promise<InhabitedNetwork> {
  const network = await InhabitedNetwork.open(body, { One: 8080, Two: 8080 });
  await Promise.all([network.greet('One', 9090), network.greet('Two', 9090)]);
  await settled(network, 'healthy');
  return network;
}

function settled(network: InhabitedNetwork, health: string, name?: string): Promise<unknown> {
  return until(
    () => network.targets(),
    (all) => all.every((each) => (name !== undefined && each.target !== name) || each.health === health),
  );
}

/** A connection to each target, by the target's name. One is healthy where any node finds it so: the node that is asked may be a moment behind. */
async function connections(network: InhabitedNetwork): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const to = network.publicAddress('Balancer');
  let count = 0;
  await until(
    async () => {
      count += 1;
      const id = `connection-${count}`;
      const [name = ''] = (await network.openConnection('internet', { id, to, port: 80 })).split(' ');
      found[name] ??= id;
      return Object.keys(found);
    },
    (names) => names.includes('One') && names.includes('Two'),
  );
  return found;
}

const say = (network: InhabitedNetwork, id: string | undefined) =>
  network.say('internet', { id: id!, text: 'still here' });

const termination = 'target_health_state.unhealthy.connection_termination.enabled';

describe.concurrent.each([
  'instance',
  'ip',
] as const)('connections of a Network Load Balancer to targets by %s', (kind) => {
  /** A balancer that ends a connection by itself hangs up, and resets it where it is said something more. */
  const ended = kind === 'instance' ? ['ECONNRESET'] : ['closed', 'ECONNRESET', 'EPIPE'];

  test('nlb-unhealthy-termination: end when their target becomes unhealthy, and no others', async () => {
    await using network = await openNetwork(shape(['One', 'Two'], kind));
    const { One, Two } = await connections(network);
    await network.health('One', 500);
    await settled(network, 'unhealthy', 'One');
    await until(
      () => say(network, One),
      (said) => ended.includes(said),
    );
    expect(await say(network, Two)).toBe('still here');
  });

  test('nlb-unhealthy-termination: live on where it is turned off', async () => {
    await using network = await openNetwork(shape(['One', 'Two'], kind, { [termination]: 'false' }));
    const { One } = await connections(network);
    await network.health('One', 500);
    await settled(network, 'unhealthy', 'One');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await say(network, One)).toBe('still here');
  });

  test.each([
    ['true', 'end after the delay where they are to'],
    ['false', 'live on as a rule'],
  ])('nlb-deregistration-termination: %s: they %s', async (enabled) => {
    const given = {
      'deregistration_delay.timeout_seconds': '4',
      'deregistration_delay.connection_termination.enabled': enabled,
    };
    await using network = await openNetwork(shape(['One', 'Two'], kind, given));
    const { One, Two } = await connections(network);
    await network.apply(shape(['Two'], kind, given));
    expect(await say(network, One)).toBe('still here');
    if (enabled === 'true') {
      await until(
        () => say(network, One),
        (said) => ended.includes(said),
      );
    } else {
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      expect(await say(network, One)).toBe('still here');
    }
    expect(await say(network, Two)).toBe('still here');
  });
});

describe.concurrent('silence at a Network Load Balancer', () => {
  test('nlb-timeouts: a listener may be told for how long it remembers a silent connection', async () => {
    await using network = await openNetwork(
      shape(['One', 'Two'], 'instance', {}, { 'tcp.idle_timeout.seconds': '60' }),
    );
    await connections(network);
    const [node] = network.interfaces('Balancer');
    const flows = (await network.run(node!.id, 'cat', '/proc/net/nf_conntrack')).split('\n');
    const remembered = flows
      .filter((line) => line.includes('ESTABLISHED') && line.includes(`src=${internetClient}`))
      .map((line) => Number(line.trim().split(/\s+/)[4]));
    expect(remembered.length).toBeGreaterThan(1);
    for (const seconds of remembered) expect(seconds).toBeLessThanOrEqual(60);
  });
});

describe.concurrent('the state of load balancers', () => {
  test('tells by looking that what hands packets on is gone', async () => {
    await using network = await openNetwork(shape(['One', 'Two'], 'instance'));
    expect(await network.balancersInForce()).toMatchObject({ inForce: true });
    await network.run(network.interfaces('Balancer')[0]!.id, 'nft', 'delete', 'table', 'ip', 'balancing');
    expect(await network.balancersInForce()).toMatchObject({
      inForce: false,
      found: { en: expect.stringContaining('table balancing') },
    });
  });
});

describe.concurrent('a TLS listener of a Network Load Balancer', () => {
  const certificate = plain('Shop', 'CertificateManager::Certificate', { DomainName: 'shop.example' });
  const secure = (kind: 'instance' | 'ip', given: Attributes = {}) =>
    template(
      ground,
      server('One'),
      server('Two', 'PrivateB'),
      server('Client'),
      balancer,
      certificate,
      members(['One'], kind, given, { Port: 8080 }),
      listener('Front', 443, forward('Group'), {
        Protocol: 'TLS',
        Certificates: [{ CertificateArn: ref('Shop') }],
      }),
    );
  const ask = (network: InhabitedNetwork, from: string) =>
    network.request(from, {
      url: `https://${from === 'internet' ? network.publicAddress('Balancer') : network.address('Balancer')}/`,
      serverName: 'shop.example',
    });

  test('nlb-client-address: instances see who asks, although TLS ends at the balancer', async () => {
    await using network = await openNetwork(secure('instance'));
    const client = (from: string) => ask(network, from).then(({ asked }) => asked?.client);
    expect(await client('internet')).toBe(internetClient);
    expect(await client('Client')).toBe(network.address('Client'));
    // Health is still asked by the balancer itself, and another node's programs are not taken for clients.
    expect((await network.targets()).map(({ health }) => health)).toEqual(['healthy']);
    await network.apply(secure('instance', { 'preserve_client_ip.enabled': 'false' }));
    await until(
      () => client('internet'),
      (seen) => seen === network.address('Balancer'),
    );
  });

  test('nlb-client-address: targets by address see the balancer, unless they are to see the client', async () => {
    await using network = await openNetwork(secure('ip'));
    const client = () => ask(network, 'internet').then(({ asked }) => asked?.client);
    expect(await client()).toBe(network.address('Balancer'));
    await network.apply(secure('ip', { 'preserve_client_ip.enabled': 'true' }));
    await until(client, (seen) => seen === internetClient);
  });
});
