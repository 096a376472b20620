import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::NetworkAcl': free,
  'AWS::EC2::NetworkAclEntry': free,
  'AWS::EC2::SubnetNetworkAclAssociation': free,
};
