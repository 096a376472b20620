import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::ElasticLoadBalancingV2::TargetGroup': free,
};
