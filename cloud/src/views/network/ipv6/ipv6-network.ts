import { type Prefix6, parsePrefix6 } from '../../../address6.ts';
import { type Inventory, ofType } from '../../../inventory.ts';
import type { JsonObject } from '../../../json.ts';
import { flag, number, objects, text } from '../../../property.ts';
import type {
  Entry6,
  Ipv6Network,
  NetworkAcl,
  NetworkInterface,
  Route,
  Route6,
  RouteTable,
  Rule6,
  SecurityGroup,
  Vpc,
} from '../../network.ts';
import { groupId, ruledGroup } from '../security-groups.ts';
import { aclEntryTraffic, isKnownProtocol, securityRuleTraffic } from '../traffic.ts';
import { closedToInternet6 } from './closed-interfaces.ts';
import { interfaceRanges6 } from './interface-ranges.ts';
import { subnetRanges6 } from './subnet-ranges.ts';

/**
 * What an inventory says of IPv6: ranges, addresses, and the routes, rules and entries that name one.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
 *
 * @param targetOf reads a route's target as in the other family
 */
export function ipv6NetworkOf(
  inventory: Inventory,
  { vpcs, interfaces, routeTables, securityGroups, networkAcls }: Ipv4Network,
  targetOf: (properties: JsonObject, table: RouteTable) => Route['target'],
): Ipv6Network {
  return {
    ranges: Object.fromEntries(vpcs.map((vpc) => [vpc.id, vpcRanges6(inventory, vpc.id)])),
    subnets: Object.fromEntries([...subnetRanges6(inventory)].map(([subnet, range]) => [subnet, [range]])),
    ...interfaceRanges6(inventory, interfaces),
    closed: closedToInternet6(inventory, interfaces),
    routes: Object.fromEntries(routeTables.map((table) => [table.id, routes6(inventory, table, targetOf)])),
    rules: rules6(inventory, securityGroups),
    entries: entries6(inventory, networkAcls),
  };
}

/** What the other family's reading has found. */
interface Ipv4Network {
  readonly vpcs: readonly Vpc[];
  readonly interfaces: readonly NetworkInterface[];
  readonly routeTables: readonly RouteTable[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly networkAcls: readonly NetworkAcl[];
}

const everywhere6 = parsePrefix6('::/0')!;

/** A range that AWS or a pool gives is not stated: the VPC answers with AWS's. */
function vpcRanges6(inventory: Inventory, vpc: string): Prefix6[] {
  const blocks = ofType(inventory, 'AWS::EC2::VPCCidrBlock').filter(
    ({ properties }) => text(properties, 'VpcId') === vpc,
  );
  const own = ofType(inventory, 'AWS::EC2::VPC').find((each) => each.physicalId === vpc);
  const provided = own?.attributes.Ipv6CidrBlocks;
  return blocks.flatMap(({ properties }) => {
    const stated = parsePrefix6(text(properties, 'Ipv6CidrBlock') ?? '');
    if (stated) return [stated];
    const isSix = flag(properties, 'AmazonProvidedIpv6CidrBlock') || text(properties, 'Ipv6IpamPoolId') !== undefined;
    const given = isSix && Array.isArray(provided) ? parsePrefix6(String(provided[0])) : undefined;
    return given ?? [];
  });
}

function routes6(
  inventory: Inventory,
  table: RouteTable,
  targetOf: (properties: JsonObject, table: RouteTable) => Route['target'],
): Route6[] {
  return ofType(inventory, 'AWS::EC2::Route')
    .filter(({ properties }) => text(properties, 'RouteTableId') === table.id)
    .flatMap(({ properties }): Route6[] => {
      const egressOnly = text(properties, 'EgressOnlyInternetGatewayId');
      const destinations = rangesNamed(inventory, properties, 'DestinationIpv6CidrBlock', 'DestinationPrefixListId');
      return destinations.map((destination) => ({
        destination,
        target:
          egressOnly === undefined ? targetOf(properties, table) : { kind: 'egress-only-gateway', id: egressOnly },
      }));
    })
    .sort((one, other) => other.destination.length - one.destination.length);
}

/** The range that is written, or those of a prefix list of this family. */
function rangesNamed(inventory: Inventory, properties: JsonObject, range: string, list: string): Prefix6[] {
  const written = parsePrefix6(text(properties, range) ?? '');
  if (written) return [written];
  const id = text(properties, list);
  const named = ofType(inventory, 'AWS::EC2::PrefixList').find((each) => each.physicalId === id);
  return named
    ? objects(named.properties, 'Entries').flatMap((entry) => parsePrefix6(text(entry, 'Cidr') ?? '') ?? [])
    : [];
}

function rules6(inventory: Inventory, groups: readonly SecurityGroup[]): Ipv6Network['rules'] {
  const rules: Record<string, { ingress: Rule6[]; egress: Rule6[] }> = {};
  const add = (group: string, direction: 'ingress' | 'egress', rule: JsonObject): void => {
    const list = direction === 'ingress' ? 'SourcePrefixListId' : 'DestinationPrefixListId';
    for (const range of rangesNamed(inventory, rule, 'CidrIpv6', list)) {
      if (!isKnownProtocol(text(rule, 'IpProtocol') ?? '-1')) continue;
      rules[group] ??= { ingress: [], egress: [] };
      rules[group][direction].push({ traffic: securityRuleTraffic(rule), range });
    }
  };
  // https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
  for (const group of groups) {
    if (!group.egress.some(({ statedBy, peer }) => statedBy === null && peer.kind === 'range')) continue;
    rules[group.id] = { ingress: [], egress: [{ traffic: { protocol: 'all' }, range: everywhere6 }] };
  }
  for (const group of ofType(inventory, 'AWS::EC2::SecurityGroup')) {
    for (const rule of objects(group.properties, 'SecurityGroupIngress')) add(groupId(group), 'ingress', rule);
    for (const rule of objects(group.properties, 'SecurityGroupEgress')) add(groupId(group), 'egress', rule);
  }
  for (const { properties } of ofType(inventory, 'AWS::EC2::SecurityGroupIngress')) {
    add(ruledGroup(inventory, properties) ?? '', 'ingress', properties);
  }
  for (const { properties } of ofType(inventory, 'AWS::EC2::SecurityGroupEgress')) {
    add(ruledGroup(inventory, properties) ?? '', 'egress', properties);
  }
  return rules;
}

function entries6(inventory: Inventory, acls: readonly NetworkAcl[]): Ipv6Network['entries'] {
  const entries: Record<string, { ingress: Entry6[]; egress: Entry6[] }> = {};
  for (const acl of acls.filter(({ statedBy }) => statedBy === null)) {
    entries[acl.id] = { ingress: [allowAll6], egress: [allowAll6] };
  }
  for (const { properties } of ofType(inventory, 'AWS::EC2::NetworkAclEntry')) {
    const range = parsePrefix6(text(properties, 'Ipv6CidrBlock') ?? '');
    const acl = text(properties, 'NetworkAclId');
    if (!range || acl === undefined) continue;
    entries[acl] ??= { ingress: [], egress: [] };
    entries[acl][flag(properties, 'Egress') ? 'egress' : 'ingress'].push({
      traffic: aclEntryTraffic(properties),
      range,
      ruleNumber: number(properties, 'RuleNumber') ?? 0,
      action: text(properties, 'RuleAction')?.toLowerCase() === 'allow' ? 'allow' : 'deny',
    });
  }
  for (const each of Object.values(entries)) {
    for (const list of [each.ingress, each.egress]) list.sort((one, other) => one.ruleNumber - other.ruleNumber);
  }
  return entries;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html */
const allowAll6: Entry6 = { ruleNumber: 101, action: 'allow', traffic: { protocol: 'all' }, range: everywhere6 };
