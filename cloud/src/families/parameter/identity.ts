import { suffix } from '../../allocate/identifier.ts';
import type { JsonObject } from '../../json.ts';
import { type Identify, textOf } from '../contract/identity.ts';
import { readParameter } from './parameter.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::SSM::Parameter': (draft) => ({
    physicalId: textOf(draft, 'Name') ?? `CFN-${draft.subject.logicalId}-${suffix(draft.subject, 'name', 12)}`,
    attributes: attributesOf(draft.properties),
  }),
};

function attributesOf(properties: JsonObject): JsonObject {
  const { type, value } = readParameter(properties);
  return { Type: type, Value: value };
}
