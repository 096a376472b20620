import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::ApplicationAutoScaling::ScalableTarget': free,
  'AWS::ApplicationAutoScaling::ScalingPolicy': free,
};
