import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::IAM::User': free,
  'AWS::IAM::Group': free,
  'AWS::IAM::UserToGroupAddition': free,
  'AWS::IAM::AccessKey': free,
};
