import type { Values } from '../contract/values.ts';

export const values: Values = {
  'AWS::EC2::VPCEndpoint': { VpcEndpointType: 'Interface Gateway GatewayLoadBalancer ServiceNetwork Resource' },
};
