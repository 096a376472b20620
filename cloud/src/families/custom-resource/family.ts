import type { Family } from '../contract/family.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';

const byFunction = {
  charges: 'its function’s, whose seconds at a deployment cost nothing that is counted',
  permissions: 'CloudFormation invokes the function; the role of that makes the calls',
};

/** CDK's own custom resources, whose effect is known: carried out without their functions. */
export const customResource: Family = {
  identity,
  fidelity,
  charges: {},
  permissions: [],
  unstated: Object.fromEntries(Object.keys(fidelity).map((type) => [type, byFunction])),
};
