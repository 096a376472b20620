import { fileURLToPath } from 'node:url';
import { everywhere, type Prefix, parsePrefix } from '@terrace/cloud/address';
import { loadAssembly } from '@terrace/cloud/assembly/load';
import { coveringFleet, initialFleet } from '@terrace/cloud/views/initial-fleet';
import { intentsOf } from '@terrace/cloud/views/intents';
import type { NetworkInterface, NetworkView, SecurityGroup, Subnet } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { openReach } from '@terrace/lenses/reach/ask/ask';
import { computeMatrix, countOpenPairs, travelBetween } from '@terrace/lenses/reach/ask/matrix';
import { check } from '@terrace/lenses/reach/check/check';
import { RegionUnderTest } from './region-under-test.ts';

export interface ReachMeasurement {
  readonly interfaces: number;
  readonly roles: number;
  readonly classes: number;
  readonly openPairs: number;
  /** From the network view to what every pair may exchange on every port. */
  readonly seconds: number;
  readonly limitSeconds: number | null;
  readonly holds: boolean | null;
}

export interface ReachReport {
  readonly everyPair: readonly ReachMeasurement[];
  /** One question in the network of 1,000 different interfaces, nothing warm. */
  readonly oneQuestionMilliseconds: number;
  readonly oneQuestionLimit: 5;
  /** Every intent of the blueprint, what is open besides, the why of every rule and what each flow hangs on, after loading. */
  readonly check: {
    readonly intents: number;
    readonly rules: number;
    readonly seconds: number;
    readonly limitSeconds: 1;
    readonly holds: boolean;
  };
}

/**
 * Every pair of interfaces, all ports: 1,000 in 10 roles within 1 s, in 100 roles within 3 s, all different within
 * 30 s; and how it grows.
 */
export async function measureReach(): Promise<ReachReport> {
  computeMatrix(openReach(manyInterfaces(100, 10)));
  const measured = (interfaces: number, roles: number, limitSeconds: number | null): ReachMeasurement => {
    const view = manyInterfaces(interfaces, roles);
    const start = performance.now();
    const matrix = computeMatrix(openReach(view));
    const seconds = (performance.now() - start) / 1000;
    return {
      interfaces,
      roles,
      classes: matrix.classes.length,
      openPairs: countOpenPairs(matrix),
      seconds,
      limitSeconds,
      holds: limitSeconds === null ? null : seconds <= limitSeconds,
    };
  };
  return {
    everyPair: [
      ...[250, 500, 1000, 2000, 4000, 8000].map((count) => measured(count, 10, count === 1000 ? 1 : null)),
      measured(1000, 100, 3),
      ...[250, 500, 1000].map((count) => measured(count, count, count === 1000 ? 30 : null)),
    ],
    oneQuestionMilliseconds: oneQuestion(),
    oneQuestionLimit: 5,
    check: await checkBlueprint(),
  };
}

async function checkBlueprint(): Promise<ReachReport['check']> {
  await using project = await RegionUnderTest.make();
  const loaded = await loadAssembly(await project.synthesize());
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const inventory = loaded.value;
  const intents = intentsOf(inventory);
  if (!intents.ok) throw new Error(JSON.stringify(intents.mistakes));
  const start = performance.now();
  const network = networkView(inventory, coveringFleet(inventory));
  const deployed = networkView(inventory, initialFleet(inventory));
  const report = check({ inventory, intents: intents.value, network, deployed, unintended: true, why: true });
  const seconds = (performance.now() - start) / 1000;
  if (!report.ok) throw new Error(JSON.stringify(report.mistakes));
  const rules = report.value.rules?.length ?? 0;
  return { intents: intents.value.length, rules, seconds, limitSeconds: 1, holds: seconds <= 1 };
}

function oneQuestion(): number {
  const view = manyInterfaces(1000, 1000);
  const reach = openReach(view);
  const start = performance.now();
  travelBetween(reach, view.interfaces[17]!, view.interfaces[983]!);
  return performance.now() - start;
}

/**
 * Two peered VPCs with four subnets each; a group for each role, which admits one range and the group of the role before it, as tiers do.
 */
function manyInterfaces(count: number, roles: number): NetworkView {
  const ranges = [parsePrefix('10.0.0.0/14')!, parsePrefix('172.16.0.0/14')!];
  const vpcs = ranges.map((range, index) => ({
    id: `vpc-${index}`,
    statedBy: null,
    name: `vpc-${index}`,
    ranges: [range],
    mainRouteTable: `rtb-${index}`,
    defaultNetworkAcl: `acl-${index}`,
    defaultSecurityGroup: `sg-${index}`,
    dnsSupport: true,
    dnsHostnames: false,
  }));
  const subnets = ranges.flatMap((range, vpc) =>
    [0, 1, 2, 3].map(
      (index): Subnet => ({
        id: `subnet-${vpc}-${index}`,
        statedBy: null,
        name: `subnet-${vpc}-${index}`,
        vpc: `vpc-${vpc}`,
        range: { family: 4, base: range.base + index * 65536, length: 16 },
        zone: index % 2 === 0 ? 'a' : 'b',
        routeTable: `rtb-${vpc}`,
        networkAcl: `acl-${vpc}`,
        publicAddressOnLaunch: false,
      }),
    ),
  );
  const groups = Array.from({ length: roles }, (_, role) => roleGroup(role, roles));
  const interfaces = Array.from({ length: count }, (_, index): NetworkInterface => {
    const role = index % roles;
    const subnet = subnets[(role % 2) * 4 + (index % 4)]!;
    return {
      id: `eni-${index}`,
      statedBy: null,
      name: `member-${index}`,
      vpc: subnet.vpc,
      subnet: subnet.id,
      addresses: [subnet.range.base + 10 + Math.floor(index / 4)],
      publicAddress: null,
      securityGroups: [`sg-role-${role}`],
      filtered: true,
      sourceDestinationCheck: true,
      owner: { kind: 'instance', id: `i-${index}`, index: 0 },
    };
  });
  return {
    vpcs,
    subnets,
    routeTables: [0, 1].map((vpc) => ({
      id: `rtb-${vpc}`,
      statedBy: null,
      name: `rtb-${vpc}`,
      vpc: `vpc-${vpc}`,
      routes: [
        { destination: ranges[vpc]!, prefixList: null, target: { kind: 'local' }, statedBy: null },
        { destination: ranges[1 - vpc]!, prefixList: null, target: { kind: 'peering', id: 'pcx' }, statedBy: null },
      ],
    })),
    networkAcls: [0, 1].map((vpc) => ({
      id: `acl-${vpc}`,
      statedBy: null,
      name: `acl-${vpc}`,
      vpc: `vpc-${vpc}`,
      isDefault: true,
      ingress: [{ ruleNumber: 100, action: 'allow', traffic: { protocol: 'all' }, range: everywhere, statedBy: null }],
      egress: [{ ruleNumber: 100, action: 'allow', traffic: { protocol: 'all' }, range: everywhere, statedBy: null }],
    })),
    securityGroups: groups,
    prefixLists: [],
    interfaces,
    internetGateways: [],
    natGateways: [],
    peerings: [
      {
        id: 'pcx',
        statedBy: null,
        name: 'pcx',
        requester: 'vpc-0',
        accepter: 'vpc-1',
        requesterDnsResolution: false,
        accepterDnsResolution: false,
      },
    ],
    gatewayEndpoints: [],
  };
}

function roleGroup(role: number, roles: number): SecurityGroup {
  const rule = { statedBy: null, index: null, description: null };
  const port = 1024 + role;
  const range: Prefix = { family: 4, base: parsePrefix('10.0.0.0/14')!.base + (role % 64) * 4096, length: 20 };
  return {
    id: `sg-role-${role}`,
    statedBy: null,
    name: `role-${role}`,
    vpc: `vpc-${role % 2}`,
    isDefault: false,
    ingress: [
      {
        ...rule,
        traffic: { protocol: 'tcp', ports: { from: port, to: port + 10 } },
        peer: { kind: 'security-group', id: `sg-role-${(role + roles - 1) % roles}` },
      },
      { ...rule, traffic: { protocol: 'tcp', ports: { from: 443, to: 443 } }, peer: { kind: 'range', range } },
    ],
    egress: [{ ...rule, traffic: { protocol: 'all' }, peer: { kind: 'range', range: everywhere } }],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await measureReach(), null, 2)}\n`);
}
