import type { Family } from '../contract/family.ts';
import { canonical } from './canonical.ts';
import { charges } from './charges.ts';
import { ends } from './ends.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { requestKeys } from './request-keys.ts';

export const classicLoadBalancer: Family = {
  ends,
  canonical,
  identity,
  fidelity,
  charges,
  permissions: [],
  requestKeys,
  unstated: { 'AWS::ElasticLoadBalancing::LoadBalancer': { permissions: 'not known' } },
};
