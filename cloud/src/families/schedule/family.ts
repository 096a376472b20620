import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const schedule: Family = {
  identity,
  fidelity,
  charges,
  permissions,
  unstated: {
    'AWS::Scheduler::ScheduleGroup': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
