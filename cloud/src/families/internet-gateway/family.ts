import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { described } from './described.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const internetGateway: Family = {
  described,
  identity,
  fidelity,
  charges,
  permissions,
};
