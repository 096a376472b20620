import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { placements } from './placements.ts';
import { requestKeys } from './request-keys.ts';

export const lambdaFunction: Family = {
  placements,
  identity,
  fidelity,
  charges,
  permissions,
  requestKeys,
  unstated: {
    'AWS::Lambda::LayerVersion': { fidelity: 'nothing reads it', permissions: 'not known' },
    'AWS::Lambda::Version': { fidelity: 'nothing reads it', permissions: 'not known' },
    'AWS::Lambda::Alias': { fidelity: 'nothing reads it', permissions: 'not known' },
    'AWS::Lambda::LayerVersionPermission': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::Lambda::EventInvokeConfig': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::Lambda::EventSourceMapping': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
