import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::EC2::InternetGateway': free,
  'AWS::EC2::VPCGatewayAttachment': free,
  'AWS::EC2::EgressOnlyInternetGateway': free,
};
