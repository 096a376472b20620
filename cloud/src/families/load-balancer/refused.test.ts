import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const certificate = { CertificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/one' };
const base = {
  ...network,
  Lb: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    DependsOn: 'Attachment',
    Properties: { Subnets: [ref('A'), ref('B')], SecurityGroups: [ref('Group')] },
  },
  Tg: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP' },
  },
  Li: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref('Lb'),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Tg') }],
    },
  },
  Ru: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: ref('Li'),
      Priority: 5,
      Conditions: [{ Field: 'path-pattern', Values: ['/a/*'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: ref('Tg') }],
    },
  },
};
const networkBase = {
  ...network,
  Nlb: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    DependsOn: 'Attachment',
    Properties: { Type: 'network', Subnets: [ref('A')] },
  },
  Tg: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'TCP' },
  },
  Li: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref('Nlb'),
      Port: 80,
      Protocol: 'TCP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Tg') }],
    },
  },
};
const secure = { Port: 443, Protocol: 'HTTPS', Certificates: [certificate] };
const attribute = (list: string, Key: string, Value: string) => ({ [list]: [{ Key, Value }] });
const of = (Key: string, Value: string) => attribute('LoadBalancerAttributes', Key, Value);
const condition = (Field: string, config: string, value: object) =>
  ({ Conditions: [{ Field, [config]: value }] }) as never;
const redirect = (config: object) => ({
  'DefaultActions.0': { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...config } },
});
const fixed = (config: object) =>
  ({ 'DefaultActions.0': { Type: 'fixed-response', FixedResponseConfig: config } }) as never;

describe('an application load balancer', () => {
  table(base, 'Lb', [
    ['Name', { Name: 'a'.repeat(33) }, { Name: 'a'.repeat(32) }],
    ['Name', { Name: '-shop' }, { Name: 's-hop' }],
    ['Name', { Name: 'internal-shop' }, { Name: 'shop-internal' }],
    ['Name', { Name: 'shop.one' }, { Name: 'Shop-1' }],
    ['Subnets', { Subnets: [ref('A')] }, { Subnets: [ref('B'), ref('A')] }],
    ['Scheme', { Scheme: 'public' }, { Scheme: 'internal' }],
    ['Type', { Type: 'classic' }, { Type: 'application' }],
    ['IpAddressType', { IpAddressType: 'ipv6' }, { IpAddressType: 'ipv4' }],
    [
      'LoadBalancerAttributes.0.Value',
      of('idle_timeout.timeout_seconds', '0'),
      of('idle_timeout.timeout_seconds', '4000'),
    ],
    [
      'LoadBalancerAttributes.0.Value',
      of('deletion_protection.enabled', 'yes'),
      of('deletion_protection.enabled', 'true'),
    ],
    [
      'LoadBalancerAttributes.0.Value',
      of('routing.http.desync_mitigation_mode', 'strict'),
      of('routing.http.desync_mitigation_mode', 'strictest'),
    ],
    [
      'LoadBalancerAttributes.0.Value',
      of('routing.http.xff_header_processing.mode', 'drop'),
      of('routing.http.xff_header_processing.mode', 'remove'),
    ],
    [
      'LoadBalancerAttributes.0.Value',
      of('client_keep_alive.seconds', '59'),
      of('client_keep_alive.seconds', '604800'),
    ],
    ['LoadBalancerAttributes.0.Key', of('idle_timeout', '60'), of('routing.http2.enabled', 'false')],
    [
      'LoadBalancerAttributes.0.Value',
      of('load_balancing.cross_zone.enabled', 'false'),
      of('load_balancing.cross_zone.enabled', 'true'),
    ],
    ['SecurityGroups.0', { 'SecurityGroups.0': 'web' }, { 'SecurityGroups.0': 'sg-0123456789abcdef0' }],
  ]);
  table(base, 'Li', [
    ['LoadBalancerArn', { LoadBalancerArn: 'web' }, { Port: 82 }],
    ['Certificates.0.CertificateArn', { ...secure, Certificates: [{ CertificateArn: 'web' }] }, secure],
    ['Port', { Port: 65536 }, { Port: 8080 }],
    ['Protocol', { Protocol: 'TCP' }, { Protocol: 'HTTP' }],
    ['Protocol', { Protocol: 'HTTPS', Port: 443 }, secure],
    ['Certificates.0', { Certificates: [certificate] }, secure],
    ['SslPolicy', { SslPolicy: 'ELBSecurityPolicy-2016-08' }, { ...secure, SslPolicy: 'ELBSecurityPolicy-2016-08' }],
    ['SslPolicy', { ...secure, SslPolicy: 'TLS-1-2' }, { ...secure, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }],
    [
      'Certificates.0.CertificateArn',
      { ...secure, Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/one' }] },
      { ...secure, Certificates: [{ CertificateArn: 'arn:aws:iam::111122223333:server-certificate/one' }] },
    ],
    ['AlpnPolicy', { ...secure, AlpnPolicy: ['HTTP2Preferred'] }, secure],
    ['DefaultActions', { DefaultActions: [] }, redirect({ Port: '443', Protocol: 'HTTPS' })],
    ['DefaultActions.0.Type', { 'DefaultActions.0': { Type: 'redirect' } }, redirect({ Host: 'example.com' })],
    [
      'DefaultActions.0.Type',
      { 'DefaultActions.0': { Type: 'forwards', TargetGroupArn: ref('Tg') } },
      { 'DefaultActions.0': { Type: 'forward', TargetGroupArn: ref('Tg') } },
    ],
    [
      'DefaultActions.0.RedirectConfig.StatusCode',
      redirect({ StatusCode: '301', Host: 'a.com' }),
      redirect({ StatusCode: 'HTTP_302', Host: 'a.com' }),
    ],
    ['DefaultActions.0.RedirectConfig.Path', redirect({ Path: 'other' }), redirect({ Path: '/other' })],
    ['DefaultActions.0.RedirectConfig.Port', redirect({ Port: '0' }), redirect({ Port: '8080' })],
    [
      'DefaultActions.0.RedirectConfig.Query',
      redirect({ Host: 'a.com', Query: '?a=b' }),
      redirect({ Host: 'a.com', Query: 'a=b' }),
    ],
    ['DefaultActions.0.RedirectConfig', redirect({}), redirect({ Path: '/a/#{path}' })],
    [
      'DefaultActions.0.RedirectConfig.Host',
      redirect({ Host: 'a'.repeat(129) }),
      redirect({ Host: '#{host}.example.com' }),
    ],
    ['DefaultActions.0.FixedResponseConfig.StatusCode', fixed({ StatusCode: '301' }), fixed({ StatusCode: '404' })],
    [
      'DefaultActions.0.FixedResponseConfig.ContentType',
      fixed({ StatusCode: '200', ContentType: 'image/png' }),
      fixed({ StatusCode: '200', ContentType: 'text/plain' }),
    ],
    [
      'DefaultActions.0.FixedResponseConfig.MessageBody',
      fixed({ StatusCode: '200', MessageBody: 'a'.repeat(1025) }),
      fixed({ StatusCode: '200', MessageBody: 'a'.repeat(1024) }),
    ],
    [
      'DefaultActions.0.ForwardConfig.TargetGroups.0.Weight',
      {
        'DefaultActions.0': {
          Type: 'forward',
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Tg'), Weight: 1000 }] },
        },
      },
      {
        'DefaultActions.0': {
          Type: 'forward',
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Tg'), Weight: 999 }] },
        },
      },
    ],
    [
      'DefaultActions.1.Order',
      {
        ...secure,
        DefaultActions: [
          { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: oidc() },
          { Type: 'forward', Order: 1, TargetGroupArn: ref('Tg') },
        ],
      },
      {
        ...secure,
        DefaultActions: [
          { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: oidc() },
          { Type: 'forward', Order: 2, TargetGroupArn: ref('Tg') },
        ],
      },
    ],
    [
      'DefaultActions.0.AuthenticateOidcConfig.OnUnauthenticatedRequest',
      {
        ...secure,
        DefaultActions: [
          {
            Type: 'authenticate-oidc',
            Order: 1,
            AuthenticateOidcConfig: { ...oidc(), OnUnauthenticatedRequest: 'block' },
          },
          { Type: 'forward', Order: 2, TargetGroupArn: ref('Tg') },
        ],
      },
      {
        ...secure,
        DefaultActions: [
          {
            Type: 'authenticate-oidc',
            Order: 1,
            AuthenticateOidcConfig: { ...oidc(), OnUnauthenticatedRequest: 'deny' },
          },
          { Type: 'forward', Order: 2, TargetGroupArn: ref('Tg') },
        ],
      },
    ],
    [
      'MutualAuthentication.Mode',
      { ...secure, MutualAuthentication: { Mode: 'on' } },
      { ...secure, MutualAuthentication: { Mode: 'passthrough' } },
    ],
    [
      'MutualAuthentication',
      { ...secure, MutualAuthentication: { Mode: 'verify' } },
      { ...secure, MutualAuthentication: { Mode: 'off' } },
    ],
  ]);
  table(base, 'Ru', [
    ['ListenerArn', { ListenerArn: 'web' }, { Priority: 7 }],
    ['Priority', { Priority: 0 }, { Priority: 1 }],
    ['Priority', { Priority: 50001 }, { Priority: 50000 }],
    ['', { Priority: out }, { Priority: 10 }],
    ['Conditions', { Conditions: [] }, { Conditions: [{ Field: 'host-header', Values: ['a.com'] }] }],
    [
      'Conditions.0.Field',
      { Conditions: [{ Field: 'path', Values: ['/a'] }] },
      { Conditions: [{ Field: 'path-pattern', Values: ['/a'] }] },
    ],
    [
      'Conditions.0',
      { Conditions: [{ Field: 'path-pattern' }] },
      condition('path-pattern', 'PathPatternConfig', { Values: ['/a'] }),
    ],
    [
      'Conditions.0',
      condition('path-pattern', 'PathPatternConfig', { Values: ['a'.repeat(129)] }),
      condition('path-pattern', 'PathPatternConfig', { Values: ['a'.repeat(128)] }),
    ],
    [
      'Conditions.0',
      condition('path-pattern', 'PathPatternConfig', { Values: ['/a b'] }),
      condition('path-pattern', 'PathPatternConfig', { RegexValues: ['^/a b[0-9]+$'] }),
    ],
    [
      'Conditions.0',
      condition('host-header', 'HostHeaderConfig', { Values: ['a_b/c'] }),
      condition('host-header', 'HostHeaderConfig', { Values: ['*.example.com'] }),
    ],
    [
      'Conditions.0',
      condition('http-request-method', 'HttpRequestMethodConfig', { Values: ['get'] }),
      condition('http-request-method', 'HttpRequestMethodConfig', { Values: ['GET'] }),
    ],
    [
      'Conditions.0',
      condition('source-ip', 'SourceIpConfig', { Values: ['10.0.0.1'] }),
      condition('source-ip', 'SourceIpConfig', { Values: ['10.0.0.1/32'] }),
    ],
    [
      'Conditions.0',
      condition('source-ip', 'SourceIpConfig', { Values: ['10.0.0.1/33'] }),
      condition('source-ip', 'SourceIpConfig', { Values: ['2001:db8::/32'] }),
    ],
    [
      'Conditions.0',
      condition('http-header', 'HttpHeaderConfig', { Values: ['a'] }),
      condition('http-header', 'HttpHeaderConfig', { HttpHeaderName: 'X-A', Values: ['a'] }),
    ],
    [
      'Conditions.0',
      condition('http-header', 'HttpHeaderConfig', { HttpHeaderName: 'a'.repeat(41), Values: ['a'] }),
      condition('http-header', 'HttpHeaderConfig', { HttpHeaderName: 'a'.repeat(40), Values: ['a'] }),
    ],
    [
      'Conditions.0',
      condition('query-string', 'QueryStringConfig', { Values: [] }),
      condition('query-string', 'QueryStringConfig', { Values: [{ Key: 'a', Value: 'b' }] }),
    ],
    [
      'Conditions.0',
      condition('query-string', 'QueryStringConfig', { Values: [{ Key: 'a' }] }),
      condition('query-string', 'QueryStringConfig', { Values: [{ Value: 'b' }] }),
    ],
    [
      'Conditions',
      condition('host-header', 'HostHeaderConfig', {
        Values: ['a', 'b', 'c', 'd', 'e', 'f'].map((each) => `${each}.com`),
      }),
      condition('host-header', 'HostHeaderConfig', { Values: ['a', 'b', 'c', 'd', 'e'].map((each) => `${each}.com`) }),
    ],
    [
      'Conditions.1.Field',
      {
        Conditions: [
          { Field: 'path-pattern', Values: ['/a'] },
          { Field: 'path-pattern', Values: ['/b'] },
        ],
      },
      { Conditions: [{ Field: 'path-pattern', Values: ['/a', '/b'] }] },
    ],
    [
      'Conditions',
      { Conditions: [{ Field: 'path-pattern', Values: ['/*/*/*/*/*/*/*'] }] },
      { Conditions: [{ Field: 'path-pattern', Values: ['/*/*/*/*/*/*'] }] },
    ],
    [
      'Two: Priority',
      { 'Two:': { ...base.Ru } },
      { 'Two:': { ...base.Ru, Properties: { ...base.Ru.Properties, Priority: 6 } } },
    ],
    ['Actions', { Actions: [] }, { Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }] }],
  ]);
});

function oidc() {
  return {
    AuthorizationEndpoint: 'https://id.example.com/a',
    ClientId: 'one',
    ClientSecret: 'two',
    Issuer: 'https://id.example.com',
    TokenEndpoint: 'https://id.example.com/t',
    UserInfoEndpoint: 'https://id.example.com/u',
  };
}

describe('a network load balancer', () => {
  table(networkBase, 'Nlb', [
    [
      'LoadBalancerAttributes.0.Key',
      of('routing.http2.enabled', 'true'),
      of('load_balancing.cross_zone.enabled', 'true'),
    ],
    [
      'LoadBalancerAttributes.0.Value',
      of('dns_record.client_routing_policy', 'any'),
      of('dns_record.client_routing_policy', 'availability_zone_affinity'),
    ],
    [
      'SubnetMappings.0.PrivateIPv4Address',
      { Subnets: out, SubnetMappings: [{ SubnetId: ref('A'), PrivateIPv4Address: '10.0.1.9' }] },
      { Scheme: 'internal', Subnets: out, SubnetMappings: [{ SubnetId: ref('A'), PrivateIPv4Address: '10.0.1.9' }] },
    ],
    [
      'SubnetMappings.0.PrivateIPv4Address',
      { Scheme: 'internal', Subnets: out, SubnetMappings: [{ SubnetId: ref('A'), PrivateIPv4Address: '10.0.2.9' }] },
      { Scheme: 'internal', Subnets: out, SubnetMappings: [{ SubnetId: ref('B'), PrivateIPv4Address: '10.0.2.9' }] },
    ],
    [
      'SubnetMappings.0.AllocationId',
      {
        Scheme: 'internal',
        Subnets: out,
        SubnetMappings: [{ SubnetId: ref('A'), AllocationId: 'eipalloc-0123456789abcdef0' }],
      },
      { Subnets: out, SubnetMappings: [{ SubnetId: ref('A'), AllocationId: 'eipalloc-0123456789abcdef0' }] },
    ],
    [
      'SubnetMappings.0.AllocationId',
      { Subnets: out, SubnetMappings: [{ SubnetId: ref('A'), AllocationId: '203.0.113.9' }] },
      { Subnets: out, SubnetMappings: [{ SubnetId: ref('A') }] },
    ],
  ]);
  table(networkBase, 'Li', [
    ['Protocol', { Protocol: 'HTTP' }, { Protocol: 'TCP' }],
    ['DefaultActions.0.TargetGroupArn', { Protocol: 'UDP' }, { Protocol: 'UDP', 'Tg:Protocol': 'UDP' }],
    ['Protocol', { Protocol: 'TLS' }, { Protocol: 'TLS', Certificates: [certificate] }],
    [
      'AlpnPolicy.0',
      { Protocol: 'TLS', Certificates: [certificate], AlpnPolicy: ['HTTP3'] },
      { Protocol: 'TLS', Certificates: [certificate], AlpnPolicy: ['HTTP2Only'] },
    ],
    ['DefaultActions.0.Type', fixed({ StatusCode: '200' }), { Port: 81 }],
  ]);
});
