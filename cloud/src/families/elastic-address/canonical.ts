import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html */
export const canonical: CanonicalForms = {
  'AWS::EC2::EIP': { inAnyCase: ['Domain'] },
};
