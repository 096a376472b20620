import type { Placements } from '../contract/placement.ts';

export const placements: Placements = {
  'AWS::RDS::DBProxy': { subnets: 'VpcSubnetIds', groups: 'VpcSecurityGroupIds' },
  'AWS::RDS::DBProxyEndpoint': { subnets: 'VpcSubnetIds', groups: 'VpcSecurityGroupIds' },
};
