import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::RouteTable': free,
  'AWS::EC2::Route': free,
  'AWS::EC2::SubnetRouteTableAssociation': free,
  'AWS::EC2::GatewayRouteTableAssociation': free,
};
