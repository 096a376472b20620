import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Logs::LogGroup': (draft) => {
    const name = textOf(draft, 'LogGroupName') ?? generatedName(draft.subject, 512);
    return { physicalId: name, attributes: { Arn: arn(draft, 'logs', `log-group:${name}:*`) } };
  },
  'AWS::Logs::LogStream': (draft) => ({
    physicalId: textOf(draft, 'LogStreamName') ?? generatedName(draft.subject, 512),
    attributes: {},
  }),
};
