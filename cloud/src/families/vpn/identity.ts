import { type Identify, identified } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::VPNConnection': identified('vpn', 'VpnConnectionId'),
  'AWS::EC2::VPNGateway': identified('vgw', 'VPNGatewayId'),
  'AWS::EC2::CustomerGateway': identified('cgw', 'CustomerGatewayId'),
};
