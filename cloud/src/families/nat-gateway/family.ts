import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { described } from './described.ts';
import { ends } from './ends.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { values } from './values.ts';

export const natGateway: Family = { described, ends, identity, fidelity, charges, permissions, values };
