import { type Identify, identified } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::VPCPeeringConnection': identified('pcx', 'Id'),
};
