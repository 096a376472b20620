import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const group = (properties: object) => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { VpcId: ref('Vpc'), Port: 80, ...properties },
});
const base = { ...network, Tg: group({ Protocol: 'HTTP' }) };
const networkBase = { ...network, Tg: group({ Protocol: 'TCP' }) };
const ofGroup = (Key: string, Value: string) => ({ TargetGroupAttributes: [{ Key, Value }] });

describe('a target group', () => {
  table(base, 'Tg', [
    ['Name', { Name: 'a'.repeat(33) }, { Name: 'a'.repeat(32) }],
    ['Name', { Name: 'shop_tg' }, { Name: 'shop-tg' }],
    ['Port', { Port: 0 }, { Port: 65535 }],
    ['Protocol', { Protocol: 'http' }, { Protocol: 'HTTPS' }],
    ['ProtocolVersion', { ProtocolVersion: 'HTTP3' }, { ProtocolVersion: 'HTTP2' }],
    ['TargetType', { TargetType: 'host' }, { TargetType: 'ip' }],
    ['', { VpcId: out }, { VpcId: ref('Vpc') }],
    ['', { Port: out }, { Port: 81 }],
    [
      'HealthCheckIntervalSeconds',
      { HealthCheckIntervalSeconds: 4, HealthCheckTimeoutSeconds: 3 },
      { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 4 },
    ],
    ['HealthCheckIntervalSeconds', { HealthCheckIntervalSeconds: 301 }, { HealthCheckIntervalSeconds: 300 }],
    ['HealthCheckTimeoutSeconds', { HealthCheckTimeoutSeconds: 1 }, { HealthCheckTimeoutSeconds: 2 }],
    ['HealthCheckTimeoutSeconds', { HealthCheckTimeoutSeconds: 30 }, { HealthCheckTimeoutSeconds: 29 }],
    ['HealthyThresholdCount', { HealthyThresholdCount: 1 }, { HealthyThresholdCount: 2 }],
    ['UnhealthyThresholdCount', { UnhealthyThresholdCount: 11 }, { UnhealthyThresholdCount: 10 }],
    ['HealthCheckPath', { HealthCheckPath: 'health' }, { HealthCheckPath: '/health' }],
    ['HealthCheckPath', { HealthCheckPath: `/${'a'.repeat(1024)}` }, { HealthCheckPath: `/${'a'.repeat(1023)}` }],
    ['HealthCheckPort', { HealthCheckPort: 'traffic' }, { HealthCheckPort: 'traffic-port' }],
    ['HealthCheckPort', { HealthCheckPort: '70000' }, { HealthCheckPort: '8080' }],
    ['HealthCheckProtocol', { HealthCheckProtocol: 'TCP' }, { HealthCheckProtocol: 'HTTPS' }],
    ['HealthCheckEnabled', { HealthCheckEnabled: false }, { HealthCheckEnabled: true }],
    ['Matcher.HttpCode', { Matcher: { HttpCode: '600' } }, { Matcher: { HttpCode: '200-299,301' } }],
    ['Matcher.HttpCode', { Matcher: { HttpCode: '2xx' } }, { Matcher: { HttpCode: '499' } }],
    ['Matcher.GrpcCode', { Matcher: { GrpcCode: '0' } }, { Matcher: { GrpcCode: '0-99' }, ProtocolVersion: 'GRPC' }],
    [
      'TargetGroupAttributes.0.Value',
      ofGroup('deregistration_delay.timeout_seconds', '3601'),
      ofGroup('deregistration_delay.timeout_seconds', '3600'),
    ],
    ['TargetGroupAttributes.0.Value', ofGroup('stickiness.type', 'source_ip'), ofGroup('stickiness.type', 'lb_cookie')],
    [
      'TargetGroupAttributes.0.Value',
      ofGroup('slow_start.duration_seconds', '29'),
      ofGroup('slow_start.duration_seconds', '30'),
    ],
    [
      'TargetGroupAttributes.0.Value',
      ofGroup('slow_start.duration_seconds', '901'),
      ofGroup('slow_start.duration_seconds', '0'),
    ],
    [
      'TargetGroupAttributes.0.Value',
      ofGroup('stickiness.lb_cookie.duration_seconds', '604801'),
      ofGroup('stickiness.lb_cookie.duration_seconds', '604800'),
    ],
    [
      'TargetGroupAttributes.0.Value',
      ofGroup('load_balancing.algorithm.type', 'random'),
      ofGroup('load_balancing.algorithm.type', 'weighted_random'),
    ],
    [
      'TargetGroupAttributes.0.Key',
      ofGroup('preserve_client_ip.enabled', 'true'),
      ofGroup('stickiness.enabled', 'true'),
    ],
    [
      'TargetGroupAttributes.0.Key',
      ofGroup('deregistration_delay', '10'),
      ofGroup('deregistration_delay.timeout_seconds', '0'),
    ],
    [
      'TargetGroupAttributes.1.Value',
      {
        TargetGroupAttributes: [
          { Key: 'load_balancing.algorithm.type', Value: 'least_outstanding_requests' },
          { Key: 'slow_start.duration_seconds', Value: '60' },
        ],
      },
      {
        TargetGroupAttributes: [
          { Key: 'load_balancing.algorithm.type', Value: 'round_robin' },
          { Key: 'slow_start.duration_seconds', Value: '60' },
        ],
      },
    ],
    [
      'TargetGroupAttributes.1.Value',
      {
        TargetGroupAttributes: [
          { Key: 'stickiness.type', Value: 'app_cookie' },
          { Key: 'stickiness.app_cookie.cookie_name', Value: 'AWSALB' },
        ],
      },
      {
        TargetGroupAttributes: [
          { Key: 'stickiness.type', Value: 'app_cookie' },
          { Key: 'stickiness.app_cookie.cookie_name', Value: 'session' },
        ],
      },
    ],
    ['Targets.0.Id', { Targets: [{ Id: '10.0.1.9' }] }, { Targets: [{ Id: 'i-0123456789abcdef0' }] }],
    [
      'Targets.0.Id',
      { TargetType: 'ip', Targets: [{ Id: 'i-0123456789abcdef0' }] },
      { TargetType: 'ip', Targets: [{ Id: '10.0.1.9' }] },
    ],
    [
      'Targets.0.Port',
      { Targets: [{ Id: 'i-0123456789abcdef0', Port: 70000 }] },
      { Targets: [{ Id: 'i-0123456789abcdef0', Port: 8080 }] },
    ],
    [
      'Targets.0.Id',
      { TargetType: 'ip', Targets: [{ Id: '8.8.8.8' }] },
      { TargetType: 'ip', Targets: [{ Id: '10.9.0.8', AvailabilityZone: 'all' }] },
    ],
  ]);
});

describe('a target group for TCP', () => {
  table(networkBase, 'Tg', [
    ['HealthCheckProtocol', { HealthCheckProtocol: 'UDP' }, { HealthCheckProtocol: 'TCP' }],
    ['HealthCheckPath', { HealthCheckPath: '/health' }, { HealthCheckProtocol: 'HTTP', HealthCheckPath: '/health' }],
    ['Matcher', { Matcher: { HttpCode: '200' } }, { HealthCheckProtocol: 'HTTP', Matcher: { HttpCode: '200-399' } }],
    ['ProtocolVersion', { ProtocolVersion: 'HTTP2' }, { ProtocolVersion: out }],
    ['TargetGroupAttributes.0.Value', ofGroup('stickiness.type', 'lb_cookie'), ofGroup('stickiness.type', 'source_ip')],
    [
      'TargetGroupAttributes.0.Key',
      ofGroup('slow_start.duration_seconds', '30'),
      ofGroup('proxy_protocol_v2.enabled', 'true'),
    ],
    [
      'TargetGroupAttributes.0.Key',
      ofGroup('load_balancing.algorithm.type', 'round_robin'),
      ofGroup('preserve_client_ip.enabled', 'false'),
    ],
  ]);
});
