import type { JsonObject } from '../../json.ts';
import { objects, text } from '../../property.ts';
import { type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-security-groups.html */
export const described: Descriptions = {
  SecurityGroups: (group) => {
    const id = text(group, 'GroupId');
    const vpc = text(group, 'VpcId');
    if (id === undefined || vpc === undefined) return [];
    const egress = rulesOf(objects(group, 'IpPermissionsEgress'), 'Destination');
    return [
      {
        id,
        ...ownedBy(text(group, 'OwnerId')),
        resources: [
          {
            type: 'AWS::EC2::SecurityGroup',
            id,
            properties: {
              VpcId: vpc,
              ...renamed(group, { GroupName: 'GroupName', GroupDescription: 'Description' }),
              SecurityGroupIngress: rulesOf(objects(group, 'IpPermissions'), 'Source'),
              SecurityGroupEgress: egress.length > 0 ? egress : [toNobody],
            },
            attributes: { GroupId: id, VpcId: vpc },
            tags: { ...(text(group, 'GroupName') ? { Name: text(group, 'GroupName')! } : {}), ...tagsOf(group) },
          },
        ],
        amends: text(group, 'GroupName') === 'default' ? { [vpc]: { DefaultSecurityGroup: id } } : {},
      },
    ];
  },
};

/**
 * A group that states no egress sends anywhere; of one that has none, this is how CDK writes it: a rule that no packet meets.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroup.html#allowalloutbound
 */
const toNobody: JsonObject = { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 };

/** One rule for each peer of a permission. */
function rulesOf(permissions: readonly JsonObject[], end: 'Source' | 'Destination'): JsonObject[] {
  return permissions.flatMap((permission) => {
    const traffic = renamed(permission, { IpProtocol: 'IpProtocol', FromPort: 'FromPort', ToPort: 'ToPort' });
    const described = (peer: JsonObject) => renamed(peer, { Description: 'Description' });
    const peers = [
      ...objects(permission, 'IpRanges').map((peer) => ({
        ...renamed(peer, { CidrIp: 'CidrIp' }),
        ...described(peer),
      })),
      ...objects(permission, 'Ipv6Ranges').map((peer) => ({
        ...renamed(peer, { CidrIpv6: 'CidrIpv6' }),
        ...described(peer),
      })),
      ...objects(permission, 'PrefixListIds').map((peer) => ({
        ...renamed(peer, { [`${end}PrefixListId`]: 'PrefixListId' }),
        ...described(peer),
      })),
      ...objects(permission, 'UserIdGroupPairs').map((peer) => ({
        ...renamed(peer, { [`${end}SecurityGroupId`]: 'GroupId' }),
        ...described(peer),
      })),
    ];
    return peers.map((peer): JsonObject => ({ ...traffic, ...peer }));
  });
}
