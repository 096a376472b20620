import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { placements } from './placements.ts';

export const containerService: Family = {
  placements,
  identity: {},
  fidelity,
  charges,
  permissions: [],
  unstated: {
    'AWS::ECS::Service': { identity: 'as AWS’s specification has it', permissions: 'not known' },
    'AWS::ECS::Cluster': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ECS::TaskDefinition': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the price of its service reads it, nothing acts',
      permissions: 'not known',
    },
  },
};
