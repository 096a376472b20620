import { generatedName, resourceIdentifier } from '../../allocate/identifier.ts';
import { type Draft, type Identify, identified, textOf } from '../contract/identity.ts';
import { defaultVpcId } from '../vpc/default-vpc.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': identified('sgr', 'Id'),
  'AWS::EC2::SecurityGroupEgress': identified('sgr', 'Id'),
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
