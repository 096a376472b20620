import { text } from '../../property.ts';
import { type Call, ec2Arn, type Keys, type KeysOf, notKnown } from '../contract/request-keys.ts';
import { inVpc } from '../vpc/in-vpc.ts';

/** Keys of EC2 for networks. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::EC2::SecurityGroup': inVpc,
  'AWS::EC2::SecurityGroupIngress': viaGroup,
  'AWS::EC2::SecurityGroupEgress': viaGroup,
};

function viaGroup({ inventory, resource, find }: Call): Keys {
  const group = find(resource.properties.GroupId);
  const vpc = group ? text(group.properties, 'VpcId') : undefined;
  return { 'ec2:Vpc': vpc ? ec2Arn(inventory, 'vpc', vpc) : notKnown };
}
