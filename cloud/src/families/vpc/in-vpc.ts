import { text } from '../../property.ts';
import { type Call, ec2Arn, type Keys, notKnown } from '../contract/request-keys.ts';

/** The key of a request for what stands in a VPC. */
export function inVpc({ inventory, resource }: Call): Keys {
  const vpc = text(resource.properties, 'VpcId');
  return { 'ec2:Vpc': vpc ? ec2Arn(inventory, 'vpc', vpc) : notKnown };
}
