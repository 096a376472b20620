import type { Family } from '../contract/family.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const queue: Family = {
  identity,
  fidelity,
  charges: {},
  permissions,
  unstated: {
    'AWS::SQS::Queue': { charges: 'the price list has no price of SQS' },
    'AWS::SQS::QueuePolicy': {
      identity: 'as AWS’s specification has it',
      permissions: 'not known yet',
      charges: 'the price list has no price of SQS',
    },
  },
};
