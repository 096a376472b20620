import type { Family } from '../contract/family.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const cache: Family = {
  identity,
  fidelity: {},
  charges: {},
  permissions,
  unstated: {
    'AWS::ElastiCache::SubnetGroup': {
      fidelity: 'the network view reads it for the interfaces of caches; nothing acts',
      charges: 'not known',
    },
  },
};
