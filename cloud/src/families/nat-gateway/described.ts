import { objects, text } from '../../property.ts';
import { type DescribedResource, type Descriptions, renamed, tagsOf } from '../contract/described.ts';

/**
 * A gateway that is available, with its first address: others are not carried out.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-nat-gateways.html
 */
export const described: Descriptions = {
  NatGateways: (gateway) => {
    const id = text(gateway, 'NatGatewayId');
    if (id === undefined || text(gateway, 'State') !== 'available') return [];
    const addresses = objects(gateway, 'NatGatewayAddresses');
    const first = addresses.find((each) => each.IsPrimary === true) ?? addresses[0] ?? {};
    const [allocation, address] = [text(first, 'AllocationId'), text(first, 'PublicIp')];
    const elastic: DescribedResource[] =
      allocation === undefined || address === undefined
        ? []
        : [
            {
              type: 'AWS::EC2::EIP',
              id: address,
              properties: { Domain: 'vpc' },
              attributes: { AllocationId: allocation, PublicIp: address },
            },
          ];
    return [
      {
        id,
        resources: [
          {
            type: 'AWS::EC2::NatGateway',
            id,
            properties: {
              ...renamed(gateway, { SubnetId: 'SubnetId', VpcId: 'VpcId', ConnectivityType: 'ConnectivityType' }),
              ...renamed(first, { PrivateIpAddress: 'PrivateIp', AllocationId: 'AllocationId' }),
            },
            attributes: { NatGatewayId: id },
            tags: tagsOf(gateway),
          },
          ...elastic,
        ],
      },
    ];
  },
};
