import type { Family } from '../contract/family.ts';
import { canonical } from './canonical.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { requestKeys } from './request-keys.ts';

export const classicLoadBalancer: Family = {
  canonical,
  identity,
  fidelity,
  charges,
  permissions: [],
  requestKeys,
  unstated: { 'AWS::ElasticLoadBalancing::LoadBalancer': { permissions: 'not known' } },
};
