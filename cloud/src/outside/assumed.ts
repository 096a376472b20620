import { formatAddress, parsePrefix } from '../address.ts';
import { resourceIdentifier } from '../allocate/identifier.ts';
import { zonesOf } from '../allocate/zones.ts';
import type { DescribedResource } from '../families/contract/described.ts';
import { everyResource, type Inventory, type Resource } from '../inventory.ts';
import type { JsonObject } from '../json.ts';
import { objects, text } from '../property.ts';
import { suppliedId } from '../views/network/supplied.ts';
import { identifiersIn } from './in-use.ts';
import type { Standing } from './standing.ts';

/** What the subnets of a usual VPC are for, in the order of its ranges. */
export const usualTypes = ['Public', 'Private', 'Isolated'] as const;
export type UsualType = (typeof usualTypes)[number];

/**
 * VPCs of the usual form for those that the templates name and nobody describes: a public, a private and an isolated /20 in each of three zones, an
 * internet gateway, a NAT gateway in each zone, tables of the usual routes, and AWS's default group and ACL. A subnet that is named is one of them:
 * public where something in it has to be reached from the internet, otherwise private, and of the zones in the order in which lists name them.
 */
export function assumedStanding(inventory: Inventory): Standing[] {
  const known = new Set(everyResource(inventory).map(({ physicalId }) => physicalId));
  return inventory.stacks.flatMap((stack) => {
    const own = inventory.resources.filter((each) => each.stack === stack.name);
    const [, , , region = inventory.region, account = inventory.account] = stack.id.split(':');
    const named = [...identifiersIn(own.map(({ properties }) => properties))].filter((id) => !known.has(id));
    const vpcs = named.filter((id) => /^vpc-[0-9a-f]{8,17}$/.test(id));
    const subnets = named.filter((id) => /^subnet-[0-9a-f]{8,17}$/.test(id));
    const fromLookup = (vpc: string) =>
      usualTypes.flatMap((type) => usualZones(region).map((zone) => suppliedId('subnet', vpc, type, zone)));
    const looked = new Set(vpcs.flatMap(fromLookup));
    const open = subnets.filter((id) => !looked.has(id));
    if (vpcs.length === 0 && subnets.length === 0) return [];
    const standIn = resourceIdentifier({ account, region, stack: stack.name, logicalId: 'assumed VPC' }, 'vpc');
    const all = vpcs.length > 0 ? vpcs : [standIn];
    for (const id of [...all, ...subnets]) known.add(id);
    return all.flatMap((vpc, index) =>
      usualVpcStanding({
        vpc,
        account,
        region,
        range: rangeFor(own, vpc),
        named: index === 0 ? placesOf(own, open, region) : [],
      }),
    );
  });
}

function usualZones(region: string): string[] {
  return zonesOf(region).slice(0, 3);
}

interface Place {
  readonly id: string;
  readonly type: UsualType;
  readonly zone: string;
}

/** Where the subnets that are named stand, by what stands in them and by their position in lists. */
function placesOf(resources: readonly Resource[], subnets: readonly string[], region: string): Place[] {
  const zones = usualZones(region);
  return subnets.map((id, position) => {
    const lists = resources.flatMap(({ properties }) => listsIn(properties).filter((list) => list.includes(id)));
    const index = lists[0] === undefined ? position : lists[0].indexOf(id);
    const isPublic = resources.some((each) => names(each, id) && hasToBePublic(each));
    return { id, type: isPublic ? 'Public' : 'Private', zone: zones[index % zones.length]! };
  });
}

function listsIn(value: unknown): string[][] {
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? [value as string[]] : value.flatMap(listsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listsIn) : [];
}

function names({ properties }: Resource, id: string): boolean {
  return identifiersIn(properties).has(id);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer */
function hasToBePublic({ type, properties }: Resource): boolean {
  if (type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') return text(properties, 'Scheme') !== 'internal';
  if (type === 'AWS::EC2::NatGateway') return text(properties, 'ConnectivityType') !== 'private';
  const launch = [properties, ...objects(properties, 'NetworkInterfaces')];
  return launch.some((each) => text(each, 'AssociatePublicIpAddress') === 'true');
}

/** The range of which the templates' own subnets in the VPC are parts, or else the usual one. */
function rangeFor(resources: readonly Resource[], vpc: string): string {
  const own = resources.find(
    ({ type, properties }) => type === 'AWS::EC2::Subnet' && text(properties, 'VpcId') === vpc,
  );
  const range = parsePrefix(text(own?.properties ?? {}, 'CidrBlock') ?? '');
  return range && range.length >= 16 ? `${formatAddress(range.base - (range.base % 65536))}/16` : '10.0.0.0/16';
}

interface Usual {
  readonly vpc: string;
  readonly account: string;
  readonly region: string;
  /** A /16. */
  readonly range: string;
  readonly named: readonly Place[];
}

function usualVpcStanding({ vpc, account, region, range, named }: Usual): Standing[] {
  const make = (list: string, ...resources: [DescribedResource, ...DescribedResource[]]): Standing => ({
    ...{ list, account, region, id: resources[0].id, resources },
  });
  const id = (kind: string, ...parts: readonly string[]) => suppliedId(kind, vpc, ...parts);
  const base = parsePrefix(range)!.base;
  const gateway = id('igw', 'assumed');
  const zones = usualZones(region);
  const subnets = usualTypes.flatMap((type, row) =>
    zones.map((zone, column) => ({
      ...{ id: id('subnet', type, zone), type, zone },
      cidr: `${formatAddress(base + (row * zones.length + column) * 4096)}/20`,
    })),
  );
  // A subnet that is named stands in the place of the usual one of its kind and zone, a second one of both behind all of them.
  const placed = subnets.map((each) => {
    const meant = named.find(({ type, zone }) => type === each.type && zone === each.zone);
    return meant ? { ...each, id: meant.id } : each;
  });
  const more = named
    .filter((each) => placed.every((other) => other.id !== each.id))
    .slice(0, 16)
    .map((each, index) => ({ ...each, cidr: `${formatAddress(base + 15 * 4096 + index * 256)}/24` }));
  const all = [...placed, ...more];
  const nat = (zone: string) => id('nat', zone);
  const tables = usualTypes.flatMap((type) => (type === 'Private' ? zones : ['']).map((zone) => ({ type, zone })));
  const ranges = { VpcId: vpc, CidrBlock: range };
  return [
    make('Vpcs', {
      ...{ type: 'AWS::EC2::VPC', id: vpc },
      properties: { CidrBlock: range, EnableDnsSupport: true, EnableDnsHostnames: true },
      attributes: {
        ...{ ...ranges, IsDefault: false, Assumed: true, MainRouteTable: id('rtb', 'assumed') },
        ...{ DefaultNetworkAcl: id('acl', 'assumed'), DefaultSecurityGroup: id('sg', 'assumed') },
      },
    }),
    make(
      'InternetGateways',
      { type: 'AWS::EC2::InternetGateway', id: gateway, properties: {} },
      {
        ...{ type: 'AWS::EC2::VPCGatewayAttachment', id: `IGW|${vpc}` },
        properties: { VpcId: vpc, InternetGatewayId: gateway },
      },
    ),
    ...all.map(({ id: subnet, type, zone, cidr }) => {
      const properties = {
        VpcId: vpc,
        CidrBlock: cidr,
        AvailabilityZone: zone,
        MapPublicIpOnLaunch: type === 'Public',
      };
      return make('Subnets', {
        ...{ type: 'AWS::EC2::Subnet', id: subnet, properties },
        attributes: { SubnetId: subnet, ...properties },
      });
    }),
    ...tables.map(({ type, zone }) => {
      const table = id('rtb', type, zone);
      const target: JsonObject = type === 'Public' ? { GatewayId: gateway } : { NatGatewayId: nat(zone) };
      const members = all.filter((each) => each.type === type && (zone === '' || each.zone === zone));
      const route: DescribedResource = {
        ...{ type: 'AWS::EC2::Route', id: `${table}|0.0.0.0/0` },
        properties: { RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', ...target },
      };
      return make(
        'RouteTables',
        { type: 'AWS::EC2::RouteTable', id: table, properties: { VpcId: vpc } },
        ...(type === 'Isolated' ? [] : [route]),
        ...members.map(
          (each): DescribedResource => ({
            ...{ type: 'AWS::EC2::SubnetRouteTableAssociation', id: `${table}|${each.id}` },
            properties: { SubnetId: each.id, RouteTableId: table },
          }),
        ),
      );
    }),
    ...zones.map((zone, index) => {
      const allocation = id('eipalloc', zone);
      const subnet = placed.find((each) => each.type === 'Public' && each.zone === zone)!.id;
      const address = assumedAddress(vpc, index);
      return make(
        'NatGateways',
        {
          ...{ type: 'AWS::EC2::NatGateway', id: nat(zone) },
          properties: { SubnetId: subnet, AllocationId: allocation, VpcId: vpc },
        },
        {
          ...{ type: 'AWS::EC2::EIP', id: address, properties: { Domain: 'vpc' } },
          attributes: { AllocationId: allocation, PublicIp: address },
        },
      );
    }),
  ];
}

/** Of 198.51.100.0/24, a range for documentation: no address of AWS's is one of it. */
function assumedAddress(vpc: string, index: number): string {
  const digest = Number.parseInt(suppliedId('eip', vpc).slice(-4), 16);
  return `198.51.100.${((digest * 3) % 240) + index + 1}`;
}

/** Whether a resource outside belongs to a VPC that was assumed. */
export function isAssumed({ attributes }: Resource): boolean {
  return attributes.Assumed === true;
}
