import { modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::TransitGatewayAttachment': modelled(pricedOnly),
  'AWS::EC2::TransitGatewayVpcAttachment': modelled(pricedOnly),
};
