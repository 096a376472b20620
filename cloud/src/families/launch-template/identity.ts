import { resourceIdentifier } from '../../allocate/identifier.ts';
import type { Identify } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::LaunchTemplate': (draft) => {
    const id = resourceIdentifier(draft.subject, 'lt');
    return {
      physicalId: id,
      attributes: { LaunchTemplateId: id, DefaultVersionNumber: '1', LatestVersionNumber: String(1 + draft.revisions) },
    };
  },
};
