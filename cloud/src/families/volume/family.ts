import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { data } from './data.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { requestKeys } from './request-keys.ts';

export const volume: Family = { identity, fidelity, charges, data, permissions, requestKeys };
