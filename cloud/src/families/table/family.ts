import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { data } from './data.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';

export const table: Family = { identity, fidelity, charges, data, permissions };
