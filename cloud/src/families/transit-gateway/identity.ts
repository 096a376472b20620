import { arn, type Identify, identified } from '../contract/identity.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::TransitGateway': identified('tgw', 'Id', (draft, id) => ({
    TransitGatewayArn: arn(draft, 'ec2', `transit-gateway/${id}`),
  })),
  'AWS::EC2::TransitGatewayAttachment': identified('tgw-attach', 'Id'),
  'AWS::EC2::TransitGatewayRouteTable': identified('tgw-rtb', 'TransitGatewayRouteTableId'),
};
