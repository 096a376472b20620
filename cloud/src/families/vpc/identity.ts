import { hexadecimal } from '../../allocate/identifier.ts';
import { type Draft, type Identify, identified, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::VPC': identified('vpc', 'VpcId', (draft) => ({
    CidrBlock: textOf(draft, 'CidrBlock') ?? '',
    CidrBlockAssociations: [`vpc-cidr-assoc-0${hexadecimal(draft.subject, 'cidr', 16)}`],
    DefaultNetworkAcl: `acl-0${hexadecimal(draft.subject, 'default-acl', 16)}`,
    DefaultSecurityGroup: `sg-0${hexadecimal(draft.subject, 'default-group', 16)}`,
    Ipv6CidrBlocks: [providedRange6(draft)],
  })),
  'AWS::EC2::VPCCidrBlock': identified('vpc-cidr-assoc', 'Id'),
  'AWS::EC2::DHCPOptions': identified('dopt', 'DhcpOptionsId'),
  'AWS::EC2::VPCDHCPOptionsAssociation': (draft) => ({
    physicalId: `${textOf(draft, 'DhcpOptionsId') ?? ''}|${textOf(draft, 'VpcId') ?? ''}`,
    attributes: {},
  }),
};

/**
 * The /56 that AWS gives a VPC which asks for one (`AWS::EC2::VPCCidrBlock`), here of the range that documentation uses (RFC 3849). A VPC is
 * identified before its blocks are, so it answers with the range whether or not one is asked for.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html
 */
function providedRange6(draft: Draft): string {
  const bits = hexadecimal(draft.subject, 'ipv6', 6);
  return `2001:db8:${bits.slice(0, 4)}:${bits.slice(4)}00::/56`;
}
