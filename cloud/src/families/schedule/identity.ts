import { generatedName } from '../../allocate/identifier.ts';
import { arn, type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Scheduler::Schedule': (draft) => {
    const name = textOf(draft, 'Name') ?? generatedName(draft.subject, 64);
    return {
      physicalId: name,
      attributes: { Arn: arn(draft, 'scheduler', `schedule/${textOf(draft, 'GroupName') ?? 'default'}/${name}`) },
    };
  },
};
