import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';
import { identity } from './identity.ts';

export const transitGateway: Family = {
  identity,
  fidelity,
  charges,
  permissions: [],
  unstated: {
    'AWS::EC2::TransitGateway': { fidelity: 'the network view reads it, nothing acts', permissions: 'not known' },
    'AWS::EC2::TransitGatewayAttachment': { permissions: 'not known' },
    'AWS::EC2::TransitGatewayRouteTable': {
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::TransitGatewayVpcAttachment': { identity: 'as AWS’s specification has it', permissions: 'not known' },
    'AWS::EC2::TransitGatewayRoute': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::TransitGatewayRouteTableAssociation': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::TransitGatewayRouteTablePropagation': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::TransitGatewayPeeringAttachment': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
    'AWS::EC2::TransitGatewayConnect': {
      identity: 'as AWS’s specification has it',
      fidelity: 'the network view reads it, nothing acts',
      permissions: 'not known',
    },
  },
};
