import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTemplates } from '@terrace/cloud/assembly/load';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { JsonObject } from '@terrace/cloud/json';
import { coveringFleet } from '@terrace/cloud/views/initial-fleet';
import type { Intent } from '@terrace/cloud/views/intents';
import { networkView } from '@terrace/cloud/views/network/network-view';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectOf } from '../../../../region/test/connectivity-project.ts';
import {
  gateway,
  group,
  instance,
  plain,
  subnet,
  table,
  template,
  vpc,
} from '../../../../region/test/connectivity-templates.ts';
import { checkIntent, type Outcome, resolveIntents } from '../check/intent-check.ts';
import { journeyBetween } from '../engine/journey-between.ts';
import { classify } from '../engine/likeness.ts';
import type { Receiver, Sender } from '../engine/parties.ts';
import { openReach } from './ask.ts';
import type { Reach } from './question.ts';

const examples = fileURLToPath(new URL('../../../../examples/', import.meta.url));

describe('the examples', () => {
  test.each(
    readdirSync(examples, { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map((each) => each.name),
  )('leave nothing unknown: %s', async (name) => {
    const files = readdirSync(join(examples, name))
      .filter((file) => /\.(yaml|json)$/.test(file) && file !== 'cdk.json')
      .map((file) => join(examples, name, file));
    if (files.length === 0) return;
    const own = files.filter((file) => files.length === 1 || !/nested/.test(name) || file.endsWith('template.yaml'));
    const loaded = await loadTemplates(own);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
    const { value: inventory } = loaded;
    const open = openReach(networkView(inventory, coveringFleet(inventory)));
    expect(unknownPairs(open)).toEqual([]);
  });
});

/** Every pair of classes, and each with the internet. */
function unknownPairs(reach: Reach): string[] {
  const { network, filters } = reach;
  const party = (each: Receiver['interface'], address: number): Sender & Receiver => ({
    interface: each,
    address,
    upTo: address,
    byAddress: false,
  });
  const insiders = classify(network).map(({ members }) => party(members[0]!, members[0]!.addresses[0]!));
  const outsiders = network
    .atomsIn(network.internet)
    .slice(0, 3)
    .map(({ from }) => party(null, from));
  return [...insiders, ...outsiders].flatMap((from) =>
    insiders.flatMap((to) => {
      if (from.interface === to.interface) return [];
      const { whole } = journeyBetween(network, filters, from, to);
      const isKnown =
        whole.arrives.join() === whole.mayArrive.join() && whole.allowed.join() === whole.mayBeAllowed.join();
      return isKnown ? [] : [`${from.interface?.name ?? 'internet'} → ${to.interface!.name}`];
    }),
  );
}

let base: Inventory;
beforeAll(async () => {
  const { inventory } = await projectOf(
    template(
      vpc('Vpc', '10.50.0.0/16'),
      vpc('Far', '10.60.0.0/16'),
      subnet('A', 'Vpc', '10.50.1.0/24'),
      subnet('B', 'Vpc', '10.50.2.0/24'),
      subnet('F', 'Far', '10.60.1.0/24'),
      gateway('Vpc'),
      table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']),
      table('Private', 'Vpc', ['B'], []),
      group('Web', 'Vpc', ['tcp 80 0.0.0.0/0']),
      group('Data', 'Vpc', ['tcp 5432 Web']),
      group('FarGroup', 'Far', ['tcp 80 0.0.0.0/0']),
      instance('Client', 'A', ['Web']),
      instance('Server', 'B', ['Data']),
      instance('Remote', 'F', ['FarGroup']),
      plain('Address', 'EC2::EIP', { Domain: 'vpc', InstanceId: { Ref: 'Client' } }),
    ),
  );
  base = inventory;
});

const ends = [
  'Client',
  'Server',
  'Remote',
  'internet',
  'Web',
  'Data',
  'A',
  'B',
  'Vpc',
  '10.20.0.0/16',
  '52.219.0.0/16',
];
const intents = fc.record({
  verdict: fc.constantFrom('allow' as const, 'forbid' as const),
  from: fc.constantFrom(...ends),
  to: fc.constantFrom(...ends),
  ports: fc.constantFrom('80', '5432', '22', 'all'),
});
type Asked = {
  readonly verdict: 'allow' | 'forbid';
  readonly from: string;
  readonly to: string;
  readonly ports: string;
};

function added(inventory: Inventory, type: string, properties: JsonObject): Inventory {
  const one: Resource = {
    ...inventory.resources[0]!,
    key: 'Stack/Added',
    logicalId: 'Added',
    type,
    physicalId: 'added-0123456789',
    attributes: {},
    properties,
    dependsOn: [],
    tags: {},
  };
  return { ...inventory, resources: [...inventory.resources, one] };
}

function outcomeIn(inventory: Inventory, asked: Asked): Outcome {
  const network = networkView(inventory, coveringFleet(inventory));
  const intent: Intent = {
    ...asked,
    id: 'asked',
    from: [asked.from],
    to: [asked.to],
    protocol: 'tcp',
    reason: null,
    stack: 'Stack',
    place: {},
  };
  const resolved = resolveIntents([intent], inventory, network);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.mistakes));
  return checkIntent(openReach(network), resolved.value[0]!).outcome;
}

const idOf = (name: string): string => base.resources.find((each) => each.logicalId === name)!.physicalId;

/** Resources of kinds that nothing here models, on every place of the network. */
const strangers = fc.oneof(
  fc
    .record({ subnets: fc.subarray(['A', 'B', 'F'], { minLength: 1 }), groups: fc.subarray(['Web', 'Data']) })
    .map(({ subnets, groups }) => ({
      type: 'AWS::Unheard::Holder',
      properties: () => ({ Where: { SubnetIds: subnets.map(idOf) }, SecurityGroupIds: groups.map(idOf) }),
    })),
  fc
    .record({
      table: fc.constantFrom('Public', 'Private'),
      property: fc.constantFrom('TransitGatewayId', 'VpcEndpointId', 'CarrierGatewayId', 'LocalGatewayId', 'GatewayId'),
      destination: fc.constantFrom('10.20.0.0/16', '0.0.0.0/0', '52.0.0.0/8', 'somewhere'),
    })
    .map(({ table: name, property, destination }) => ({
      type: 'AWS::EC2::Route',
      properties: () => ({ RouteTableId: idOf(name), DestinationCidrBlock: destination, [property]: 'stranger-0' }),
    })),
  fc
    .record({ group: fc.constantFrom('Web', 'Data'), list: fc.constantFrom('SourcePrefixListId', 'CidrIp') })
    .map(({ group: name, list }) => ({
      type: 'AWS::EC2::SecurityGroupIngress',
      properties: () => ({ GroupId: idOf(name), IpProtocol: 'tcp', FromPort: 22, ToPort: 22, [list]: 'pl-stranger' }),
    })),
  fc.constant({
    type: 'AWS::EC2::VPNGatewayRoutePropagation',
    properties: () => ({ RouteTableIds: [idOf('Private')], VpnGatewayId: 'vgw-stranger' }),
  }),
);

describe('a resource of a kind that is not modelled', () => {
  test('turns no answer into a holds', () => {
    fc.assert(
      fc.property(intents, strangers, (asked, { type, properties }) => {
        const before = outcomeIn(base, asked);
        const after = outcomeIn(added(base, type, properties()), asked);
        expect(before !== 'holds' && after === 'holds').toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('changes no answer where it is neither on the path nor a holder of an end', () => {
    fc.assert(
      fc.property(intents, (asked) => {
        fc.pre(![asked.from, asked.to].includes('Remote'));
        const elsewhere = added(base, 'AWS::Unheard::Holder', { SubnetIds: [idOf('F')], Groups: [idOf('FarGroup')] });
        const unattached = added(base, 'AWS::EC2::VPNGateway', { Type: 'ipsec.1' });
        const before = outcomeIn(base, asked);
        expect([outcomeIn(elsewhere, asked), outcomeIn(unattached, asked)]).toEqual([before, before]);
      }),
      { numRuns: 100 },
    );
  });
});
