import { hexadecimal, resourceIdentifier } from '../../allocate/identifier.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { arn, type Draft, type Identify, identified, textOf } from '../contract/identity.ts';

/** VPCs and what stands in them. Attribute names and forms: each type's "Return values" in the CloudFormation template reference. */
export const network: Readonly<Record<string, Identify>> = {
  'AWS::EC2::VPC': identified('vpc', 'VpcId', (draft) => ({
    CidrBlock: textOf(draft, 'CidrBlock') ?? '',
    CidrBlockAssociations: [`vpc-cidr-assoc-0${hexadecimal(draft.subject, 'cidr', 16)}`],
    DefaultNetworkAcl: `acl-0${hexadecimal(draft.subject, 'default-acl', 16)}`,
    DefaultSecurityGroup: `sg-0${hexadecimal(draft.subject, 'default-group', 16)}`,
    Ipv6CidrBlocks: [providedRange6(draft)],
  })),
  'AWS::EC2::VPCCidrBlock': identified('vpc-cidr-assoc', 'Id'),
  'AWS::EC2::RouteTable': identified('rtb', 'RouteTableId'),
  'AWS::EC2::Route': (draft) => {
    const destination =
      textOf(draft, 'DestinationCidrBlock') ??
      textOf(draft, 'DestinationIpv6CidrBlock') ??
      textOf(draft, 'DestinationPrefixListId') ??
      '';
    return {
      physicalId: `${textOf(draft, 'RouteTableId') ?? ''}|${destination}`,
      attributes: { CidrBlock: destination },
    };
  },
  'AWS::EC2::SubnetRouteTableAssociation': identified('rtbassoc', 'Id'),
  'AWS::EC2::GatewayRouteTableAssociation': identified('rtbassoc', 'AssociationId'),
  'AWS::EC2::NetworkAcl': identified('acl', 'Id'),
  'AWS::EC2::NetworkAclEntry': (draft) => {
    const direction = draft.properties.Egress === true || draft.properties.Egress === 'true' ? 'true' : 'false';
    const id = `${textOf(draft, 'NetworkAclId') ?? ''}|${textOf(draft, 'RuleNumber') ?? ''}|${direction}`;
    return { physicalId: id, attributes: { Id: id } };
  },
  'AWS::EC2::SubnetNetworkAclAssociation': identified('aclassoc', 'AssociationId'),
  'AWS::EC2::SecurityGroup': identified('sg', 'GroupId', (draft, id) => ({
    Id: id,
    VpcId: textOf(draft, 'VpcId') ?? '',
  })),
  'AWS::EC2::SecurityGroupIngress': identified('sgr', 'Id'),
  'AWS::EC2::SecurityGroupEgress': identified('sgr', 'Id'),
  'AWS::EC2::PrefixList': identified('pl', 'PrefixListId', (draft, id) => ({
    Arn: arn(draft, 'ec2', `prefix-list/${id}`),
    OwnerId: draft.subject.account,
    Version: 1,
  })),
  'AWS::EC2::InternetGateway': identified('igw', 'InternetGatewayId'),
  'AWS::EC2::EgressOnlyInternetGateway': identified('eigw', 'Id'),
  'AWS::EC2::VPCGatewayAttachment': (draft) => {
    const kind = textOf(draft, 'InternetGatewayId') === undefined ? 'VGW' : 'IGW';
    return { physicalId: `${kind}|${textOf(draft, 'VpcId') ?? ''}`, attributes: { AttachmentType: kind } };
  },
  'AWS::EC2::EIP': (draft) => {
    const address = draft.publicAddress(draft.key);
    const allocation = resourceIdentifier(draft.subject, 'eipalloc');
    return { physicalId: address, attributes: { PublicIp: address, AllocationId: allocation } };
  },
  'AWS::EC2::EIPAssociation': identified('eipassoc', 'Id'),
  'AWS::EC2::NatGateway': identified('nat', 'NatGatewayId', (draft) => ({
    EniId: `eni-0${hexadecimal(draft.subject, 'nat-interface', 16)}`,
  })),
  'AWS::EC2::VPCPeeringConnection': identified('pcx', 'Id'),
  'AWS::EC2::VPCEndpoint': identified('vpce', 'Id', endpointAttributes),
  'AWS::EC2::DHCPOptions': identified('dopt', 'DhcpOptionsId'),
  'AWS::EC2::VPCDHCPOptionsAssociation': (draft) => ({
    physicalId: `${textOf(draft, 'DhcpOptionsId') ?? ''}|${textOf(draft, 'VpcId') ?? ''}`,
    attributes: {},
  }),
  'AWS::EC2::FlowLog': identified('fl', 'Id'),
  'AWS::EC2::TransitGateway': identified('tgw', 'Id', (draft, id) => ({
    TransitGatewayArn: arn(draft, 'ec2', `transit-gateway/${id}`),
  })),
  'AWS::EC2::TransitGatewayAttachment': identified('tgw-attach', 'Id'),
  'AWS::EC2::TransitGatewayRouteTable': identified('tgw-rtb', 'TransitGatewayRouteTableId'),
  'AWS::EC2::VPNGateway': identified('vgw', 'VPNGatewayId'),
  'AWS::EC2::CustomerGateway': identified('cgw', 'CustomerGatewayId'),
  'AWS::EC2::VPNConnection': identified('vpn', 'VpnConnectionId'),
  'AWS::EC2::NetworkInterface': identified('eni', 'Id', (draft) => {
    const wanted = textOf(draft, 'PrivateIpAddress');
    const address = draft.privateAddress(textOf(draft, 'SubnetId'), draft.key, wanted) ?? wanted ?? '';
    const subnet = draft.find(textOf(draft, 'SubnetId') ?? '');
    return {
      PrimaryPrivateIpAddress: address,
      PrivateIpAddress: address,
      SecondaryPrivateIpAddresses: [],
      VpcId: subnet?.attributes.VpcId ?? '',
    };
  }),
  'AWS::EC2::NetworkInterfaceAttachment': identified('eni-attach', 'AttachmentId'),
};

/** The zone that is stated, by name or by id, or else one that the subnet's name decides. */
function endpointAttributes(draft: Draft, id: string): JsonObject {
  const service = textOf(draft, 'ServiceName') ?? '';
  const isInterface = (textOf(draft, 'VpcEndpointType') ?? 'Gateway') === 'Interface';
  const subnets = Array.isArray(draft.properties.SubnetIds) ? draft.properties.SubnetIds.map(String) : [];
  const zone = `Z${hexadecimal(draft.subject, 'zone', 20).toUpperCase()}`;
  const name = `${id}-${hexadecimal(draft.subject, 'name', 8)}.${service.split('.').pop()}.${draft.subject.region}.vpce.${draft.urlSuffix}`;
  return {
    CreationTimestamp: '2026-01-01T00:00:00Z',
    DnsEntries: isInterface ? [`${zone}:${name}`] : [],
    NetworkInterfaceIds: isInterface
      ? subnets.map((subnet) => `eni-0${hexadecimal(draft.subject, `interface ${subnet}`, 16)}`)
      : [],
  };
}

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

export function firstInterface(draft: Draft): JsonObject | undefined {
  const interfaces = draft.properties.NetworkInterfaces;
  if (!Array.isArray(interfaces)) return undefined;
  return interfaces.filter(isObject).find((each) => String(each.DeviceIndex ?? '0') === '0');
}
