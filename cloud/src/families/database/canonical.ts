import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const canonical: CanonicalForms = {
  'AWS::RDS::DBInstance': { inAnyCase: ['Engine'], apart: ['VPCSecurityGroups'] },
  'AWS::RDS::DBCluster': { inAnyCase: ['Engine'] },
  'AWS::RDS::DBParameterGroup': { inAnyCase: ['Family'] },
  'AWS::RDS::DBClusterParameterGroup': { inAnyCase: ['Family'] },
  'AWS::RDS::OptionGroup': { inAnyCase: ['EngineName'] },
  'AWS::RDS::DBSubnetGroup': { apart: ['SubnetIds'] },
};
