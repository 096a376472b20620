import { describe } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { network, out, ref, table } from '../refusals.fixture.ts';

const listener = (more: JsonObject = {}): JsonObject => ({
  InstancePort: '80',
  LoadBalancerPort: '80',
  Protocol: 'HTTP',
  ...more,
});
const base = {
  ...network,
  L: {
    Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    DependsOn: 'Attachment',
    Properties: { Subnets: [ref('A')], SecurityGroups: [ref('Group')], Listeners: [listener()] },
  },
};
const health = (more: object) =>
  ({
    HealthCheck: {
      Target: 'HTTP:80/',
      Interval: '30',
      Timeout: '5',
      HealthyThreshold: '2',
      UnhealthyThreshold: '2',
      ...more,
    },
  }) as never;
const certificate = 'arn:aws:iam::111122223333:server-certificate/one';

describe('a classic load balancer', () => {
  table(base, 'L', [
    ['LoadBalancerName', { LoadBalancerName: 'a'.repeat(33) }, { LoadBalancerName: 'a'.repeat(32) }],
    ['LoadBalancerName', { LoadBalancerName: 'my_lb' }, { LoadBalancerName: 'my-lb' }],
    [
      'AvailabilityZones',
      { AvailabilityZones: ['ap-northeast-2a'] },
      { Subnets: out, SecurityGroups: out, AvailabilityZones: ['ap-northeast-2a'] },
    ],
    ['Listeners', { Listeners: [] }, { Listeners: [listener()] }],
    [
      'Listeners.1.LoadBalancerPort',
      { Listeners: [listener(), listener({ InstancePort: '81' })] },
      { Listeners: [listener(), listener({ LoadBalancerPort: '8080' })] },
    ],
    [
      'Listeners.0.Protocol',
      { Listeners: [listener({ Protocol: 'UDP' })] },
      { Listeners: [listener({ Protocol: 'TCP' })] },
    ],
    [
      'Listeners.0.Protocol',
      { Listeners: [listener({ Protocol: 'HTTPS', LoadBalancerPort: '443' })] },
      { Listeners: [listener({ Protocol: 'HTTPS', LoadBalancerPort: '443', SSLCertificateId: certificate })] },
    ],
    [
      'Listeners.0.InstanceProtocol',
      { Listeners: [listener({ InstanceProtocol: 'TCP' })] },
      { Listeners: [listener({ InstanceProtocol: 'HTTP' })] },
    ],
    [
      'Listeners.0.LoadBalancerPort',
      { Listeners: [listener({ LoadBalancerPort: '70000' })] },
      { Listeners: [listener({ LoadBalancerPort: '1024' })] },
    ],
    [
      'Listeners.0.InstancePort',
      { Listeners: [listener({ InstancePort: '0' })] },
      { Listeners: [listener({ InstancePort: '65535' })] },
    ],
    ['HealthCheck.Target', health({ Target: '/health' }), health({ Target: 'HTTP:80/health' })],
    ['HealthCheck.Target', health({ Target: 'HTTP:80' }), health({ Target: 'TCP:80' })],
    ['HealthCheck.Timeout', health({ Timeout: '30' }), health({ Timeout: '29' })],
    ['HealthCheck.Interval', health({ Interval: '301' }), health({ Interval: '300' })],
    ['HealthCheck.HealthyThreshold', health({ HealthyThreshold: '1' }), health({ HealthyThreshold: '10' })],
    ['HealthCheck.UnhealthyThreshold', health({ UnhealthyThreshold: '11' }), health({ UnhealthyThreshold: '3' })],
    ['Scheme', { Scheme: 'private' }, { Scheme: 'internal' }],
    [
      'ConnectionSettings.IdleTimeout',
      { ConnectionSettings: { IdleTimeout: 4001 } },
      { ConnectionSettings: { IdleTimeout: 4000 } },
    ],
    [
      'ConnectionDrainingPolicy.Timeout',
      { ConnectionDrainingPolicy: { Enabled: true, Timeout: 3601 } },
      { ConnectionDrainingPolicy: { Enabled: true, Timeout: 3600 } },
    ],
    [
      'AccessLoggingPolicy.EmitInterval',
      { AccessLoggingPolicy: { Enabled: true, S3BucketName: 'logs', EmitInterval: 10 } },
      { AccessLoggingPolicy: { Enabled: true, S3BucketName: 'logs', EmitInterval: 5 } },
    ],
    [
      'Listeners.0.PolicyNames.0',
      { Listeners: [listener({ PolicyNames: ['sticky'] })] },
      {
        Listeners: [listener({ PolicyNames: ['sticky'] })],
        LBCookieStickinessPolicy: [{ PolicyName: 'sticky', CookieExpirationPeriod: '60' }],
      },
    ],
    ['Instances.0', { Instances: ['web'] }, { Instances: ['i-0123456789abcdef0'] }],
    ['SecurityGroups.0', { SecurityGroups: ['web'] }, { SecurityGroups: ['sg-0123456789abcdef0'] }],
  ]);
});
