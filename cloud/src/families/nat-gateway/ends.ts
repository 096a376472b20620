import type { Ends } from '../contract/end.ts';

export const ends: Ends = { 'AWS::EC2::NatGateway': 'owner' };
