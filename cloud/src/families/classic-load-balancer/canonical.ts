import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html */
export const canonical: CanonicalForms = {
  'AWS::ElasticLoadBalancing::LoadBalancer': { apart: ['Subnets', 'SecurityGroups'] },
};
