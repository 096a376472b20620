import { describe, expect, test } from 'vitest';
import { group, groupOf, plain, type Resources, ref, template } from '../connectivity-templates.ts';
import { InhabitedNetwork } from '../fabric/inhabited-network.ts';
import { until } from '../support/project.ts';
import { forward, ground, listener, server, targets } from './balancing-templates.ts';

type More = Readonly<Record<string, Parameters<typeof plain>[2][string]>>;

const balancer = (more: More = {}) =>
  plain('Balancer', 'ElasticLoadBalancingV2::LoadBalancer', {
    Name: 'Balancer',
    Type: 'network',
    Subnets: [ref('A'), ref('B')],
    ...more,
  });
const tcp = {
  Protocol: 'TCP',
  HealthCheckProtocol: 'TCP',
  HealthCheckPath: ref('AWS::NoValue'),
  HealthCheckTimeoutSeconds: 2,
};
const members = (names: readonly string[], more: More = {}, attributes: Readonly<Record<string, string>> = {}) =>
  targets('Group', names, { ...tcp, ...more }, attributes);
const front = listener('Front', 80, forward('Group'), { Protocol: 'TCP' });
const everyone = { One: 8080, Two: 8080 };
const internetClient = '203.0.113.10';

async function openNetwork(...parts: readonly Resources[]): Promise<InhabitedNetwork> {
  const network = await InhabitedNetwork.open(
    template(ground, server('One'), server('Two', 'PrivateB'), server('Client', 'PrivateA'), ...parts),
    everyone,
  );
  await until(
    () => network.targets(),
    (all) => all.every(({ health }) => health !== 'initial'),
  );
  return network;
}

const viaInternet = (network: InhabitedNetwork, milliseconds = 15_000) =>
  network.request('internet', { url: `http://${network.publicAddress('Balancer')}:80/`, milliseconds });
const fromInside = (network: InhabitedNetwork, from: string, milliseconds = 15_000) =>
  network.request(from, { url: `http://${network.address('Balancer')}/`, milliseconds });
/** Milliseconds without an answer that count as silence. */
const silence = 1500;

describe.concurrent('a Network Load Balancer', () => {
  test('nlb-client-address: instances see who asks, from the internet and from inside', async () => {
    await using network = await openNetwork(balancer(), members(['One']), front);
    expect((await viaInternet(network)).asked).toMatchObject({ server: 'One', client: internetClient });
    expect((await fromInside(network, 'Client')).asked).toMatchObject({
      server: 'One',
      client: network.address('Client'),
    });
  });

  test('nlb-client-address: targets by address see the balancer, unless they are to see the client', async () => {
    const byAddress = (attributes: Readonly<Record<string, string>>) => {
      const { Group } = members([], { TargetType: 'ip' }, attributes) as {
        Group: { Type: string; Properties: object };
      };
      const Targets = [{ Id: { 'Fn::GetAtt': ['One', 'PrivateIp'] } }];
      return { Group: { ...Group, Properties: { ...Group.Properties, Targets } } };
    };
    const shape = (attributes: Readonly<Record<string, string>>) =>
      template(ground, server('One'), server('Two'), balancer(), byAddress(attributes), front);
    await using network = await InhabitedNetwork.open(shape({}), everyone);
    await until(
      () => network.targets(),
      (all) => all.every(({ health }) => health === 'healthy'),
    );
    expect((await viaInternet(network)).asked?.client).toBe(network.address('Balancer'));
    await network.apply(shape({ 'preserve_client_ip.enabled': 'true' }));
    expect((await viaInternet(network)).asked?.client).toBe(internetClient);
  });

  test('nlb-client-address: without a balancer group the target has to admit the client', async () => {
    const admits = (range: string) =>
      template(
        ground,
        group('Narrow', 'Vpc', [`tcp 8080 ${range}`, 'tcp 8080 10.40.1.0/24', 'tcp 8080 10.40.2.0/24']),
        server('One', 'PrivateA', ['Narrow']),
        balancer(),
        members(['One']),
        front,
      );
    await using network = await InhabitedNetwork.open(admits('198.51.100.0/24'), { One: 8080 });
    expect((await viaInternet(network, silence)).error).toBe('timeout');
    await network.apply(admits('203.0.113.0/24'));
    expect((await viaInternet(network)).asked?.client).toBe(internetClient);
  });

  test('nlb-security-groups: the group filters clients, and holds for a target that names it', async () => {
    const shape = (range: string) =>
      template(
        ground,
        group('Own', 'Vpc', [`tcp 80 ${range}`]),
        group('Members', 'Vpc', ['tcp 8080 Own']),
        server('One', 'PrivateA', ['Members']),
        balancer({ SecurityGroups: [groupOf('Own')] }),
        members(['One']),
        front,
      );
    await using network = await InhabitedNetwork.open(shape('198.51.100.0/24'), { One: 8080 });
    await until(
      () => network.targets(),
      (all) => all.every(({ health }) => health === 'healthy'),
    );
    expect((await viaInternet(network, silence)).error).toBe('timeout');
    await network.apply(shape('203.0.113.0/24'));
    expect((await viaInternet(network)).asked).toMatchObject({ server: 'One', client: internetClient });
  });

  test('nlb-no-hairpin: a target that asks its balancer and is chosen gets nothing', async () => {
    await using network = await openNetwork(balancer(), members(['One']), front);
    expect((await fromInside(network, 'Client')).asked?.server).toBe('One');
    expect((await fromInside(network, 'One', silence)).error).toBe('timeout');
  });

  test('alb-cross-zone: a node stays within its zone unless told otherwise', async () => {
    const shape = (crossZone: string) =>
      template(
        ground,
        server('One'),
        server('Two', 'PrivateB'),
        balancer({ LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: crossZone }] }),
        members(['One', 'Two']),
        front,
      );
    await using network = await InhabitedNetwork.open(shape('false'), everyone);
    await until(
      () => network.targets(),
      (all) => all.every(({ health }) => health === 'healthy'),
    );
    const served = async () => {
      const answers = [];
      for (let index = 0; index < 16; index += 1) answers.push((await viaInternet(network)).asked?.server);
      return new Set(answers);
    };
    expect(await served()).toEqual(new Set(['One']));
    await network.apply(shape('true'));
    // The targets of the other zone have to pass a check of this node's first.
    await until(served, (servers) => servers.has('One') && servers.has('Two'));
  });

  test('lb-fail-open: unhealthy targets get nothing while one is healthy, and everything when none is', async () => {
    const http = { HealthCheckProtocol: 'HTTP', HealthCheckPath: '/health', HealthCheckTimeoutSeconds: 2 };
    await using network = await openNetwork(
      balancer({ LoadBalancerAttributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }] }),
      members(['One', 'Two'], http),
      front,
    );
    const settled = (wanted: Readonly<Record<string, string>>) =>
      until(
        () => network.targets(),
        (all) => all.every(({ target, health }) => health === wanted[target]),
      );
    const served = async () => {
      const answers = [];
      for (let index = 0; index < 16; index += 1) answers.push((await viaInternet(network)).asked?.server);
      return new Set(answers);
    };
    await settled({ One: 'healthy', Two: 'healthy' });
    await network.health('One', 500);
    await settled({ One: 'unhealthy', Two: 'healthy' });
    await until(served, (servers) => servers.size === 1 && servers.has('Two'));
    await network.health('Two', 500);
    await settled({ One: 'unhealthy', Two: 'unhealthy' });
    await until(served, (servers) => servers.has('One') && servers.has('Two'));
  });

  test('nlb-timeouts: forgets after 350 s of silence, 120 s of UDP, and resets what comes later', async () => {
    await using network = await openNetwork(balancer(), members(['One']), front);
    const [node] = network.interfaces('Balancer');
    const setting = async (name: string) =>
      Number(await network.run(node!.id, 'cat', `/proc/sys/net/netfilter/${name}`));
    expect(await setting('nf_conntrack_tcp_timeout_established')).toBe(350);
    expect(await setting('nf_conntrack_udp_timeout')).toBe(120);
    expect(await setting('nf_conntrack_udp_timeout_stream')).toBe(120);
    // The same with three seconds in place of 350, which nobody waits for.
    await network.run(node!.id, 'sh', '-c', 'echo 3 > /proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established');
    await network.greet('One', 9090);
    const to = network.publicAddress('Balancer');
    await network.openConnection('internet', { id: 'long', to, port: 80, greeted: false });
    const question = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';
    expect(await network.say('internet', { id: 'long', text: question })).toMatch(/200 OK/);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await network.say('internet', { id: 'long', text: question })).toBe('ECONNRESET');
  });

  test('UDP is handed on with the address of who asks', async () => {
    await using network = await openNetwork(
      balancer(),
      members(['One'], { Protocol: 'UDP', HealthCheckPort: '8080' }),
      listener('Front', 53, forward('Group'), { Protocol: 'UDP' }),
    );
    await network.greetUdp('One', 8080);
    expect(await network.udp('internet', { to: network.publicAddress('Balancer'), port: 53 })).toBe(
      `One ${internetClient}`,
    );
    expect(await network.udp('Client', { to: network.address('Balancer'), port: 53 })).toBe(
      `One ${network.address('Client')}`,
    );
  });

  test('passes on nothing but what it listens for', async () => {
    await using network = await openNetwork(balancer(), members(['One']), front);
    const url = `http://${network.publicAddress('Balancer')}:8080/`;
    expect((await network.request('internet', { url, milliseconds: silence })).error).not.toBeNull();
  });
});
