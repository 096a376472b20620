import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { permissions } from './permissions.ts';

export const document: Family = {
  identity: {},
  fidelity: {},
  charges,
  permissions,
  unstated: {
    'AWS::SSM::Document': { identity: 'as AWS’s specification has it', fidelity: 'nothing reads it' },
    'AWS::SSM::Association': { identity: 'as AWS’s specification has it', fidelity: 'nothing reads it' },
  },
};
