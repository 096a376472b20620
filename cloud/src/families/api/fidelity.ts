import { modelled, pricedOnly, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::ApiGateway::RestApi': modelled(pricedOnly),
  'AWS::ApiGatewayV2::Api': modelled(pricedOnly),
};
