import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const canonical: CanonicalForms = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { apart: ['Subnets', 'SecurityGroups'] },
};
