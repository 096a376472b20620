import type { Values } from '../contract/values.ts';

export const values: Values = {
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    TargetType: 'instance ip lambda alb',
    Protocol: 'HTTP HTTPS TCP TLS UDP TCP_UDP GENEVE QUIC TCP_QUIC',
    HealthCheckProtocol: 'HTTP HTTPS TCP TLS UDP TCP_UDP',
    ProtocolVersion: 'HTTP1 HTTP2 GRPC',
  },
};
