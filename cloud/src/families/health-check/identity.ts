import { uuid } from '../../allocate/identifier.ts';
import type { Identify } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::Route53::HealthCheck': (draft) => {
    const id = uuid(draft.subject, 'check');
    return { physicalId: id, attributes: { HealthCheckId: id } };
  },
};
