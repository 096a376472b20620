import { ec2Arn, type KeysOf, notKnown, stated } from '../contract/request-keys.ts';

/** Keys of EC2 for networks. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const requestKeys: Readonly<Record<string, KeysOf>> = {
  'AWS::EC2::VPCPeeringConnection': ({ inventory, resource: { properties } }) => {
    const peer = stated(properties.PeerVpcId);
    const account = stated(properties.PeerOwnerId) ?? inventory.account;
    const region = stated(properties.PeerRegion) ?? inventory.region;
    const own = stated(properties.VpcId);
    return {
      'ec2:AccepterVpc': peer ? `arn:aws:ec2:${region}:${account}:vpc/${peer}` : notKnown,
      'ec2:RequesterVpc': own ? ec2Arn(inventory, 'vpc', own) : notKnown,
    };
  },
};
