import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::SSM::Document': free,
  'AWS::SSM::Association': free,
};
