import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::SecurityGroup': free,
  'AWS::EC2::SecurityGroupIngress': free,
  'AWS::EC2::SecurityGroupEgress': free,
};
