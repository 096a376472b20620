import type { Ends } from '../contract/end.ts';

export const ends: Ends = { 'AWS::ElasticLoadBalancing::LoadBalancer': 'owner' };
