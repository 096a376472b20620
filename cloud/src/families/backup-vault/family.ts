import type { Family } from '../contract/family.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const backupVault: Family = {
  identity,
  fidelity: {},
  charges: {},
  permissions,
  unstated: {
    'AWS::Backup::BackupVault': { fidelity: 'nothing reads it', charges: 'the price list has no price of Backup' },
  },
};
