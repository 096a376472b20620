import { type KeysOf, stated } from '../contract/request-keys.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::EC2::VPC': ({ resource: { properties } }) => ({
    'ec2:Tenancy': stated(properties.InstanceTenancy) ?? 'default',
    'ec2:Ipv4IpamPoolId': stated(properties.Ipv4IpamPoolId),
    'ec2:Ipv6IpamPoolId': undefined,
  }),
};
