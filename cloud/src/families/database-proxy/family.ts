import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { permissions } from './permissions.ts';
import { placements } from './placements.ts';

export const databaseProxy: Family = {
  placements,
  identity: {},
  fidelity,
  charges,
  permissions,
  unstated: {
    'AWS::RDS::DBProxy': { identity: 'as AWS’s specification has it' },
    'AWS::RDS::DBProxyTargetGroup': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing stands behind a proxy that does not run',
    },
  },
};
