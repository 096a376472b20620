import type { Placements } from '../contract/placement.ts';

export const placements: Placements = {
  'AWS::ECS::Service': {
    subnets: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
    groups: 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups',
    publicAddress: { property: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', unless: false },
  },
};
