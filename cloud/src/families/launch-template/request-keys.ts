import type { KeysOf } from '../contract/request-keys.ts';

/**
 * Keys of EC2 for instances and volumes. A launch is decided once for each thing that it takes or makes, each with keys of its own.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-ec2-console.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::EC2::LaunchTemplate': () => ({ 'ec2:IsLaunchTemplateResource': undefined }),
};
