import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { placements } from './placements.ts';

export const cache: Family = {
  placements,
  identity,
  fidelity: {},
  charges,
  permissions,
  unstated: {
    'AWS::ElastiCache::CacheCluster': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing acts',
      permissions: 'not known yet',
    },
    'AWS::ElastiCache::ReplicationGroup': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing acts',
      permissions: 'not known yet',
    },
    'AWS::ElastiCache::ParameterGroup': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing acts',
      permissions: 'not known yet',
    },
    'AWS::ElastiCache::SubnetGroup': {
      fidelity: 'the network view reads it for the interfaces of caches; nothing acts',
    },
  },
};
