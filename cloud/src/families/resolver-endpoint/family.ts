import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';

export const resolverEndpoint: Family = {
  identity: {},
  fidelity,
  charges,
  permissions: [],
  unstated: {
    'AWS::Route53Resolver::ResolverEndpoint': { identity: 'as AWS’s specification has it', permissions: 'not known' },
  },
};
