import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::Subnet': free,
  'AWS::EC2::SubnetCidrBlock': free,
};
