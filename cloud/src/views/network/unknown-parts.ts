import { parsePrefix } from '../../address.ts';
import { parsePrefix6 } from '../../address6.ts';
import { isDefaultVpc } from '../../families/vpc/default-vpc.ts';
import { everyResource, type Inventory, ofType, type Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { nameOf, objects, text } from '../../property.ts';
import { words } from '../../words.ts';
import type { NetworkView, Traffic, Unknown, UnknownPart } from '../network.ts';
import { groupId, ruledGroup } from './security-groups.ts';
import { aclEntryTraffic, isKnownProtocol, securityRuleTraffic } from './traffic.ts';
import { notListed, unknown, unknownValue } from './unknown.ts';

type Known = Pick<NetworkView, 'prefixLists' | 'routeTables' | 'networkAcls' | 'vpcs'>;

/** Rules, entries and routes that name something which nobody knows here: they may or may not concern a packet. */
export function unknownPartsOf(inventory: Inventory, known: Known): UnknownPart[] {
  return [
    ...unknownRules(inventory, known),
    ...unknownEntries(inventory),
    ...unknownRoutes(inventory, known),
    ...namedOnly(inventory, known),
    ...unknownLists(inventory),
    ...notImported(inventory, known),
  ];
}

/** Lists of rules that a group states and that only somebody else could tell. */
function unknownLists(inventory: Inventory): UnknownPart[] {
  return ofType(inventory, 'AWS::EC2::SecurityGroup').flatMap((group) =>
    (['ingress', 'egress'] as const).flatMap((kind): UnknownPart[] => {
      const path = `Properties.SecurityGroup${kind === 'ingress' ? 'Ingress' : 'Egress'}`;
      const open = inventory.notKnown.some((each) => each.key === group.key && each.path === path);
      const part = unknownValue(`${nameOf(group)} ${path}`);
      return open ? [{ kind, within: groupId(group), traffic: { protocol: 'all' }, unknown: part }] : [];
    }),
  );
}

/** The main table, the default ACL and the default group of an imported VPC whose listings the project does not have. */
function notImported(inventory: Inventory, { vpcs }: Known): UnknownPart[] {
  const all: Traffic = { protocol: 'all' };
  return vpcs.flatMap((vpc): UnknownPart[] => {
    const resource = inventory.outside?.find(({ key }) => key === vpc.statedBy);
    if (!resource || isDefaultVpc(inventory, resource)) return [];
    const isKnown = (name: string) => resource.attributes[name] !== undefined;
    const [table, acl, group] = [vpc.mainRouteTable, vpc.defaultNetworkAcl, vpc.defaultSecurityGroup];
    const lacking = (command: string) => notListed(vpc.id, command);
    return [
      ...(isKnown('MainRouteTable')
        ? []
        : [{ kind: 'route', within: table, traffic: null, unknown: lacking('describe-route-tables') } as const]),
      ...(isKnown('DefaultNetworkAcl')
        ? []
        : (['acl-ingress', 'acl-egress'] as const).map((kind) => ({
            ...{ kind, within: acl, traffic: all, unknown: lacking('describe-network-acls') },
          }))),
      ...(isKnown('DefaultSecurityGroup')
        ? []
        : (['ingress', 'egress'] as const).map((kind) => ({
            ...{ kind, within: group, traffic: all, unknown: lacking('describe-security-groups') },
          }))),
    ];
  });
}

/** Tables and ACLs that an association names and no template makes. */
function namedOnly(inventory: Inventory, { routeTables, networkAcls }: Known): UnknownPart[] {
  const isMade = (id: string) => everyResource(inventory).some((each) => each.physicalId === id);
  const all: Traffic = { protocol: 'all' };
  return [
    ...routeTables
      .filter((each) => each.statedBy === null && each.name === each.id && !isMade(each.id))
      .map(({ id }): UnknownPart => ({ kind: 'route', within: id, traffic: null, unknown: unknownValue(id) })),
    ...networkAcls
      .filter((each) => each.statedBy === null && !each.isDefault && !isMade(each.id))
      .flatMap(({ id }): UnknownPart[] => [
        { kind: 'acl-ingress', within: id, traffic: all, unknown: unknownValue(id) },
        { kind: 'acl-egress', within: id, traffic: all, unknown: unknownValue(id) },
      ]),
  ];
}

function unknownRules(inventory: Inventory, known: Known): UnknownPart[] {
  const inline = ofType(inventory, 'AWS::EC2::SecurityGroup').flatMap((group) =>
    (['ingress', 'egress'] as const).flatMap((direction) =>
      objects(group.properties, direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress').flatMap(
        (rule) => unknownRule(known, groupId(group), direction, rule, nameOf(group)),
      ),
    ),
  );
  const own = (['ingress', 'egress'] as const).flatMap((direction) =>
    ofType(
      inventory,
      direction === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress',
    ).flatMap(({ logicalId, properties }) =>
      unknownRule(known, ruledGroup(inventory, properties) ?? '', direction, properties, logicalId),
    ),
  );
  return [...inline, ...own];
}

function unknownRule(
  known: Known,
  within: string,
  kind: 'ingress' | 'egress',
  rule: JsonObject,
  name: string,
): UnknownPart[] {
  const why = unknownPeer(known, kind === 'ingress' ? 'Source' : 'Destination', rule, name);
  const isReadable = isKnownProtocol(text(rule, 'IpProtocol') ?? '-1');
  if (!why && isReadable) return [];
  const traffic: Traffic = isReadable ? securityRuleTraffic(rule) : { protocol: 'all' };
  return [{ kind, within, traffic, unknown: why ?? unknownValue(`IpProtocol (${name})`) }];
}

function unknownPeer(known: Known, end: 'Source' | 'Destination', rule: JsonObject, name: string): Unknown | undefined {
  const list = text(rule, `${end}PrefixListId`);
  if (list !== undefined) return unknownList(known, list);
  if (text(rule, `${end}SecurityGroupId`) !== undefined || text(rule, `${end}SecurityGroupName`) !== undefined)
    return undefined;
  const isReadable = parsePrefix(text(rule, 'CidrIp') ?? '') || parsePrefix6(text(rule, 'CidrIpv6') ?? '');
  return isReadable ? undefined : unknownValue(name);
}

/** A list that is not in the templates, one of AWS's among them: its entries are not known here. */
function unknownList({ prefixLists }: Known, id: string): Unknown | undefined {
  if (prefixLists.some((each) => each.id === id)) return undefined;
  return unknown(
    'UNKNOWN_PREFIX_LIST',
    words(
      `The entries of the prefix list ${id} are not in the templates.`,
      `접두사 목록 ${id}의 항목은 템플릿에 없습니다.`,
    ),
    words(
      'look up its entries with aws ec2 get-managed-prefix-list-entries, or state the ranges',
      'aws ec2 get-managed-prefix-list-entries로 항목을 확인하거나 CIDR 블록을 직접 적으세요',
    ),
  );
}

function unknownEntries(inventory: Inventory): UnknownPart[] {
  return ofType(inventory, 'AWS::EC2::NetworkAclEntry').flatMap((entry): UnknownPart[] => {
    const { properties, logicalId } = entry;
    const isReadable = rangeIsReadable(properties, 'CidrBlock', 'Ipv6CidrBlock');
    const hasNumber = Number.isFinite(Number(text(properties, 'RuleNumber')));
    if (isReadable && hasNumber) return [];
    const egress = text(properties, 'Egress') === 'true';
    const protocol = text(properties, 'Protocol') ?? '-1';
    return [
      {
        kind: egress ? 'acl-egress' : 'acl-ingress',
        within: text(properties, 'NetworkAclId') ?? '',
        traffic: isKnownProtocol(protocol) ? aclEntryTraffic(properties) : { protocol: 'all' },
        unknown: unknownValue(logicalId),
      },
    ];
  });
}

function unknownRoutes(inventory: Inventory, known: Known): UnknownPart[] {
  return ofType(inventory, 'AWS::EC2::Route').flatMap(({ logicalId, properties }: Resource): UnknownPart[] => {
    const within = text(properties, 'RouteTableId') ?? '';
    const list = text(properties, 'DestinationPrefixListId');
    const why =
      list !== undefined
        ? unknownList(known, list)
        : rangeIsReadable(properties, 'DestinationCidrBlock', 'DestinationIpv6CidrBlock')
          ? undefined
          : unknownValue(logicalId);
    return why ? [{ kind: 'route', within, traffic: null, unknown: why }] : [];
  });
}

function rangeIsReadable(properties: JsonObject, four: string, six: string): boolean {
  return Boolean(parsePrefix(text(properties, four) ?? '') || parsePrefix6(text(properties, six) ?? ''));
}
