import type { Placements } from '../contract/placement.ts';

/** A function starts connections and takes none. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
export const placements: Placements = {
  'AWS::Lambda::Function': { subnets: 'VpcConfig.SubnetIds', groups: 'VpcConfig.SecurityGroupIds', takesNothing: true },
  'AWS::Serverless::Function': {
    subnets: 'VpcConfig.SubnetIds',
    groups: 'VpcConfig.SecurityGroupIds',
    takesNothing: true,
  },
};
