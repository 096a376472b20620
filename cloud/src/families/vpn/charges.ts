import { type Charges, free, hourly } from '../contract/charge.ts';
import { attachment } from '../transit-gateway/attachment-charges.ts';

export const charges: Charges = {
  /** A connection that ends at a transit gateway is an attachment of it as well. https://aws.amazon.com/transit-gateway/pricing/ */
  'AWS::EC2::VPNConnection': (resource, reading) => [
    hourly(resource.key, 'Site-to-Site VPN connection'),
    ...(resource.properties.TransitGatewayId === undefined ? [] : attachment(resource.key, reading)),
  ],
  'AWS::EC2::ClientVpnEndpoint': (resource) => [hourly(resource.key, 'Client VPN endpoint')],
  'AWS::EC2::VPNConnectionRoute': free,
  'AWS::EC2::VPNGatewayRoutePropagation': free,
  'AWS::EC2::VPNGateway': free,
  'AWS::EC2::CustomerGateway': free,
};
