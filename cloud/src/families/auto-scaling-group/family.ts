import type { Family } from '../contract/family.ts';
import { canonical } from './canonical.ts';
import { charges } from './charges.ts';
import { ends } from './ends.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { requestKeys } from './request-keys.ts';

export const autoScalingGroup: Family = {
  ends,
  canonical,
  identity,
  fidelity,
  charges,
  permissions,
  requestKeys,
  unstated: {
    'AWS::AutoScaling::LifecycleHook': { fidelity: 'nothing reads it' },
    'AWS::AutoScaling::WarmPool': { fidelity: 'nothing reads it' },
  },
};
