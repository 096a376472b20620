import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';

export const vpn: Family = {
  identity,
  fidelity,
  charges,
  permissions: [],
  unstated: {
    'AWS::EC2::ClientVpnEndpoint': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::EC2::VPNConnectionRoute': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::VPNGatewayRoutePropagation': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::VPNConnection': { permissions: 'not known' },
    'AWS::EC2::VPNGateway': {
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::CustomerGateway': {
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
