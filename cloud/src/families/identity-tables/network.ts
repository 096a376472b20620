import { generatedName, hexadecimal, resourceIdentifier } from '../../allocate/identifier.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, objects, text } from '../../property.ts';
import { arn, type Draft, type Identify, identified, textOf } from '../contract/identity.ts';
import { defaultVpcId } from '../vpc/default-vpc.ts';

/** VPCs and what stands in them. Attribute names and forms: each type's "Return values" in the CloudFormation template reference. */
export const network: Readonly<Record<string, Identify>> = {
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': identified('sgr', 'Id'),
  'AWS::EC2::SecurityGroupEgress': identified('sgr', 'Id'),
  'AWS::EC2::VPCPeeringConnection': identified('pcx', 'Id'),
  'AWS::EC2::VPCEndpoint': identified('vpce', 'Id', endpointAttributes),
  'AWS::EC2::TransitGateway': identified('tgw', 'Id', (draft, id) => ({
    TransitGatewayArn: arn(draft, 'ec2', `transit-gateway/${id}`),
  })),
  'AWS::EC2::TransitGatewayAttachment': identified('tgw-attach', 'Id'),
  'AWS::EC2::TransitGatewayRouteTable': identified('tgw-rtb', 'TransitGatewayRouteTableId'),
  'AWS::EC2::NetworkInterface': identified('eni', 'Id', (draft) => {
    const wanted = textOf(draft, 'PrivateIpAddress');
    const address = draft.privateAddress(textOf(draft, 'SubnetId'), draft.key, wanted) ?? wanted ?? '';
    const subnet = draft.find(textOf(draft, 'SubnetId') ?? '');
    return {
      PrimaryPrivateIpAddress: address,
      PrivateIpAddress: address,
      SecondaryPrivateIpAddresses: secondaryAddresses(draft),
      VpcId: subnet?.attributes.VpcId ?? '',
    };
  }),
  'AWS::EC2::NetworkInterfaceAttachment': identified('eni-attach', 'AttachmentId'),
};

/**
 * `Ref` gives the id of a group in a stated VPC, and the name of one in the default VPC.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html#aws-resource-ec2-securitygroup-return-values
 */
function securityGroup(draft: Draft) {
  const id = resourceIdentifier(draft.subject, 'sg');
  const isStated = textOf(draft, 'VpcId') !== undefined || draft.isUnknown('VpcId');
  const reference = isStated ? id : (textOf(draft, 'GroupName') ?? generatedName(draft.subject, 255));
  const vpc = textOf(draft, 'VpcId') ?? (isStated ? '' : defaultVpcId(draft.subject));
  return { physicalId: reference, attributes: { GroupId: id, Id: reference, VpcId: vpc } };
}

/**
 * Those that are stated, and as many as AWS is asked to choose.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkinterface.html
 */
function secondaryAddresses(draft: Draft): string[] {
  const stated = objects(draft.properties, 'PrivateIpAddresses').filter((each) => flag(each, 'Primary') !== true);
  const count = number(draft.properties, 'SecondaryPrivateIpAddressCount') ?? 0;
  const chosen = Array.from({ length: count }, (_, index) =>
    draft.privateAddress(textOf(draft, 'SubnetId'), `${draft.key}+${index + 1}`),
  );
  return [...stated.map((each) => text(each, 'PrivateIpAddress')), ...chosen].filter((each) => each !== undefined);
}

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

export function firstInterface(launch: JsonObject): JsonObject | undefined {
  return objects(launch, 'NetworkInterfaces').find((each) => String(each.DeviceIndex ?? '0') === '0');
}
