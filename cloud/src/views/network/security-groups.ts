import { everywhere, parsePrefix } from '../../address.ts';
import { isDefaultVpc } from '../../families/vpc/default-vpc.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { attribute, nameOf, objects, text } from '../../property.ts';
import type { SecurityGroup, SecurityPeer, SecurityRule, Vpc } from '../network.ts';
import { classicGroups, ownGroups } from './placement/classic-balancer-place.ts';
import { suppliedId } from './supplied.ts';
import { isKnownProtocol, securityRuleTraffic } from './traffic.ts';

/**
 * Each VPC's default group and the template's own, with inline rules and rules that are resources of their own.
 * A group without any egress rule, its own or of a resource of its own, has AWS's rule that allows everything: a rule that is stated takes it
 * away, and so it does from a VPC's default group.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
export function securityGroupsOf(inventory: Inventory, vpcs: readonly Vpc[]): SecurityGroup[] {
  const ingress = rulesByGroup(inventory, 'AWS::EC2::SecurityGroupIngress', 'Source');
  const egress = rulesByGroup(inventory, 'AWS::EC2::SecurityGroupEgress', 'Destination');
  const emptied = groupsEmptiedByCdk(inventory);
  const owned = ofType(inventory, 'AWS::EC2::SecurityGroupEgress');
  const statesEgress = (group: string) => owned.some(({ properties }) => ruledGroup(inventory, properties) === group);
  const isDescribed = ({ defaultSecurityGroup: id }: Vpc) =>
    ofType(inventory, 'AWS::EC2::SecurityGroup').some((group) => groupId(group) === id);
  const defaults = vpcs
    .filter((vpc) => !isDescribed(vpc))
    .map(
      (vpc): SecurityGroup => ({
        id: vpc.defaultSecurityGroup,
        statedBy: null,
        name: `default group of ${vpc.name}`,
        vpc: vpc.id,
        isDefault: true,
        ingress: [
          ...(emptied.has(vpc.defaultSecurityGroup) ? [] : [fromItself(vpc.defaultSecurityGroup)]),
          ...(ingress.get(vpc.defaultSecurityGroup) ?? []),
        ],
        egress: [
          ...(emptied.has(vpc.defaultSecurityGroup) || statesEgress(vpc.defaultSecurityGroup) ? [] : [toEverywhere]),
          ...(egress.get(vpc.defaultSecurityGroup) ?? []),
        ],
      }),
    );
  const stated = ofType(inventory, 'AWS::EC2::SecurityGroup').flatMap((resource): SecurityGroup[] => {
    const home = text(resource.properties, 'VpcId') ?? attribute(resource, 'VpcId');
    const vpc = vpcs.find((each) => each.id === home);
    if (!vpc) return [];
    const inlineEgress = inlineRules(inventory, resource, 'SecurityGroupEgress', 'Destination');
    const isStated = objects(resource.properties, 'SecurityGroupEgress').length > 0 || statesEgress(groupId(resource));
    return [
      {
        id: groupId(resource),
        statedBy: resource.key,
        name: nameOf(resource),
        vpc: vpc.id,
        isDefault: vpc.defaultSecurityGroup === groupId(resource),
        ingress: [
          ...inlineRules(inventory, resource, 'SecurityGroupIngress', 'Source'),
          ...(ingress.get(groupId(resource)) ?? []),
        ],
        egress: [...(isStated ? inlineEgress : [toEverywhere]), ...(egress.get(groupId(resource)) ?? [])],
      },
    ];
  });
  return [...defaults, ...stated, ...ownGroups(inventory).filter(({ vpc }) => vpcs.some(({ id }) => id === vpc))];
}

/** `sg-…`: what `Fn::GetAtt GroupId` gives, and `Ref` too for a group in a stated VPC. */
export function groupId(resource: Resource): string {
  return text(resource.attributes, 'GroupId') ?? resource.physicalId;
}

const toEverywhere: SecurityRule = {
  traffic: { protocol: 'all' },
  peer: { kind: 'range', range: everywhere },
  statedBy: null,
  index: null,
  description: null,
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
function fromItself(group: string): SecurityRule {
  return { ...toEverywhere, peer: { kind: 'security-group', id: group } };
}

/** CDK's custom resource that takes AWS's rules out of a VPC's default group (feature flag `restrictDefaultSecurityGroup`). */
function groupsEmptiedByCdk(inventory: Inventory): ReadonlySet<string> {
  return new Set(
    ofType(inventory, 'Custom::VpcRestrictDefaultSG').flatMap(
      ({ properties }) => text(properties, 'DefaultSecurityGroupId') ?? [],
    ),
  );
}

type End = 'Source' | 'Destination';

function inlineRules(inventory: Inventory, resource: Resource, property: string, end: End): SecurityRule[] {
  return objects(resource.properties, property).flatMap((rule, index) =>
    ruleFrom(inventory, rule, end, { statedBy: resource.key, index }),
  );
}

function rulesByGroup(inventory: Inventory, type: string, end: End): ReadonlyMap<string, SecurityRule[]> {
  const rules = new Map<string, SecurityRule[]>();
  for (const { key, properties } of ofType(inventory, type)) {
    const group = ruledGroup(inventory, properties);
    if (!group) continue;
    const stated = ruleFrom(inventory, properties, end, { statedBy: key, index: null });
    rules.set(group, [...(rules.get(group) ?? []), ...stated]);
  }
  return rules;
}

/** No rule where the other end is IPv6 or not known: those are read apart. */
function ruleFrom(
  inventory: Inventory,
  rule: JsonObject,
  end: End,
  from: { statedBy: ResourceKey; index: number | null },
): SecurityRule[] {
  const peer = peerFrom(inventory, rule, end);
  return peer && isKnownProtocol(text(rule, 'IpProtocol') ?? '-1')
    ? [{ traffic: securityRuleTraffic(rule), peer, ...from, description: text(rule, 'Description') ?? null }]
    : [];
}

function peerFrom(inventory: Inventory, rule: JsonObject, end: End): SecurityPeer | undefined {
  const range = parsePrefix(text(rule, 'CidrIp') ?? '');
  if (range) return { kind: 'range', range };
  const group = text(rule, `${end}SecurityGroupId`) ?? text(rule, `${end}SecurityGroupName`);
  if (group) return { kind: 'security-group', id: namedGroup(inventory, group) };
  const list = text(rule, `${end}PrefixListId`);
  return list ? { kind: 'prefix-list', id: list } : undefined;
}

/** The group that a rule of its own belongs to. */
export function ruledGroup(inventory: Inventory, rule: JsonObject): string | undefined {
  const reference = text(rule, 'GroupId') ?? text(rule, 'GroupName');
  return reference === undefined ? undefined : namedGroup(inventory, reference);
}

/**
 * The id of the group that a reference means: groups of the default VPC are called by name as well, its default group `default`, and that of a
 * Classic Load Balancer by the name that its `SourceSecurityGroup` tells. What names no
 * group of the templates is given back.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html
 */
export function namedGroup(inventory: Inventory, reference: string): string {
  if (reference.startsWith('sg-')) return reference;
  const groups = ofType(inventory, 'AWS::EC2::SecurityGroup');
  const named =
    groups.find((each) => each.physicalId === reference) ??
    groups.find((each) => text(each.properties, 'GroupName') === reference);
  if (named) return groupId(named);
  const balancer = ofType(inventory, 'AWS::ElasticLoadBalancing::LoadBalancer').find(
    (each) => attribute(each, 'SourceSecurityGroup.GroupName') === reference,
  );
  const [source] = balancer ? classicGroups(inventory, balancer) : [];
  if (source !== undefined) return source;
  const [home] = ofType(inventory, 'AWS::EC2::VPC').filter((each) => isDefaultVpc(inventory, each));
  return reference === 'default' && home ? vpcGroup(home) : reference;
}

/** The group that AWS makes with a VPC. */
export function vpcGroup(vpc: Resource): string {
  return attribute(vpc, 'DefaultSecurityGroup') ?? suppliedId('sg', vpc.physicalId);
}
