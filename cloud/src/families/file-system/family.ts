import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { data } from './data.ts';
import { permissions } from './permissions.ts';
import { placements } from './placements.ts';

export const fileSystem: Family = {
  placements,
  identity: {},
  fidelity: {},
  charges,
  data,
  permissions,
  unstated: {
    'AWS::EFS::FileSystem': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
    },
    'AWS::EFS::AccessPoint': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::EFS::MountTarget': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it for its interface; nothing acts',
    },
  },
};
