import { type Prefix, parsePrefix } from '@terrace/cloud/address';
import type { NetworkView, SecurityGroup } from '@terrace/cloud/views/network';
import { Fabric } from '@terrace/region/fabric/standalone';

export interface FabricMeasurement {
  readonly interfaces: number;
  /** Milliseconds from nothing to every interface wired and filtered. */
  readonly start: number;
  /** Milliseconds of a changed rule, until a new flow is stopped by it. */
  readonly changedRule: number;
  readonly limits: { readonly start: number | null; readonly changedRule: 300 };
}

/** The packet layer alone: interfaces in eight subnets of one VPC, in one group. */
export async function measureFabric(interfaces: number): Promise<FabricMeasurement> {
  const began = performance.now();
  await using fabric = await Fabric.start(view(interfaces, true));
  const start = performance.now() - began;
  const changing = performance.now();
  await fabric.apply(view(interfaces, false));
  const changedRule = performance.now() - changing;
  const [outcome] = await fabric.probe('eni-0', [{ to: '10.20.8.10', port: 80, protocol: 'tcp' }], 300);
  if (outcome !== 'timeout') throw new Error(`the rule is gone, and the flow is ${outcome}`);
  return { interfaces, start, changedRule, limits: { start: interfaces === 1000 ? 15_000 : null, changedRule: 300 } };
}

function view(interfaces: number, open: boolean): NetworkView {
  const range = prefix('10.20.0.0/16');
  const everywhere = prefix('0.0.0.0/0');
  const group: SecurityGroup = {
    id: 'sg-0',
    statedBy: null,
    name: 'group',
    vpc: 'vpc-0',
    isDefault: true,
    ingress: open
      ? [
          {
            traffic: { protocol: 'tcp', ports: { from: 80, to: 80 } },
            peer: { kind: 'security-group', id: 'sg-0' },
            statedBy: null,
            index: 0,
            description: null,
          },
        ]
      : [],
    egress: [
      {
        traffic: { protocol: 'all' },
        peer: { kind: 'range', range: everywhere },
        statedBy: null,
        index: 0,
        description: null,
      },
    ],
  };
  const entry = {
    ruleNumber: 100,
    action: 'allow',
    traffic: { protocol: 'all' },
    range: everywhere,
    statedBy: null,
  } as const;
  return {
    vpcs: [
      {
        id: 'vpc-0',
        statedBy: null,
        name: 'vpc',
        ranges: [range],
        mainRouteTable: 'rtb-0',
        defaultNetworkAcl: 'acl-0',
        defaultSecurityGroup: 'sg-0',
        dnsSupport: true,
        dnsHostnames: true,
      },
    ],
    subnets: Array.from({ length: 8 }, (_, index) => ({
      id: `subnet-${index}`,
      statedBy: null,
      name: `subnet-${index}`,
      vpc: 'vpc-0',
      range: { ...prefix('10.20.0.0/21'), base: range.base + index * 2048 },
      zone: 'ap-northeast-2a',
      routeTable: 'rtb-0',
      networkAcl: 'acl-0',
      publicAddressOnLaunch: false,
    })),
    routeTables: [
      {
        id: 'rtb-0',
        statedBy: null,
        name: 'main',
        vpc: 'vpc-0',
        routes: [{ destination: range, prefixList: null, target: { kind: 'local' }, statedBy: null }],
      },
    ],
    networkAcls: [
      { id: 'acl-0', statedBy: null, name: 'acl', vpc: 'vpc-0', isDefault: true, ingress: [entry], egress: [entry] },
    ],
    securityGroups: [group],
    prefixLists: [],
    interfaces: Array.from({ length: interfaces }, (_, index) => ({
      id: `eni-${index}`,
      statedBy: null,
      name: `interface-${index}`,
      vpc: 'vpc-0',
      subnet: `subnet-${index % 8}`,
      addresses: [range.base + (index % 8) * 2048 + 10 + Math.floor(index / 8)],
      publicAddress: null,
      securityGroups: ['sg-0'],
      filtered: true,
      sourceDestinationCheck: true,
      owner: { kind: 'instance', id: `i-${index}`, index: 0 },
    })),
    internetGateways: [],
    natGateways: [],
    peerings: [],
    gatewayEndpoints: [],
  };
}

function prefix(text: string): Prefix {
  return parsePrefix(text)!;
}
