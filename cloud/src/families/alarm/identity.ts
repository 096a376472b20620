import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::CloudWatch::Alarm': (draft) => {
    const name = textOf(draft, 'AlarmName') ?? generatedName(draft.subject, 255);
    return { physicalId: name, attributes: { Arn: arn(draft, 'cloudwatch', `alarm:${name}`) } };
  },
  'AWS::CloudWatch::CompositeAlarm': (draft) => {
    const name = textOf(draft, 'AlarmName') ?? generatedName(draft.subject, 255);
    return { physicalId: name, attributes: { Arn: arn(draft, 'cloudwatch', `alarm:${name}`) } };
  },
};
