import type { Placements } from '../contract/placement.ts';

export const placements: Placements = {
  'AWS::EFS::MountTarget': { subnets: 'SubnetId', groups: 'SecurityGroups' },
  'AWS::FSx::FileSystem': { subnets: 'SubnetIds', groups: 'SecurityGroupIds' },
};
