import type { Ends } from '../contract/end.ts';

export const ends: Ends = { 'AWS::ElasticLoadBalancingV2::LoadBalancer': 'owner' };
