import type { Values } from '../contract/values.ts';

export const values: Values = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    Scheme: 'internal internet-facing',
    Type: 'application network gateway',
    IpAddressType: 'ipv4 dualstack dualstack-without-public-ipv4',
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    Protocol: 'HTTP HTTPS TCP TLS UDP TCP_UDP GENEVE QUIC TCP_QUIC',
    'DefaultActions.*.Type': 'forward redirect fixed-response authenticate-oidc authenticate-cognito jwt-validation',
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    'Actions.*.Type': 'forward redirect fixed-response authenticate-oidc authenticate-cognito jwt-validation',
    'Conditions.*.Field': 'host-header path-pattern http-header http-request-method query-string source-ip',
  },
};
