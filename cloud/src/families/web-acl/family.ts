import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const webAcl: Family = {
  identity,
  fidelity: {},
  charges,
  permissions,
  unstated: {
    'AWS::WAFv2::WebACL': { fidelity: 'priced, nothing acts' },
    'AWS::WAFv2::WebACLAssociation': { identity: 'as AWS’s specification has it', fidelity: 'nothing reads it' },
    'AWS::WAFv2::IPSet': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::WAFv2::RegexPatternSet': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
