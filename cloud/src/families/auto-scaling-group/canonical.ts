import type { CanonicalForms } from '../contract/canonical.ts';

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
export const canonical: CanonicalForms = {
  'AWS::AutoScaling::AutoScalingGroup': { joined: ['VPCZoneIdentifier'] },
};
