import type { JsonObject } from '../../json.ts';
import { flag } from '../../property.ts';

/**
 * Whether interfaces that are launched in a subnet get a public address; no, unless it is stated.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html
 */
export function publicAddressOnLaunch(subnet: JsonObject): boolean {
  return flag(subnet, 'MapPublicIpOnLaunch') ?? false;
}
