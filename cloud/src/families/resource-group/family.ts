import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';

export const resourceGroup: Family = {
  identity: {},
  fidelity: {},
  charges,
  permissions: [],
  unstated: {
    'AWS::ResourceGroups::Group': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
