import type { TypeNeeds } from '@terrace/cloud/families/contract/need';
import { permissions } from '@terrace/cloud/families/registry';

const byType = new Map(permissions.map((each) => [each.type, each]));

/** `undefined` for a type whose needs are not known, which is not to say that it has none. */
export function needsOfType(type: string): TypeNeeds | undefined {
  return byType.get(type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type);
}
