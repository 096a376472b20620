import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { described } from './described.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const stack: Family = {
  described,
  identity,
  fidelity,
  charges,
  permissions,
  unstated: {
    'AWS::CloudFormation::Stack': { identity: 'as AWS’s specification has it; the assembly adds its outputs' },
    'AWS::CDK::Metadata': { identity: 'a name as CloudFormation makes it up' },
  },
};
