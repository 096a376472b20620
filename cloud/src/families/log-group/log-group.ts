import type { JsonObject } from '../../json.ts';
import { text } from '../../property.ts';

/**
 * Whether a log group is of the class for logs that are rarely read; a group that states none is of the standard class.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 */
export function isInfrequentlyRead(logGroup: JsonObject): boolean {
  return text(logGroup, 'LogGroupClass') === 'INFREQUENT_ACCESS';
}
