import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Events::Rule': (draft) => {
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 64);
    return { physicalId: name, attributes: { Arn: arn(draft, 'events', `rule/${name}`) } };
  },
};
