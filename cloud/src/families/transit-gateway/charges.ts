import { type Charges, free, hourly } from '../contract/charge.ts';
import { attachment } from './attachment-charges.ts';

/** https://aws.amazon.com/transit-gateway/pricing/ */
export const charges: Charges = {
  'AWS::EC2::TransitGateway': free,
  'AWS::EC2::TransitGatewayRouteTable': free,
  'AWS::EC2::TransitGatewayRoute': free,
  'AWS::EC2::TransitGatewayRouteTableAssociation': free,
  'AWS::EC2::TransitGatewayRouteTablePropagation': free,
  'AWS::EC2::TransitGatewayAttachment': (resource, reading) => attachment(resource.key, reading),
  'AWS::EC2::TransitGatewayVpcAttachment': (resource, reading) => attachment(resource.key, reading),
  'AWS::EC2::TransitGatewayPeeringAttachment': (resource) => [
    hourly(resource.key, 'Transit Gateway peering attachment'),
  ],
  'AWS::EC2::TransitGatewayConnect': (resource) => [hourly(resource.key, 'Transit Gateway Connect attachment')],
};
