import type { Ends } from '../contract/end.ts';

export const ends: Ends = { 'AWS::RDS::DBInstance': 'owner', 'AWS::RDS::DBCluster': 'cluster' };
