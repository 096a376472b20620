import { everywhere, parsePrefix } from '../../address.ts';
import { type Inventory, ofType, type Resource, type ResourceKey } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { nameOf, objects, text } from '../../property.ts';
import type { SecurityGroup, SecurityPeer, SecurityRule, Vpc } from '../network.ts';
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
  const statesEgress = (group: string) =>
    owned.some(
      ({ properties }) =>
        (text(properties, 'GroupId') ?? namedGroup(inventory, text(properties, 'GroupName'))) === group,
    );
  const defaults = vpcs.map(
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
    const vpc = vpcs.find((each) => each.id === text(resource.properties, 'VpcId'));
    if (!vpc) return [];
    const inlineEgress = inlineRules(resource, 'SecurityGroupEgress', 'Destination');
    const isStated = objects(resource.properties, 'SecurityGroupEgress').length > 0 || statesEgress(groupId(resource));
    return [
      {
        id: groupId(resource),
        statedBy: resource.key,
        name: nameOf(resource),
        vpc: vpc.id,
        isDefault: false,
        ingress: [
          ...inlineRules(resource, 'SecurityGroupIngress', 'Source'),
          ...(ingress.get(groupId(resource)) ?? []),
        ],
        egress: [...(isStated ? inlineEgress : [toEverywhere]), ...(egress.get(groupId(resource)) ?? [])],
      },
    ];
  });
  return [...defaults, ...stated];
}

/** `sg-…`: what `Fn::GetAtt GroupId` gives, and `Ref` too for a group in a VPC. */
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

function inlineRules(resource: Resource, property: string, end: End): SecurityRule[] {
  return objects(resource.properties, property).flatMap((rule, index) =>
    ruleFrom(rule, end, { statedBy: resource.key, index }),
  );
}

function rulesByGroup(inventory: Inventory, type: string, end: End): ReadonlyMap<string, SecurityRule[]> {
  const rules = new Map<string, SecurityRule[]>();
  for (const { key, properties } of ofType(inventory, type)) {
    const group = text(properties, 'GroupId') ?? namedGroup(inventory, text(properties, 'GroupName'));
    if (!group) continue;
    rules.set(group, [...(rules.get(group) ?? []), ...ruleFrom(properties, end, { statedBy: key, index: null })]);
  }
  return rules;
}

/** No rule where the other end is IPv6 or not known: those are read apart. */
function ruleFrom(rule: JsonObject, end: End, from: { statedBy: ResourceKey; index: number | null }): SecurityRule[] {
  const peer = peerFrom(rule, end);
  return peer && isKnownProtocol(text(rule, 'IpProtocol') ?? '-1')
    ? [{ traffic: securityRuleTraffic(rule), peer, ...from, description: text(rule, 'Description') ?? null }]
    : [];
}

function peerFrom(rule: JsonObject, end: End): SecurityPeer | undefined {
  const range = parsePrefix(text(rule, 'CidrIp') ?? '');
  if (range) return { kind: 'range', range };
  const group = text(rule, `${end}SecurityGroupId`);
  if (group) return { kind: 'security-group', id: group };
  const list = text(rule, `${end}PrefixListId`);
  return list ? { kind: 'prefix-list', id: list } : undefined;
}

function namedGroup(inventory: Inventory, name: string | undefined): string | undefined {
  const group = ofType(inventory, 'AWS::EC2::SecurityGroup').find(
    (each) => name !== undefined && text(each.properties, 'GroupName') === name,
  );
  return group && groupId(group);
}
