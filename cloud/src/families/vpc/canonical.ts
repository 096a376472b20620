import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
export const canonical: CanonicalForms = {
  'AWS::EC2::VPC': { ranges: ['CidrBlock'] },
  'AWS::EC2::VPCCidrBlock': { ranges: ['CidrBlock'] },
};
