import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { permissions } from './permissions.ts';

export const applicationScaling: Family = {
  identity: {},
  fidelity: {},
  charges,
  permissions,
  unstated: {
    'AWS::ApplicationAutoScaling::ScalableTarget': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
    },
    'AWS::ApplicationAutoScaling::ScalingPolicy': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
    },
  },
};
