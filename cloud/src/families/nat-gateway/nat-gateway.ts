import type { JsonObject } from '../../json.ts';
import { text } from '../../property.ts';

/**
 * Whether a NAT gateway leads to private networks only; to the internet, unless it is stated.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html
 */
export function isPrivate(natGateway: JsonObject): boolean {
  return text(natGateway, 'ConnectivityType') === 'private';
}
