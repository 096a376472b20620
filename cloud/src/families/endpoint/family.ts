import type { Family } from '../contract/family.ts';
import { canonical } from './canonical.ts';
import { charges } from './charges.ts';
import { described } from './described.ts';
import { ends } from './ends.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { requestKeys } from './request-keys.ts';
import { values } from './values.ts';

export const endpoint: Family = {
  described,
  ends,
  canonical,
  identity,
  fidelity,
  charges,
  permissions,
  requestKeys,
  values,
};
