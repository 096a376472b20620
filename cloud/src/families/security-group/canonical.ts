import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
export const canonical: CanonicalForms = {
  'AWS::EC2::SecurityGroup': { ranges: ['SecurityGroupIngress.*.CidrIp', 'SecurityGroupEgress.*.CidrIp'] },
  'AWS::EC2::SecurityGroupIngress': { ranges: ['CidrIp'] },
  'AWS::EC2::SecurityGroupEgress': { ranges: ['CidrIp'] },
};
