import type { JsonObject } from '../../json.ts';
import { text } from '../../property.ts';

/** A parameter as a template states it. CloudFormation makes no `SecureString`. */
export interface StatedParameter {
  readonly type: 'String' | 'StringList';
  readonly value: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export function readParameter(parameter: JsonObject): StatedParameter {
  return {
    type: text(parameter, 'Type') === 'StringList' ? 'StringList' : 'String',
    value: text(parameter, 'Value') ?? '',
  };
}

/** Standard parameters, which `Tier` says unless it is stated, cost nothing. https://aws.amazon.com/systems-manager/pricing/ */
export function isAdvanced(parameter: JsonObject): boolean {
  return text(parameter, 'Tier') === 'Advanced';
}
