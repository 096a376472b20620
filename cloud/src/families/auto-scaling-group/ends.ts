import type { Ends } from '../contract/end.ts';

export const ends: Ends = { 'AWS::AutoScaling::AutoScalingGroup': 'owner' };
