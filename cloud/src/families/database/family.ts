import type { Family } from '../contract/family.ts';
import { canonical } from './canonical.ts';
import { charges } from './charges.ts';
import { data } from './data.ts';
import { ends } from './ends.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { requestKeys } from './request-keys.ts';
import { described } from './standing/described.ts';
import { values } from './values.ts';

export const database: Family = {
  described,
  ends,
  canonical,
  identity,
  fidelity,
  charges,
  data,
  permissions,
  requestKeys,
  values,
  unstated: {
    'AWS::RDS::EventSubscription': {
      identity: 'as AWS’s specification has it',
      fidelity: 'events of RDS are not told to anybody here',
    },
  },
};
