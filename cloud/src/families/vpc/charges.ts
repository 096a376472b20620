import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::VPC': free,
  'AWS::EC2::VPCCidrBlock': free,
  'AWS::EC2::DHCPOptions': free,
  'AWS::EC2::VPCDHCPOptionsAssociation': free,
};
