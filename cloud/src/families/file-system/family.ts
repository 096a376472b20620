import type { Family } from '../contract/family.ts';
import { permissions } from './permissions.ts';

export const fileSystem: Family = {
  identity: {},
  fidelity: {},
  charges: {},
  permissions,
  unstated: {
    'AWS::EFS::FileSystem': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      charges: 'the price list has no price of EFS',
    },
    'AWS::EFS::MountTarget': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it for its interface; nothing acts',
      charges: 'the price list has no price of EFS',
    },
  },
};
