import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
export const canonical: CanonicalForms = {
  'AWS::EC2::Instance': { apart: ['SecurityGroupIds'] },
};
