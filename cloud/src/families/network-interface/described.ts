import { object, objects, text } from '../../property.ts';
import { type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/** Interfaces of NAT gateways and of endpoints belong to these, which are imported themselves. */
const ofOthers = ['nat_gateway', 'vpc_endpoint', 'gateway_load_balancer_endpoint'];

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-network-interfaces.html */
export const described: Descriptions = {
  NetworkInterfaces: (each) => {
    const id = text(each, 'NetworkInterfaceId');
    if (id === undefined || ofOthers.includes(text(each, 'InterfaceType') ?? '')) return [];
    const association = object(each, 'Association');
    const description = text(each, 'Description');
    return [
      {
        id,
        ...ownedBy(text(each, 'OwnerId')),
        resources: [
          {
            type: 'AWS::EC2::NetworkInterface',
            id,
            properties: {
              ...renamed(each, {
                SubnetId: 'SubnetId',
                VpcId: 'VpcId',
                PrivateIpAddress: 'PrivateIpAddress',
                SourceDestCheck: 'SourceDestCheck',
                Description: 'Description',
              }),
              SecurityGroupIds: objects(each, 'Groups').flatMap((group) => text(group, 'GroupId') ?? []),
            },
            attributes: renamed(association, { PublicIp: 'PublicIp' }),
            tags: { ...(description ? { Name: description } : {}), ...tagsOf(each) },
            isServer: true,
          },
        ],
      },
    ];
  },
};
