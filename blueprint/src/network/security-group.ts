import { CfnSecurityGroup, CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { because, becauseOfRules, nameTag, type Tier } from '../reason.ts';
import type { Words } from '../words.ts';

/** What a group may call: another group or a range, on one TCP port. */
export interface Outbound {
  readonly to: { readonly group: CfnSecurityGroup } | { readonly range: string };
  readonly port: number;
  /** In the rule's own description; AWS allows 255 letters, digits and plain punctuation. */
  readonly description: string;
  readonly reason: Words;
}

/**
 * A group that calls only what is listed. Rules out stand in the group itself (with none there AWS would add "everything"); rules in
 * are resources of their own, made by `admit`, so that two groups can name each other.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
 */
export function securityGroup(
  scope: Construct,
  id: string,
  group: {
    readonly vpc: string;
    readonly name: string;
    readonly tier: Tier;
    readonly description: string;
    readonly reason: Words;
    readonly outbound: readonly Outbound[];
  },
): CfnSecurityGroup {
  const made = new CfnSecurityGroup(scope, id, {
    vpcId: group.vpc,
    groupDescription: group.description,
    tags: nameTag(group.name),
    securityGroupEgress: group.outbound.map(({ to, port, description }) => ({
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
      ...('group' in to ? { destinationSecurityGroupId: to.group.attrGroupId } : { cidrIp: to.range }),
    })),
  });
  becauseOfRules(made, { SecurityGroupEgress: group.outbound.map((rule) => rule.reason) });
  return because(made, group.tier, group.reason);
}

/** Lets a group, or a range, in on one TCP port. */
export function admit(
  scope: Construct,
  id: string,
  rule: {
    readonly into: CfnSecurityGroup;
    readonly from: { readonly group: CfnSecurityGroup } | { readonly range: string };
    readonly port: number;
    readonly tier: Tier;
    readonly description: string;
    readonly reason: Words;
  },
): CfnSecurityGroupIngress {
  const made = because(
    new CfnSecurityGroupIngress(scope, id, {
      groupId: rule.into.attrGroupId,
      ipProtocol: 'tcp',
      fromPort: rule.port,
      toPort: rule.port,
      description: rule.description,
      ...('group' in rule.from ? { sourceSecurityGroupId: rule.from.group.attrGroupId } : { cidrIp: rule.from.range }),
    }),
    rule.tier,
    rule.reason,
  );
  if ('range' in rule.from && rule.from.range === '0.0.0.0/0') accept(made, 'AwsSolutions-EC23', rule.reason.en);
  return made;
}
