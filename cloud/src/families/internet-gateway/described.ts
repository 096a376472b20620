import { objects, text } from '../../property.ts';
import { type DescribedResource, type Descriptions, ownedBy, tagsOf } from '../contract/described.ts';

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-internet-gateways.html */
export const described: Descriptions = {
  InternetGateways: (gateway) => {
    const id = text(gateway, 'InternetGatewayId');
    if (id === undefined) return [];
    const attachments = objects(gateway, 'Attachments').flatMap((each): DescribedResource[] => {
      const vpc = text(each, 'VpcId');
      const isAttached = ['available', 'attached'].includes(text(each, 'State') ?? '');
      if (vpc === undefined || !isAttached) return [];
      return [
        {
          type: 'AWS::EC2::VPCGatewayAttachment',
          id: `IGW|${vpc}`,
          properties: { VpcId: vpc, InternetGatewayId: id },
        },
      ];
    });
    return [
      {
        id,
        ...ownedBy(text(gateway, 'OwnerId')),
        resources: [{ type: 'AWS::EC2::InternetGateway', id, properties: {}, tags: tagsOf(gateway) }, ...attachments],
      },
    ];
  },
};
