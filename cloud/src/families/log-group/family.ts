import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { requestKeys } from './request-keys.ts';

export const logGroup: Family = {
  identity,
  fidelity,
  charges,
  permissions,
  requestKeys,
  unstated: {
    'AWS::Logs::MetricFilter': { identity: 'as AWS’s specification has it' },
    'AWS::Logs::SubscriptionFilter': { identity: 'as AWS’s specification has it', fidelity: 'nothing reads it' },
    'AWS::Logs::ResourcePolicy': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
