import type { Json } from '../../json.ts';
import { type Estate, isStated } from '../contract/rule.ts';

/**
 * Whether a VPC of the templates has no internet gateway. Of a VPC that no template makes, an attachment may not be known here.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function lacksInternetGateway(estate: Estate, id: Json | undefined): boolean {
  const vpc = estate.find(id);
  if (!vpc || !estate.ofType('AWS::EC2::VPC').includes(vpc)) return false;
  return !estate
    .ofType('AWS::EC2::VPCGatewayAttachment')
    .some(({ properties }) => properties.VpcId === id && isStated(properties, 'InternetGatewayId'));
}
