import { describe, expect, test } from 'vitest';
import {
  acl,
  elasticIp,
  gateway,
  group,
  instance,
  nat,
  networkInterface,
  peering,
  plain,
  privateNat,
  type Resources,
  ref,
  subnet,
  table,
  template,
  vpc,
} from '../connectivity-templates.ts';
import { InhabitedNetwork } from './inhabited-network.ts';

const ground: Resources = Object.assign(
  {},
  vpc('Vpc', '10.60.0.0/16'),
  subnet('A', 'Vpc', '10.60.1.0/24'),
  subnet('B', 'Vpc', '10.60.2.0/24'),
  group('Open', 'Vpc', ['-1 0.0.0.0/0']),
);

/** A connection from `Client` to `Server` that a first exchange has gone over. */
async function connected(
  text: string,
  to: (network: InhabitedNetwork) => string = (network) => network.address('Server'),
) {
  const network = await InhabitedNetwork.open(text);
  await network.greet('Server', 8080);
  const greeting = await network.openConnection('Client', { id: 'flow', to: to(network), port: 8080 });
  expect(greeting).toMatch(/^Server /);
  expect(await network.say('Client', { id: 'flow', text: 'first' })).toBe('first');
  return network;
}

const stillAnswers = (network: InhabitedNetwork, milliseconds = 5000) =>
  network.say('Client', { id: 'flow', text: 'again', milliseconds });
const newConnection = (network: InhabitedNetwork, milliseconds = 5000) =>
  network.openConnection('Client', { id: 'another', to: network.address('Server'), port: 8080, milliseconds });
/** Milliseconds without an answer that count as silence. */
const silence = 700;

describe.concurrent('a rule that goes', () => {
  const withRules = (ingress: readonly string[], egress: readonly string[] = []) =>
    template(
      ground,
      instance('Client', 'A', ['Open']),
      group('Servers', 'Vpc', ingress, egress),
      instance('Server', 'B', ['Servers']),
    );

  test('sg-tracked-survive-rule-removal: a tracked connection lives on, a new one is not let in', async () => {
    await using network = await connected(withRules(['tcp 8080 10.60.0.0/16']));
    await network.apply(withRules(['tcp 9999 10.60.0.0/16']));
    expect(await stillAnswers(network)).toBe('again');
    expect(await newConnection(network, silence)).toBe('timeout');
  });

  test('sg-untracked-break-at-once: open from and to everywhere is not tracked, and breaks with the rule', async () => {
    await using network = await connected(withRules(['tcp 8080 0.0.0.0/0']));
    expect(await stillAnswers(network)).toBe('again');
    await network.apply(withRules(['tcp 9999 0.0.0.0/0']));
    expect(await stillAnswers(network, silence)).toBe('silence');
    expect(await newConnection(network, silence)).toBe('timeout');
  });

  test('sg-untracked-break-at-once: narrower answers make it tracked', async () => {
    await using network = await connected(withRules(['tcp 8080 0.0.0.0/0'], ['tcp 1-65000 10.0.0.0/8']));
    await network.apply(withRules(['tcp 9999 0.0.0.0/0'], ['tcp 1-65000 10.0.0.0/8']));
    expect(await stillAnswers(network)).toBe('again');
  });

  test('sg-always-tracked: what goes through a NAT gateway, however open the rules', async () => {
    const shape = (egress: readonly string[]) =>
      template(
        ground,
        gateway('Vpc'),
        group('Callers', 'Vpc', ['-1 0.0.0.0/0'], egress),
        instance('Client', 'A', ['Callers']),
        nat('Nat', 'B'),
        table('Private', 'Vpc', ['A'], ['0.0.0.0/0 NatGatewayId Nat']),
        table('Public', 'Vpc', ['B'], ['0.0.0.0/0 GatewayId VpcGateway']),
      );
    await using network = await InhabitedNetwork.open(shape(['-1 0.0.0.0/0']));
    await network.greet('internet', 8080);
    const to = '203.0.113.10';
    const greeting = await network.openConnection('Client', { id: 'flow', to, port: 8080 });
    expect(greeting).toBe(`internet ${network.publicAddress('Nat')}`);
    await network.apply(shape(['tcp 9999 0.0.0.0/0']));
    expect(await stillAnswers(network)).toBe('again');
    expect(await network.openConnection('Client', { id: 'b', to, port: 8080, milliseconds: 700 })).toBe('timeout');
  });
});

describe.concurrent('silence', () => {
  const throughNat = template(
    ground,
    gateway('Vpc'),
    instance('Client', 'A', ['Open']),
    nat('Nat', 'B'),
    table('Private', 'Vpc', ['A'], ['0.0.0.0/0 NatGatewayId Nat']),
    table('Public', 'Vpc', ['B'], ['0.0.0.0/0 GatewayId VpcGateway']),
  );
  const timeout = (network: InhabitedNetwork, where: string, name: string) =>
    network.run(where, 'cat', `/proc/sys/net/netfilter/nf_conntrack_${name}`).then(Number);

  test('nat-protocols-and-idle: forgets after 350 s, and answers what comes later from inside with a reset', async () => {
    await using network = await InhabitedNetwork.open(throughNat);
    const gatewayInterface = network.interfaces('Nat')[0]!.id;
    expect(await timeout(network, gatewayInterface, 'tcp_timeout_established')).toBe(350);
    // The same with three seconds in place of 350, which nobody waits for.
    const setting = '/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established';
    await network.run(gatewayInterface, 'sh', '-c', `echo 3 > ${setting}`);
    await network.greet('internet', 8080);
    await network.openConnection('Client', { id: 'flow', to: '203.0.113.10', port: 8080 });
    expect(await stillAnswers(network)).toBe('again');
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await stillAnswers(network)).toBe('ECONNRESET');
  });

  test('sg-idle-timeouts: five days of TCP, 30 s of UDP, 180 s of an exchange', async () => {
    await using network = await InhabitedNetwork.open(throughNat);
    const router = `router-${network.interfaces('Client')[0]!.vpc}`;
    expect(await timeout(network, router, 'tcp_timeout_established')).toBe(432_000);
    expect(await timeout(network, router, 'udp_timeout')).toBe(30);
    expect(await timeout(network, router, 'udp_timeout_stream')).toBe(180);
  });

  test('sg-idle-timeouts: an interface may state its own, and the shorter of two holds', async () => {
    const stating = (name: string, seconds: Readonly<Record<string, number>>) => ({
      ...networkInterface(`${name}Interface`, 'A', ['Open'], { ConnectionTrackingSpecification: seconds }),
      ...instance(name, 'A', [], {
        SubnetId: ref('AWS::NoValue'),
        NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref(`${name}Interface`) }],
      }),
    });
    const shape = (...more: readonly Resources[]) =>
      template(
        ground,
        // Tracked, since not everybody is let in.
        group('Narrow', 'Vpc', ['-1 10.60.0.0/16']),
        stating('Client', { TcpEstablishedTimeout: 600, UdpTimeout: 60, UdpStreamTimeout: 90 }),
        stating('Server', { TcpEstablishedTimeout: 60 }),
        instance('Other', 'B', ['Narrow']),
        ...more,
      );
    await using network = await InhabitedNetwork.open(shape());
    const to = (name: string) => network.interfaces(name)[0]!;
    const router = `router-${to('Other').vpc}`;
    const remembered = async (kind: RegExp, destination: string) => {
      const flows = (await network.run(router, 'cat', '/proc/net/nf_conntrack')).split('\n');
      const found = flows.find((line) => kind.test(line) && line.includes(` dst=${destination} `));
      return Number(found?.trim().split(/\s+/)[4]);
    };
    const talk = async (name: string) => {
      const address = network.address(name);
      await network.greet(name, 8080);
      await network.greetUdp(name, 8081);
      expect(await network.openConnection('ClientInterface', { id: name, to: address, port: 8080 })).toMatch(name);
      expect(await network.udp('ClientInterface', { to: address, port: 8081 })).toMatch(name);
      return address;
    };
    const other = await talk('Other');
    expect(await remembered(/tcp .* ESTABLISHED/, other)).toSatisfy((left) => left > 590 && left <= 600);
    expect(await remembered(/udp/, other)).toSatisfy((left) => left > 50 && left <= 60);
    const both = await talk('ServerInterface');
    expect(await remembered(/tcp .* ESTABLISHED/, both)).toSatisfy((left) => left > 50 && left <= 60);
    // A change of the rules forgets nothing.
    await network.apply(shape(group('Narrow', 'Vpc', ['-1 10.60.0.0/16', 'tcp 22 10.0.0.0/8'])));
    expect(await network.say('ClientInterface', { id: 'Other', text: 'still' })).toBe('still');
    expect(await remembered(/tcp .* ESTABLISHED/, other)).toSatisfy((left) => left > 590 && left <= 600);
  });

  test('nat-protocols-and-idle: so many connections to one destination, and more to another', async () => {
    await using network = await InhabitedNetwork.open(throughNat);
    const gatewayInterface = network.interfaces('Nat')[0]!.id;
    const ruleset = await network.run(gatewayInterface, 'nft', 'list', 'table', 'ip', 'terrace');
    expect(ruleset).toContain('ct count over 55000');
    // The same with two in place of 55,000.
    const few = ruleset.replace('ct count over 55000', 'ct count over 2');
    const load = `nft -f - <<'RULES'\ntable ip terrace\ndelete table ip terrace\n${few}\nRULES`;
    await network.run(gatewayInterface, 'sh', '-c', load);
    await Promise.all([network.greet('internet', 8080), network.greet('internet', 8081)]);
    const opened = [];
    for (const [id, port] of [8080, 8080, 8080, 8081].entries()) {
      const milliseconds = id === 2 ? silence : 5000;
      opened.push(await network.openConnection('Client', { id: String(id), to: '203.0.113.10', port, milliseconds }));
    }
    expect(opened.map((said) => said.split(' ')[0])).toEqual(['internet', 'internet', 'timeout', 'internet']);
  });

  test('nat-protocols-and-idle: passes fragments of UDP and of nothing else', async () => {
    await using network = await InhabitedNetwork.open(throughNat);
    await network.greetUdp('internet', 8080);
    const inClient = (script: string) => network.run('Client', 'sh', '-c', script).then((said) => said.trim());
    const ping = (bytes: number, seconds: number) =>
      inClient(`ping -n -q -c 1 -W ${seconds} -s ${bytes} 203.0.113.10 > /dev/null && echo answered || echo silence`);
    const sent = `my $s = IO::Socket::INET->new(Proto => "udp", PeerAddr => "203.0.113.10", PeerPort => 8080); send($s, "x" x 20000, 0); alarm 20; recv($s, my $said, 100, 0); print $said`;
    expect(await inClient(`perl -MIO::Socket::INET -e '${sent}'`)).toMatch(/^internet /);
    expect(await ping(100, 10)).toBe('answered');
    expect(await ping(20_000, 1)).toBe('silence');
  });

  test('reserved-addresses: nobody is there', async () => {
    await using network = await InhabitedNetwork.open(throughNat);
    const outcomes = await Promise.all(
      ['10.60.2.0', '10.60.2.1', '10.60.2.2', '10.60.2.3', '10.60.2.255'].map((to) =>
        network.openConnection('Client', { id: to, to, port: 8080, milliseconds: 700 }),
      ),
    );
    expect(outcomes).toEqual(Array(5).fill('timeout'));
    for (const each of network.interfaces('Client')) expect(each.addresses[0]! % 256).toBeGreaterThan(3);
  });
});

describe.concurrent('network ACLs', () => {
  test('acl-change-breaks-connections: a new deny cuts a running connection', async () => {
    const shape = (entries: readonly string[]) =>
      template(
        ground,
        instance('Client', 'A', ['Open']),
        instance('Server', 'B', ['Open']),
        acl('Acl', 'Vpc', ['B'], [...entries, 'in 100 allow all 0.0.0.0/0', 'out 100 allow all 0.0.0.0/0']),
      );
    await using network = await connected(shape([]));
    await network.apply(shape(['in 50 deny tcp 8080 10.60.1.0/24']));
    expect(await stillAnswers(network, silence)).toBe('silence');
  });
});

describe.concurrent('the internet gateway', () => {
  const shape = (ingress: string) =>
    template(
      ground,
      gateway('Vpc'),
      table('Public', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway']),
      group('Servers', 'Vpc', [ingress]),
      instance('Client', 'A', ['Open']),
      instance('Server', 'B', ['Servers']),
      elasticIp('ClientAddress', 'Client'),
      elasticIp('ServerAddress', 'Server'),
    );
  const open = (network: InhabitedNetwork, from: string, milliseconds = 5000) =>
    network.openConnection(from, { id: from, to: network.publicAddress('Server'), port: 8080, milliseconds });

  test('igw-public-to-public-and-hairpin: the sender is seen by its public address, itself included', async () => {
    await using network = await InhabitedNetwork.open(shape('tcp 8080 198.18.0.0/16'));
    await network.greet('Server', 8080);
    expect(await open(network, 'Client')).toBe(`Server ${network.publicAddress('Client')}`);
    expect(await open(network, 'Server')).toBe(`Server ${network.publicAddress('Server')}`);
  });

  test('igw-public-to-public-and-hairpin: a rule for private addresses, or for the group, does not admit it', async () => {
    await using network = await InhabitedNetwork.open(shape('tcp 8080 10.60.0.0/16'));
    await network.greet('Server', 8080);
    expect(await open(network, 'Client', silence)).toBe('timeout');
    await network.apply(shape('tcp 8080 Open'));
    expect(await open(network, 'Client', silence)).toBe('timeout');
    const inside = { id: 'in', to: network.address('Server'), port: 8080 };
    expect(await network.openConnection('Client', inside)).toBe(`Server ${network.address('Client')}`);
  });

  test('igw-one-to-one-translation: the instance knows its private address only', async () => {
    await using network = await InhabitedNetwork.open(shape('tcp 8080 0.0.0.0/0'));
    await network.greet('Server', 8080);
    await network.greet('internet', 8080);
    expect(await open(network, 'internet')).toBe('Server 203.0.113.10');
    expect(await network.openConnection('Server', { id: 'out', to: '203.0.113.10', port: 8080 })).toBe(
      `internet ${network.publicAddress('Server')}`,
    );
    expect(await network.run('Server', 'ip', '-4', '-brief', 'address')).not.toContain(network.publicAddress('Server'));
  });
});

describe.concurrent('ranges and next hops', () => {
  test('local-route-per-range: a secondary range is reached without a route being written', async () => {
    await using network = await connected(
      template(
        ground,
        plain('Second', 'EC2::VPCCidrBlock', { VpcId: ref('Vpc'), CidrBlock: '10.61.0.0/16' }),
        subnet('Far', 'Vpc', '10.61.1.0/24'),
        instance('Client', 'A', ['Open']),
        instance('Server', 'Far', ['Open']),
      ),
    );
    expect(network.address('Server')).toMatch(/^10\.61\.1\./);
  });

  test('source-destination-check: an appliance forwards with the check off, and nothing with it on', async () => {
    const shape = (check: boolean) =>
      template(
        ground,
        subnet('Middle', 'Vpc', '10.60.3.0/24'),
        instance('Client', 'A', ['Open']),
        instance('Server', 'B', ['Open']),
        networkInterface('Leg', 'Middle', ['Open'], { SourceDestCheck: check }),
        instance('Appliance', 'Middle', [], {
          SubnetId: ref('AWS::NoValue'),
          NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref('Leg') }],
        }),
        table('Out', 'Vpc', ['A'], ['10.60.2.0/24 NetworkInterfaceId Leg']),
        table('Back', 'Vpc', ['B'], ['10.60.1.0/24 NetworkInterfaceId Leg']),
      );
    await using network = await connected(shape(false));
    const forwarded = Number(await network.run(network.interfaces('Leg')[0]!.id, 'sh', '-c', counting));
    expect(forwarded).toBeGreaterThan(0);
    await network.apply(shape(true));
    expect(await newConnection(network, silence)).toBe('timeout');
    await network.apply(shape(false));
    expect(await newConnection(network)).toMatch(/^Server /);
  });

  test('interface-belongs-to-subnet: an instance with two interfaces answers by the one that was asked', async () => {
    await using network = await InhabitedNetwork.open(
      template(
        ground,
        group('Narrow', 'Vpc', ['tcp 9090 0.0.0.0/0']),
        instance('Client', 'A', ['Open']),
        networkInterface('Front', 'A', ['Open']),
        networkInterface('Back', 'B', ['Narrow']),
        instance('Server', 'A', [], {
          SubnetId: ref('AWS::NoValue'),
          NetworkInterfaces: [
            { DeviceIndex: '0', NetworkInterfaceId: ref('Front') },
            { DeviceIndex: '1', NetworkInterfaceId: ref('Back') },
          ],
        }),
      ),
    );
    const [front, back] = ['Front', 'Back'].map((name) => network.interfaces(name)[0]!);
    await network.greet(front!.id, 8080);
    await network.greet(front!.id, 9090);
    const open = (to: string, port: number, milliseconds = 5000) =>
      network.openConnection('Client', { id: `${to}:${port}`, to, port, milliseconds });
    expect(await open(network.address('Front'), 8080)).toContain(network.address('Client'));
    expect(await open(network.address('Back'), 9090)).toContain(network.address('Client'));
    expect(await open(network.address('Back'), 8080, silence)).toBe('timeout');
    expect(back!.addresses).not.toEqual(front!.addresses);
  });

  test('nat-into-peer-returns: answers find back without a route, ordinary ones do not', async () => {
    await using network = await InhabitedNetwork.open(
      template(
        ground,
        vpc('Other', '10.62.0.0/16'),
        subnet('D', 'Other', '10.62.1.0/24'),
        group('OtherOpen', 'Other', ['-1 0.0.0.0/0']),
        peering('Peering', 'Vpc', 'Other'),
        privateNat('Nat', 'B'),
        table('Private', 'Vpc', ['A'], ['10.62.0.0/16 NatGatewayId Nat']),
        table('Middle', 'Vpc', ['B'], ['10.62.0.0/16 VpcPeeringConnectionId Peering']),
        instance('Client', 'A', ['Open']),
        instance('Neighbour', 'B', ['Open']),
        instance('Server', 'D', ['OtherOpen']),
      ),
    );
    await network.greet('Server', 8080);
    const open = (from: string) =>
      network.openConnection(from, { id: from, to: network.address('Server'), port: 8080, milliseconds: 800 });
    expect(await open('Client')).toBe(`Server ${network.address('Nat')}`);
    expect(await open('Neighbour')).toBe('timeout');
  });
});

const counting = "awk 'NR==2 {print $7+0; exit}' /proc/net/snmp";
