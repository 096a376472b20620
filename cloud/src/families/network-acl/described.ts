import { flag, number, object, objects, text } from '../../property.ts';
import { type DescribedResource, type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/** The number of the entry that denies the rest: every ACL ends with it. */
const last = 32767;

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-network-acls.html */
export const described: Descriptions = {
  NetworkAcls: (acl) => {
    const id = text(acl, 'NetworkAclId');
    const vpc = text(acl, 'VpcId');
    if (id === undefined || vpc === undefined) return [];
    const entries = objects(acl, 'Entries').filter((entry) => (number(entry, 'RuleNumber') ?? last) < last);
    return [
      {
        id,
        ...ownedBy(text(acl, 'OwnerId')),
        resources: [
          {
            type: 'AWS::EC2::NetworkAcl',
            id,
            properties: { VpcId: vpc },
            attributes: { Id: id },
            tags: tagsOf(acl),
          },
          ...entries.map((entry): DescribedResource => {
            const ports = object(entry, 'PortRange');
            const icmp = object(entry, 'IcmpTypeCode');
            return {
              type: 'AWS::EC2::NetworkAclEntry',
              id: `${id}|${text(entry, 'Egress')}|${text(entry, 'RuleNumber')}|${text(entry, 'Ipv6CidrBlock') ?? ''}`,
              properties: {
                NetworkAclId: id,
                ...renamed(entry, {
                  RuleNumber: 'RuleNumber',
                  Protocol: 'Protocol',
                  RuleAction: 'RuleAction',
                  Egress: 'Egress',
                  CidrBlock: 'CidrBlock',
                  Ipv6CidrBlock: 'Ipv6CidrBlock',
                }),
                ...(Object.keys(ports).length > 0 ? { PortRange: ports } : {}),
                ...(Object.keys(icmp).length > 0 ? { Icmp: icmp } : {}),
              },
            };
          }),
          ...objects(acl, 'Associations').flatMap((each): DescribedResource[] => {
            const subnet = text(each, 'SubnetId');
            if (subnet === undefined) return [];
            return [
              {
                type: 'AWS::EC2::SubnetNetworkAclAssociation',
                id: text(each, 'NetworkAclAssociationId') ?? `${id}|${subnet}`,
                properties: { NetworkAclId: id, SubnetId: subnet },
              },
            ];
          }),
        ],
        amends: flag(acl, 'IsDefault') ? { [vpc]: { DefaultNetworkAcl: id } } : {},
      },
    ];
  },
};
