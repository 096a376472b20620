import { flag, objects, text } from '../../property.ts';
import { type Descriptions, ownedBy, renamed, tagsOf } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-vpc-endpoints.html */
export const described: Descriptions = {
  VpcEndpoints: (endpoint) => {
    const id = text(endpoint, 'VpcEndpointId');
    if (id === undefined || text(endpoint, 'State')?.toLowerCase() !== 'available') return [];
    const groups = objects(endpoint, 'Groups').flatMap((group) => text(group, 'GroupId') ?? []);
    return [
      {
        id,
        ...ownedBy(text(endpoint, 'OwnerId')),
        resources: [
          {
            type: 'AWS::EC2::VPCEndpoint',
            id,
            properties: {
              ...renamed(endpoint, {
                VpcId: 'VpcId',
                VpcEndpointType: 'VpcEndpointType',
                ServiceName: 'ServiceName',
                RouteTableIds: 'RouteTableIds',
                SubnetIds: 'SubnetIds',
              }),
              ...(groups.length > 0 ? { SecurityGroupIds: groups } : {}),
              PrivateDnsEnabled: flag(endpoint, 'PrivateDnsEnabled') ?? false,
              ...policyOf(text(endpoint, 'PolicyDocument')),
            },
            attributes: { Id: id },
            tags: tagsOf(endpoint),
          },
        ],
      },
    ];
  },
};

/** AWS gives the policy as text. */
function policyOf(document: string | undefined) {
  if (document === undefined) return {};
  try {
    return { PolicyDocument: JSON.parse(document) };
  } catch {
    return {};
  }
}
