import type { JsonObject } from '../../json.ts';
import { text } from '../../property.ts';

/**
 * Where a flow log is delivered to; to CloudWatch, unless it is stated.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html
 */
export function destinationOf(flowLog: JsonObject): string {
  return text(flowLog, 'LogDestinationType') ?? 'cloud-watch-logs';
}
