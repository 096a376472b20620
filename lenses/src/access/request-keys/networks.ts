import {
  type Call,
  ec2Arn,
  type Keys,
  type KeysOf,
  notKnown,
  stated,
} from '@terrace/cloud/families/contract/request-keys';
import { inVpc } from '@terrace/cloud/families/vpc/in-vpc';
import { text } from '@terrace/cloud/property';

/** Keys of EC2 for networks. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const keysOfNetworks: Readonly<Record<string, KeysOf>> = {
  'AWS::EC2::SecurityGroup': inVpc,
  'AWS::EC2::SecurityGroupIngress': viaGroup,
  'AWS::EC2::SecurityGroupEgress': viaGroup,
  'AWS::EC2::VPCEndpoint': (call) => {
    const service = stated(call.resource.properties.ServiceName);
    return {
      ...inVpc(call),
      'ec2:VpceServiceName': service,
      'ec2:VpceServiceOwner': service?.startsWith('com.amazonaws.') ? 'amazon' : notKnown,
    };
  },
  'AWS::EC2::VPCPeeringConnection': ({ inventory, resource: { properties } }) => {
    const peer = stated(properties.PeerVpcId);
    const account = stated(properties.PeerOwnerId) ?? inventory.account;
    const region = stated(properties.PeerRegion) ?? inventory.region;
    const own = stated(properties.VpcId);
    return {
      'ec2:AccepterVpc': peer ? `arn:aws:ec2:${region}:${account}:vpc/${peer}` : notKnown,
      'ec2:RequesterVpc': own ? ec2Arn(inventory, 'vpc', own) : notKnown,
    };
  },
};

function viaGroup({ inventory, resource, find }: Call): Keys {
  const group = find(resource.properties.GroupId);
  const vpc = group ? text(group.properties, 'VpcId') : undefined;
  return { 'ec2:Vpc': vpc ? ec2Arn(inventory, 'vpc', vpc) : notKnown };
}
