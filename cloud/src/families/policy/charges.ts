import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::IAM::Policy': free,
  'AWS::IAM::ManagedPolicy': free,
  'AWS::IAM::RolePolicy': free,
  'AWS::IAM::GroupPolicy': free,
  'AWS::IAM::UserPolicy': free,
};
