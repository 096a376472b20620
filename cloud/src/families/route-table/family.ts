import type { Family } from '../contract/family.ts';
import { canonical } from './canonical.ts';
import { charges } from './charges.ts';
import { described } from './described.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';
import { permissions } from './permissions.ts';
import { requestKeys } from './request-keys.ts';

export const routeTable: Family = {
  described,
  canonical,
  identity,
  fidelity,
  charges,
  permissions,
  requestKeys,
  unstated: {
    'AWS::EC2::GatewayRouteTableAssociation': {
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
  },
};
