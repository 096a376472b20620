import { parseAddress, parsePrefix } from '@terrace/cloud/address';
import type { NetworkInterface, NetworkView, SecurityRule } from '@terrace/cloud/views/network';
import { describe, expect, test } from 'vitest';
import { compileFabric } from './compile.ts';
import { routerLink } from './network-index.ts';
import type { NamespacePlan } from './plan.ts';

const prefix = (text: string) => parsePrefix(text)!;
const allowAll = [
  { ruleNumber: 100, action: 'allow', traffic: { protocol: 'all' }, range: prefix('0.0.0.0/0'), statedBy: null },
] as const;
const toAll: SecurityRule = {
  traffic: { protocol: 'all' },
  peer: { kind: 'range', range: prefix('0.0.0.0/0') },
  statedBy: null,
  index: null,
  description: null,
};

/** One VPC with a public and a private subnet, a web server behind a group that names itself, and a NAT gateway. */
const view: NetworkView = {
  vpcs: [
    {
      id: 'vpc-1',
      statedBy: null,
      name: 'vpc',
      ranges: [prefix('10.10.0.0/16')],
      mainRouteTable: 'rtb-main',
      defaultNetworkAcl: 'acl-1',
      defaultSecurityGroup: 'sg-default',
      dnsSupport: true,
      dnsHostnames: true,
    },
  ],
  subnets: [subnet('subnet-public', '10.10.5.0/24', 'rtb-public'), subnet('subnet-web', '10.10.1.0/24', 'rtb-web')],
  routeTables: [
    table('rtb-public', { kind: 'internet-gateway', id: 'igw-1' }),
    table('rtb-web', { kind: 'nat-gateway', id: 'nat-1' }),
  ],
  networkAcls: [
    { id: 'acl-1', statedBy: null, name: 'acl', vpc: 'vpc-1', isDefault: true, ingress: allowAll, egress: allowAll },
  ],
  securityGroups: [
    {
      id: 'sg-web',
      statedBy: null,
      name: 'web',
      vpc: 'vpc-1',
      isDefault: false,
      ingress: [
        {
          ...toAll,
          traffic: { protocol: 'tcp', ports: { from: 80, to: 80 } },
          peer: { kind: 'security-group', id: 'sg-web' },
        },
        {
          ...toAll,
          traffic: { protocol: 'tcp', ports: { from: 443, to: 444 } },
          peer: { kind: 'range', range: prefix('10.10.0.0/16') },
        },
        {
          ...toAll,
          traffic: { protocol: 'tcp', ports: { from: 443, to: 444 } },
          peer: { kind: 'range', range: prefix('10.10.5.0/24') },
        },
      ],
      egress: [toAll],
    },
  ],
  prefixLists: [],
  interfaces: [
    networkInterface('eni-web', 'subnet-web', '10.10.1.20', {
      owner: { kind: 'instance', id: 'i-web', index: 0 },
      securityGroups: ['sg-web'],
    }),
    networkInterface('eni-nat', 'subnet-public', '10.10.5.9', {
      owner: { kind: 'nat-gateway', id: 'nat-1' },
      filtered: false,
      publicAddress: parseAddress('198.18.0.7')!,
    }),
  ],
  internetGateways: [{ id: 'igw-1', statedBy: null, name: 'igw', vpc: 'vpc-1' }],
  natGateways: [
    {
      id: 'nat-1',
      statedBy: null,
      name: 'nat',
      vpc: 'vpc-1',
      subnet: 'subnet-public',
      interface: 'eni-nat',
      connectivity: 'public',
    },
  ],
  peerings: [],
  gatewayEndpoints: [],
};

describe('the router of a VPC', () => {
  const router = namespace('router-vpc-1');

  test('hands on what is local, goes out by the gateway, and drops the rest in silence', () => {
    expect(
      router.routes.filter((line) => line.includes('10.10.0.0/16') || line.includes('default')).map(withoutTable),
    ).toEqual([
      '10.10.0.0/16 dev void',
      'throw 10.10.0.0/16 table',
      'blackhole default table',
      'throw 10.10.0.0/16 table',
      'throw 10.10.0.0/16 table',
    ]);
    expect(router.routes.filter((line) => line.startsWith('0.0.0.0/0')).map(withoutTable)).toEqual([
      '0.0.0.0/0 via 169.254.253.254 dev igw onlink table',
      `0.0.0.0/0 via 10.10.5.9 dev ${routerLink.interface('eni-nat')} onlink table`,
    ]);
  });

  test('lets each group drop for itself: neither direction accepts for the other', () => {
    const chains = [...router.ruleset!.matchAll(/chain ((?:e|in)gress_\w+) \{\n([^}]*(?:\{[^}]*\}[^}]*)*?)\n {2}\}/g)];
    expect(chains).toHaveLength(2);
    for (const [, , body] of chains) {
      expect(body!.trim().split('\n').at(-1)!.trim()).toBe('drop');
      expect(body).not.toContain('accept');
    }
  });

  test('names a group by the private addresses of its members, and merges ranges that contain one another', () => {
    expect(router.ruleset).toMatch(
      /set senders_\w+ \{\n\s+type ifname \. ipv4_addr\n\s+elements = \{\n\s+"e\w+" \. 10\.10\.1\.20\n/,
    );
    expect(router.ruleset).toMatch(/iifname \. ip saddr @senders_\w+ tcp dport 80 return/);
    expect(router.ruleset).toContain('ip saddr { 10.10.0.0/16 } tcp dport 443-444 return');
  });

  test('lets nothing start towards the NAT gateway from the internet', () => {
    expect(router.ruleset).toContain(`"${routerLink.interface('eni-nat')}" : jump to_nat`);
    expect(router.ruleset).toContain('iifname { "igw" } drop');
  });

  test('has no ACL to pass where the ACL allows everything', () => {
    expect(router.ruleset).not.toContain('acl_egress_');
  });
});

describe('names in the kernel', () => {
  test('do not change when something is added beside them', () => {
    const more = compileFabric({
      ...view,
      interfaces: [
        networkInterface('eni-more', 'subnet-web', '10.10.1.21', { securityGroups: ['sg-web'] }),
        ...view.interfaces,
      ],
    });
    const before = compileFabric(view);
    for (const link of before.links) expect(more.links).toContainEqual(link);
    expect(more.namespaces.find((each) => each.name === 'i-web')).toEqual(
      before.namespaces.find((each) => each.name === 'i-web'),
    );
  });
});

function namespace(name: string): NamespacePlan {
  return compileFabric(view).namespaces.find((each) => each.name === name)!;
}

function withoutTable(line: string): string {
  return line.replace(/table \d+/, 'table');
}

function subnet(id: string, range: string, routeTable: string): NetworkView['subnets'][number] {
  return {
    id,
    statedBy: null,
    name: id,
    vpc: 'vpc-1',
    range: prefix(range),
    zone: 'ap-northeast-2a',
    routeTable,
    networkAcl: 'acl-1',
    publicAddressOnLaunch: false,
  };
}

function table(
  id: string,
  target: NetworkView['routeTables'][number]['routes'][number]['target'],
): NetworkView['routeTables'][number] {
  const local = {
    destination: prefix('10.10.0.0/16'),
    prefixList: null,
    target: { kind: 'local' },
    statedBy: null,
  } as const;
  return {
    id,
    statedBy: null,
    name: id,
    vpc: 'vpc-1',
    routes: [local, { destination: prefix('0.0.0.0/0'), prefixList: null, target, statedBy: null }],
  };
}

function networkInterface(
  id: string,
  inSubnet: string,
  address: string,
  more: Partial<NetworkInterface>,
): NetworkInterface {
  return {
    id,
    statedBy: null,
    name: id,
    vpc: 'vpc-1',
    subnet: inSubnet,
    addresses: [parseAddress(address)!],
    publicAddress: null,
    securityGroups: [],
    filtered: true,
    sourceDestinationCheck: true,
    owner: { kind: 'instance', id, index: 0 },
    ...more,
  };
}
