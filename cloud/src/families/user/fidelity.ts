import { byAccessLens, modelled, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::IAM::User': modelled(byAccessLens),
  'AWS::IAM::Group': modelled(byAccessLens),
  'AWS::IAM::UserToGroupAddition': modelled(byAccessLens),
};
