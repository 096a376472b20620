import type { Family } from '../contract/family.ts';
import { permissions } from './permissions.ts';

export const trail: Family = {
  identity: {},
  fidelity: {},
  charges: {},
  permissions,
  unstated: {
    'AWS::CloudTrail::Trail': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      charges: 'the price list has no price of CloudTrail',
    },
  },
};
