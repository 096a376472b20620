import { generatedName } from '../../allocate/identifier.ts';
import { type Identify, textOf } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::CloudWatch::Dashboard': (draft) => ({
    physicalId: textOf(draft, 'DashboardName') ?? generatedName(draft.subject, 255),
    attributes: {},
  }),
};
