import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::IAM::Role': free,
  'AWS::IAM::InstanceProfile': free,
  'AWS::IAM::ServiceLinkedRole': free,
};
