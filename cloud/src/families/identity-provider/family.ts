import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { identity } from './identity.ts';

export const identityProvider: Family = {
  identity,
  fidelity: {},
  charges,
  permissions: [],
  unstated: { 'AWS::IAM::OIDCProvider': { fidelity: 'nothing reads it', permissions: 'not known' } },
};
