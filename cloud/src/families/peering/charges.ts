import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::VPCPeeringConnection': free,
};
