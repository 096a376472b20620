import { objects, text } from '../../property.ts';
import { type DescribedResource, type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-subnets.html */
export const described: Descriptions = {
  Subnets: (subnet) => {
    const id = text(subnet, 'SubnetId');
    if (id === undefined) return [];
    const properties = renamed(subnet, {
      VpcId: 'VpcId',
      CidrBlock: 'CidrBlock',
      AvailabilityZone: 'AvailabilityZone',
      MapPublicIpOnLaunch: 'MapPublicIpOnLaunch',
      AssignIpv6AddressOnCreation: 'AssignIpv6AddressOnCreation',
    });
    const six = objects(subnet, 'Ipv6CidrBlockAssociationSet').map(
      (block): DescribedResource => ({
        type: 'AWS::EC2::SubnetCidrBlock',
        id: text(block, 'AssociationId') ?? `${id}|ipv6`,
        properties: { SubnetId: id, ...renamed(block, { Ipv6CidrBlock: 'Ipv6CidrBlock' }) },
      }),
    );
    const attributes = { SubnetId: id, ...properties };
    return [
      {
        id,
        ...ownedBy(text(subnet, 'OwnerId')),
        resources: [{ type: 'AWS::EC2::Subnet', id, properties, attributes, tags: tagsOf(subnet) }, ...six],
      },
    ];
  },
};
