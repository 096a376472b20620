import { coveringFleet, initialFleet } from '@terrace/cloud/views/initial-fleet';
import { intentsOf } from '@terrace/cloud/views/intents';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../../region/test/connectivity-project.ts';
import {
  acl,
  elasticIp,
  gateway,
  group,
  groupOf,
  instance,
  nat,
  peering,
  plain,
  type Resources,
  ref,
  subnet,
  table,
  vpc,
} from '../../../../region/test/connectivity-templates.ts';
import { junit, sarif } from '../../controls/check-formats.ts';
import { bySubnets, type OpenFlow } from '../ask/open-flows.ts';
import { indexNetwork } from '../engine/network-index.ts';
import { describeTraffic } from '../traffic/traffic-set.ts';
import { type CheckReport, check, compare } from './check.ts';
import { checkData } from './check-data.ts';
import { checkLines } from './check-text.ts';

interface StatedIntent {
  readonly id: string;
  readonly verdict: 'allow' | 'forbid';
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly protocol?: string;
  readonly ports?: string;
}

/** Two tiers in two zones, a public address on the first, and a way out for the second. */
const tiers: readonly Resources[] = [
  vpc('Vpc', '10.20.0.0/16'),
  subnet('A', 'Vpc', '10.20.1.0/24'),
  subnet('B', 'Vpc', '10.20.2.0/24', { AvailabilityZone: 'ap-northeast-2b' }),
  gateway('Vpc'),
  table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway']),
  group('WebGroup', 'Vpc', ['tcp 80 0.0.0.0/0'], ['tcp 8080 WasGroup2']),
  group('WasGroup2', 'Vpc', ['tcp 8080 10.20.1.0/24'], ['tcp 443 0.0.0.0/0']),
  instance('Web', 'A', ['WebGroup']),
  elasticIp('Address', 'Web'),
  plain('Launch', 'EC2::LaunchTemplate', {
    LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', SecurityGroupIds: [groupOf('WasGroup2')] },
  }),
  plain('Was', 'AutoScaling::AutoScalingGroup', {
    MinSize: '1',
    MaxSize: '4',
    DesiredCapacity: '1',
    VPCZoneIdentifier: [ref('A'), ref('B')],
    LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: '1' },
  }),
];

const intents: readonly StatedIntent[] = [
  { id: 'page', verdict: 'allow', from: ['internet'], to: ['Web'], ports: '80' },
  { id: 'web-to-was', verdict: 'allow', from: ['Web'], to: ['Was'], ports: '8080' },
  { id: 'was-hidden', verdict: 'forbid', from: ['internet'], to: ['Was'], protocol: 'all' },
];

function textOf(parts: readonly Resources[], stated: readonly StatedIntent[]): string {
  return JSON.stringify({ Metadata: { 'Terrace::Intents': stated }, Resources: Object.assign({}, ...parts) });
}

async function reportOf(parts: readonly Resources[], stated: readonly StatedIntent[] = intents): Promise<CheckReport> {
  const { inventory, network: deployed } = await projectOf(textOf(parts, stated));
  const read = intentsOf(inventory);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const network = networkView(inventory, coveringFleet(inventory));
  const report = check({ inventory, intents: read.value, network, deployed, unintended: true, why: true });
  if (!report.ok) throw new Error(JSON.stringify(report.mistakes));
  return report.value;
}

function told(flows: readonly OpenFlow[] | null): string[] {
  return bySubnets(flows ?? []).map(({ from, to, traffic }) => `${from} → ${to} ${describeTraffic(traffic)}`);
}

describe('intents', () => {
  test('hold when every sender reaches every receiver, and nothing forbidden arrives', async () => {
    const report = await reportOf(tiers);
    expect(report.intents.map(({ intent, outcome, pairs }) => [intent.id, outcome === 'holds', pairs > 0])).toEqual([
      ['page', true, true],
      ['web-to-was', true, true],
      ['was-hidden', true, true],
    ]);
    expect(report.ok).toBe(true);
  });

  test('are proven for a member in every subnet of a group, not only for those that there are', async () => {
    const shut = acl('Shut', 'Vpc', ['B'], []);
    const report = await reportOf([...tiers, shut]);
    const [failure] = report.intents[1]!.failures;
    expect(report.ok).toBe(false);
    expect(failure).toMatchObject({ from: 'Web', to: 'Was/1' });
    expect(failure!.blockers.map(({ code, way }) => [code, way])).toEqual([
      ['SUBNET_ACL_RESTRICTION', 'forward'],
      ['SUBNET_ACL_RESTRICTION', 'return'],
    ]);
  });

  test('say which part of an allowed range of ports does not pass', async () => {
    const report = await reportOf(tiers, [
      { id: 'wide', verdict: 'allow', from: ['Web'], to: ['Was'], ports: '8000-8100' },
    ]);
    expect(describeTraffic(report.intents[0]!.failures[0]!.traffic)).toBe('tcp 8000-8079, 8081-8100');
  });

  test('forbid what arrives even if no answer comes back', async () => {
    const report = await reportOf(
      [...tiers, acl('OneWay', 'Vpc', ['B'], ['in 100 allow all 0.0.0.0/0'])],
      [{ id: 'never', verdict: 'forbid', from: ['Web'], to: ['Was'], protocol: 'tcp' }],
    );
    expect(describeTraffic(report.intents[0]!.failures[0]!.traffic)).toBe('tcp 8080');
  });

  test('hold of nobody as long as nobody is there, and that is said', async () => {
    const none = plain('Was', 'AutoScaling::AutoScalingGroup', {
      MinSize: '0',
      MaxSize: '0',
      VPCZoneIdentifier: [ref('A')],
      LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: '1' },
    });
    const report = await reportOf([...tiers, none]);
    expect(report.intents[1]).toMatchObject({ outcome: 'holds', pairs: 0 });
  });

  test('with a name that is not there are a mistake with the nearest one', async () => {
    const { inventory, network } = await projectOf(
      textOf(tiers, [{ id: 'typo', verdict: 'allow', from: ['Wep'], to: ['Was'] }]),
    );
    const read = intentsOf(inventory);
    const report = check({
      inventory,
      intents: read.ok ? read.value : [],
      network,
      deployed: network,
      unintended: false,
      why: false,
    });
    expect(report.ok ? [] : report.mistakes.map(({ code, next }) => [code, next.en])).toEqual([
      ['UNKNOWN_REFERENCE', 'Did you mean Web? Nearest names: Web, Was, A, B, Vpc.'],
    ]);
  });
});

describe('what nobody intended', () => {
  test('is told with its exact ports, and what is intended is left out', async () => {
    const report = await reportOf([
      ...tiers,
      group('WebGroup', 'Vpc', ['tcp 80 0.0.0.0/0', 'tcp 22-23 198.51.100.0/24'], ['tcp 8080 WasGroup2']),
    ]);
    expect(told(report.unintended)).toEqual(['internet → Web tcp 22-23']);
    const [ssh] = report.unintended!;
    expect(ssh!.addresses).toEqual([0xc6336400, 0xc63364ff]);
  });

  test('is nothing where everything that is open is meant', async () => {
    expect(told((await reportOf(tiers)).unintended)).toEqual([]);
  });
});

describe('why a rule is there', () => {
  test('is the intents that break without it; one that none needs is called so', async () => {
    const spare = group('WasGroup2', 'Vpc', ['tcp 8080 10.20.1.0/24', 'tcp 9999 10.20.1.0/24'], ['tcp 443 0.0.0.0/0']);
    const report = await reportOf([...tiers, spare]);
    const reasons = report.rules!.map(({ rule, needed }) => [rule.within.name, rule.text.en, needed.join()]);
    expect(reasons).toContainEqual(['Public', '0.0.0.0/0 to VpcGateway', 'page']);
    expect(reasons).toContainEqual(['WasGroup2', 'in: tcp 8080 from 10.20.1.0/24', 'web-to-was']);
    expect(reasons).toContainEqual(['WasGroup2', 'in: tcp 9999 from 10.20.1.0/24', '']);
  });

  test('can be what it keeps out: the only egress rule of a group stands for AWS’s rule that allows everything', async () => {
    const report = await reportOf(
      [...tiers, nat('Nat', 'A'), table('Private', 'Vpc', ['B'], ['0.0.0.0/0 NatGatewayId Nat'])],
      [{ id: 'was-stays-in', verdict: 'forbid', from: ['Was'], to: ['internet'], protocol: 'tcp', ports: '1-442' }],
    );
    const egress = report.rules!.find(({ rule }) => rule.within.name === 'WasGroup2' && rule.kind === 'egress');
    expect(egress).toMatchObject({ needed: ['was-stays-in'], rule: { keepsDefaultOut: true } });
  });
});

describe('what a flow hangs on', () => {
  test('is the zone, the instance and the route that nothing can stand in for', async () => {
    const report = await reportOf(tiers);
    const hangsOn = (id: string) =>
      report.resilience!.find((each) => each.intent === id)!.hangsOn.map(({ kind, name }) => `${kind} ${name}`);
    expect(hangsOn('page')).toEqual(['zone ap-northeast-2a', 'component Web', 'route Public: 0.0.0.0/0 to VpcGateway']);
    expect(hangsOn('web-to-was')).toContain('component Was/0');
  });

  test('is nothing single where both ends are there twice in every zone', async () => {
    const twice = [
      ...tiers,
      plain('Was', 'AutoScaling::AutoScalingGroup', {
        MinSize: '4',
        MaxSize: '4',
        VPCZoneIdentifier: [ref('A'), ref('B')],
        LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: '1' },
      }),
    ];
    const among = [...twice, group('WasGroup2', 'Vpc', ['tcp 8080 10.20.0.0/16'])];
    const peers = { id: 'peers', verdict: 'allow', from: ['Was'], to: ['Was'], ports: '8080' } as const;
    expect((await reportOf(among, [peers])).resilience).toEqual([{ intent: 'peers', hangsOn: [] }]);
  });
});

describe('a change', () => {
  test('is told by what it opens and what it closes', async () => {
    const before = (await projectOf(textOf(tiers, intents))).network;
    const after = (
      await projectOf(
        textOf(
          [
            ...tiers,
            group('WasGroup2', 'Vpc', ['tcp 8081-8082 10.20.1.0/24'], ['tcp 443 0.0.0.0/0']),
            group('WebGroup', 'Vpc', ['tcp 80 203.0.113.0/24'], ['-1 0.0.0.0/0']),
          ],
          intents,
        ),
      )
    ).network;
    const { opened, closed } = compare(before, after);
    expect(told(opened)).toContain('Web → Was tcp 8081-8082');
    expect(told(opened)).toContain('Web → internet all traffic');
    expect(told(closed)).toContain('Web → Was tcp 8080');
    const lost = closed.find((flow) => flow.from.name === 'internet')!;
    expect(lost.addresses).not.toContain(0xcb007100);
    expect(compare(before, before)).toEqual({ opened: [], closed: [] });
  });
});

describe('a report', () => {
  test('is written for people in both languages, for JUnit, SARIF and JSON', async () => {
    const broken = await reportOf([...tiers, acl('Shut', 'Vpc', ['B'], [])]);
    const { network } = await projectOf(textOf(tiers, intents));
    const { internet } = indexNetwork(network);
    expect(checkLines(broken, null, internet, 'en').join('\n')).toContain('1 of 3 intents do not hold.');
    expect(checkLines(broken, null, internet, 'ko').join('\n')).toContain('통신 규칙 3개 중 1개가 지켜지지 않습니다.');
    expect(junit(broken, [])).toMatch(
      /<testsuites tests="3" failures="1">[\s\S]*<testcase classname="terrace.check" name="allow web-to-was">\n\s+<failure type="broken" message="web-to-was does not hold">/,
    );
    expect(JSON.stringify(sarif(broken, []))).toContain('"ruleId":"web-to-was","level":"error"');
    expect(checkData(broken, null)).toMatchObject({
      ok: false,
      intents: [
        { id: 'page', holds: true },
        { id: 'web-to-was', outcome: 'broken', holds: false },
        { id: 'was-hidden', holds: true },
      ],
    });
  });
});

test('the initial fleet is what is desired, the covering one has a member in every subnet', async () => {
  const { inventory } = await projectOf(textOf(tiers, intents));
  const subnets = (fleet: { instances: readonly { subnet: string; statedBy: string }[] }) =>
    new Set(fleet.instances.filter((each) => each.statedBy.endsWith('/Was')).map((each) => each.subnet)).size;
  expect(subnets(initialFleet(inventory))).toBe(1);
  expect(subnets(coveringFleet(inventory))).toBe(2);
});

test('a peering is compared too', async () => {
  const both = [
    ...tiers,
    vpc('Other', '10.9.0.0/16'),
    subnet('D', 'Other', '10.9.3.0/24'),
    group('Far', 'Other', ['tcp 5432 10.20.0.0/16']),
    instance('Database', 'D', ['Far']),
    peering('Peering', 'Vpc', 'Other'),
    table('Back', 'Other', ['D'], ['10.20.0.0/16 VpcPeeringConnectionId Peering']),
  ];
  const open = [
    ...both,
    table('Public', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId VpcGateway', '10.9.0.0/16 VpcPeeringConnectionId Peering']),
    group('WebGroup', 'Vpc', ['tcp 80 0.0.0.0/0']),
  ];
  const before = (await projectOf(textOf(both, []))).network;
  const after = (await projectOf(textOf(open, []))).network;
  expect(told(compare(before, after).opened)).toContain('Web → Database tcp 5432');
});
