import { formatAddress6 } from '@terrace/cloud/address6';
import { internetClient6 } from '@terrace/cloud/allocate/public-addresses';
import { address6Of } from '@terrace/cloud/views/network';
import { expect, test } from 'vitest';
import { Fabric } from '../../src/fabric/standalone.ts';
import { endpointsOf, type Project, projectOf } from '../connectivity-project.ts';
import {
  dualSubnet,
  gateway,
  group,
  instance,
  plain,
  type Resources,
  range6,
  ref,
  subnet,
  table,
  template,
  vpc,
} from '../connectivity-templates.ts';

const without = [
  vpc('Vpc', '10.20.0.0/16'),
  gateway('Vpc'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24'),
  group('Open', 'Vpc', ['-1 0.0.0.0/0', 'tcp 8080 ::/0']),
  table('Out', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway']),
  instance('Client', 'A', ['Open']),
  instance('Server', 'B', ['Open']),
];
const addressed = [
  ...without,
  range6('Range', 'Vpc', '2600:1f14:aaaa:bb00::/56'),
  dualSubnet('A', 'Vpc', '10.20.1.0/24', '2600:1f14:aaaa:bb01::/64'),
  dualSubnet('B', 'Vpc', '10.20.2.0/24', '2600:1f14:aaaa:bb02::/64'),
];
const out = (property: string, target: string): readonly Resources[] => [
  ...addressed,
  plain('Only', 'EC2::EgressOnlyInternetGateway', { VpcId: ref('Vpc') }),
  table('Out', 'Vpc', ['A', 'B'], ['0.0.0.0/0 GatewayId VpcGateway', `::/0 ${property} ${target}`]),
];

/** What passes from the client to the server, out to the internet, and in from there, by IPv6. */
async function passes(fabric: Fabric, { network, ...project }: Project): Promise<boolean[]> {
  const [client, server] = ['Client', 'Server'].map(
    (name) => endpointsOf({ network, ...project }, name).interfaces[0]!,
  );
  const address = address6Of(network, server!.id);
  const flow = (to: string) => [{ to, port: 8080, protocol: 'tcp' as const }];
  const inside = formatAddress6(address ?? '0'.repeat(32));
  const [within, leaving, entering] = await fabric.probeAll(
    [
      { from: client!.id, flows: flow(inside) },
      { from: client!.id, flows: flow(formatAddress6(internetClient6)) },
      { from: 'internet', flows: flow(inside) },
    ],
    400,
  );
  return [within, leaving, entering].map((outcomes) => address !== null && outcomes![0] === 'refused');
}

test('a running network is given IPv6, other gateways of it, and has it taken away, each in place', async () => {
  const steps: [readonly Resources[], boolean[]][] = [
    [without, [false, false, false]],
    [addressed, [true, false, false]],
    [out('GatewayId', 'VpcGateway'), [true, true, true]],
    [out('EgressOnlyInternetGatewayId', 'Only'), [true, true, false]],
    [addressed, [true, false, false]],
    [without, [false, false, false]],
    [out('GatewayId', 'VpcGateway'), [true, true, true]],
  ];
  const first = await projectOf(template(...without));
  await using fabric = await Fabric.start(first.network);
  for (const [index, [resources, expected]] of steps.entries()) {
    const project = await projectOf(template(...resources));
    await fabric.apply(project.network);
    expect({ index, passed: await passes(fabric, project) }).toEqual({ index, passed: expected });
  }
});
