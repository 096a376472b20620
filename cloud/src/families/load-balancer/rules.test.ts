import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.ts';
import { type Change, get, network, out, ref, refusals } from '../refusals.fixture.ts';

const forward = (group: string): Json[] => [{ Type: 'forward', TargetGroupArn: ref(group) }];
const balancer = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  DependsOn: 'Attachment',
  Properties: { Subnets: [ref('A'), ref('B')], ...properties },
});
const group = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP', ...properties },
});
const listener = (on: string, properties: JsonObject): JsonObject => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { LoadBalancerArn: ref(on), Port: 80, Protocol: 'HTTP', DefaultActions: forward('Tg'), ...properties },
});
const rule = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  Properties: {
    ListenerArn: ref('Li'),
    Priority: 5,
    Conditions: [{ Field: 'path-pattern', Values: ['/a/*'] }],
    Actions: forward('Tg'),
    ...properties,
  },
});
const redirect = (config: JsonObject): JsonObject => ({
  DefaultActions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', ...config } }],
});
const answer = (config: JsonObject): JsonObject => ({
  DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', ...config } }],
});
const attributes = (...pairs: readonly (readonly [string, Json])[]): JsonObject => ({
  LoadBalancerAttributes: pairs.map(([Key, Value]) => ({ Key, Value })),
});
const logs = attributes(['access_logs.s3.enabled', 'true'], ['access_logs.s3.bucket', ref('Bucket')]);
const bucket = { Type: 'AWS::S3::Bucket' };
const policy = (principal: JsonObject, resource: Json): JsonObject => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: {
    Bucket: ref('Bucket'),
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Principal: principal, Resource: resource }],
    },
  },
});
const delivery = { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' };
const anyKey = { 'Fn::Sub': '${Bucket.Arn}/*' };
const networkBalancer = balancer({ Type: 'network' });
const certificate = { CertificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/one' };

const base = { ...network, Lb: balancer({}), Tg: group({}), Li: listener('Lb', {}), Ru: rule({}) };

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['NAME_LENGTH Lb Name', { Lb: { Name: 'a'.repeat(33) } }],
    ['NAME_CHARACTERS Lb Name', { Lb: { Name: 'shop_lb' } }],
    ['NAME_CHARACTERS Lb Name', { Lb: { Name: 'shop-' } }],
    ['NAME_RESERVED Lb Name', { Lb: { Name: 'internal-shop' } }],
    ['NAME_TAKEN Two Name', { Lb: { Name: 'shop' }, Two: balancer({ Name: 'shop' }) }],
    ['EXCLUSIVE_PROPERTIES Lb SubnetMappings', { Lb: { SubnetMappings: [{ SubnetId: ref('A') }] } }],
    ['WRONG_ATTRIBUTE Lb LoadBalancerAttributes.0.Value', { Lb: attributes(['idle_timeout.timeout_seconds', '4001']) }],
    [
      'WRONG_ATTRIBUTE Lb LoadBalancerAttributes.1.Key',
      { Lb: attributes(['routing.http2.enabled', 'true'], ['routing.http2.enabled', 'true']) },
    ],
    ['MISSING_COMPANION Lb LoadBalancerAttributes.0.Value', { Lb: attributes(['access_logs.s3.enabled', 'true']) }],
    [
      'NOT_FOR_THIS_KIND Nlb LoadBalancerAttributes.0.Key',
      { Nlb: balancer({ Type: 'network', ...attributes(['idle_timeout.timeout_seconds', '60']) }) },
    ],
    ['LOGS_NOT_DELIVERABLE Lb LoadBalancerAttributes.1.Value', { Lb: logs, Bucket: bucket }],
    [
      'LOGS_NOT_DELIVERABLE Lb LoadBalancerAttributes.1.Value',
      { Lb: logs, Bucket: bucket, P: policy({ AWS: 'arn:aws:iam::127311923021:root' }, anyKey) },
    ],
    [
      'LOGS_NOT_DELIVERABLE Lb LoadBalancerAttributes.1.Value',
      { Lb: logs, Bucket: bucket, P: policy(delivery, { 'Fn::Sub': '${Bucket.Arn}/web/*' }) },
    ],
    ['VPC_WITHOUT_INTERNET_GATEWAY Lb Scheme', { Attachment: { VpcId: ref('Other') } }],
    ['NUMBER_OUT_OF_RANGE Li Port', { Li: { Port: 65536 } }],
    ['PORT_TAKEN Two Port', { Two: listener('Lb', {}) }],
    [
      'PROTOCOL_NOT_SUPPORTED Li Protocol',
      { Li: { Protocol: 'TCP' }, Tg: { Protocol: 'TCP' }, Ru: { Actions: forward('Tg') } },
    ],
    ['MISSING_COMPANION Li Protocol', { Li: { Protocol: 'HTTPS', Port: 443 } }],
    ['MISSING_COMPANION Li', { Li: { Protocol: out } }],
    ['NOT_FOR_THIS_KIND Li Certificates.0', { Li: { Certificates: [certificate] } }],
    ['NOT_FOR_THIS_KIND Li SslPolicy', { Li: { SslPolicy: 'ELBSecurityPolicy-2016-08' } }],
    [
      'TOO_MANY Li Certificates',
      {
        Li: {
          Protocol: 'HTTPS',
          Certificates: [certificate, { CertificateArn: 'arn:aws:acm:ap-northeast-2:111122223333:certificate/two' }],
        },
      },
    ],
    [
      'GROUP_PROTOCOL Two DefaultActions.0.TargetGroupArn',
      { T2: group({ Protocol: 'TCP' }), Two: listener('Lb', { Port: 81, DefaultActions: forward('T2') }) },
    ],
    [
      'OTHER_VPC Two DefaultActions.0.TargetGroupArn',
      { T2: group({ VpcId: ref('Other') }), Two: listener('Lb', { Port: 81, DefaultActions: forward('T2') }) },
    ],
    ['TARGET_GROUP_TAKEN Two DefaultActions.0.TargetGroupArn', { L2: balancer({}), Two: listener('L2', {}) }],
    ['PRIORITY_TAKEN Again Priority', { Again: rule({}) }],
    ['NUMBER_OUT_OF_RANGE Ru Priority', { Ru: { Priority: 50001 } }],
    ['NUMBER_OUT_OF_RANGE Ru Priority', { Ru: { Priority: 0 } }],
    [
      'REDIRECT_LOOP Li DefaultActions.0.RedirectConfig',
      { Li: redirect({ Protocol: 'HTTP', Port: '80', Host: '#{host}', Path: '/#{path}', Query: '#{query}' }) },
    ],
    ['REDIRECT_LOOP Li DefaultActions.0.RedirectConfig', { Li: redirect({ Query: 'a=b' }) }],
    [
      'WRONG_VALUE Li DefaultActions.0.RedirectConfig.StatusCode',
      { Li: redirect({ StatusCode: 'HTTP_308', Port: '443' }) },
    ],
    ['WRONG_FORM Li DefaultActions.0.RedirectConfig.Path', { Li: redirect({ Path: 'home' }) }],
    ['WRONG_FORM Li DefaultActions.0.RedirectConfig.Port', { Li: redirect({ Port: '70000' }) }],
    [
      'REDIRECT_TO_HTTP Li DefaultActions.0.RedirectConfig.Protocol',
      { Li: { Protocol: 'HTTPS', Certificates: [certificate], ...redirect({ Protocol: 'HTTP', Port: '80' }) } },
    ],
    ['WRONG_FORM Li DefaultActions.0.FixedResponseConfig.StatusCode', { Li: answer({ StatusCode: '302' }) }],
    ['TOO_LONG Li DefaultActions.0.FixedResponseConfig.MessageBody', { Li: answer({ MessageBody: 'a'.repeat(1025) }) }],
    ['WRONG_VALUE Li DefaultActions.0.FixedResponseConfig.ContentType', { Li: answer({ ContentType: 'text/xml' }) }],
    ['MISSING_COMPANION Li DefaultActions.0.Type', { Li: { DefaultActions: [{ Type: 'redirect' }] } }],
    ['ACTION_ORDER Li DefaultActions.1', { Li: { DefaultActions: [...forward('Tg'), ...forward('Tg')] } }],
    [
      'ACTION_NOT_SUPPORTED N DefaultActions.0.Type',
      { Nlb: networkBalancer, N: listener('Nlb', { Protocol: 'TCP', ...answer({}) }) },
    ],
    [
      'NOT_FOR_THIS_KIND R2 ListenerArn',
      {
        Nlb: networkBalancer,
        T2: group({ Protocol: 'TCP' }),
        N: listener('Nlb', { Protocol: 'TCP', DefaultActions: forward('T2') }),
        R2: rule({ ListenerArn: ref('N'), Actions: forward('T2') }),
      },
    ],
    [
      'NUMBER_OUT_OF_RANGE Li DefaultActions.0.ForwardConfig.TargetGroups.0.Weight',
      {
        Li: {
          DefaultActions: [
            { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Tg'), Weight: 1000 }] } },
          ],
        },
      },
    ],
    [
      'TOO_MANY Ru Conditions',
      { Ru: { Conditions: [{ Field: 'path-pattern', Values: ['/1', '/2', '/3', '/4', '/5', '/6'] }] } },
    ],
    [
      'CONDITION_FORM Ru Conditions.1.Field',
      {
        Ru: {
          Conditions: [
            { Field: 'path-pattern', Values: ['/1'] },
            { Field: 'path-pattern', Values: ['/2'] },
          ],
        },
      },
    ],
    ['CONDITION_FORM Ru Conditions.0', { Ru: { Conditions: [{ Field: 'http-request-method', Values: ['get'] }] } }],
    ['CONDITION_FORM Ru Conditions.0', { Ru: { Conditions: [{ Field: 'source-ip', Values: ['203.0.113.7'] }] } }],
    ['CONDITION_FORM Ru Conditions.0', { Ru: { Conditions: [{ Field: 'host-header', Values: [] }] } }],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['the base', {}],
    ['32 characters', { Lb: { Name: 'a'.repeat(32) }, Tg: { Name: 'a'.repeat(32) } }],
    ['a name of one letter', { Lb: { Name: 'x' } }],
    ['a name with a secret', { Lb: { Name: '{{resolve:secretsmanager:lb_name}}' } }],
    ['the same name for balancer and group', { Lb: { Name: 'shop' }, Tg: { Name: 'shop' } }],
    ['an internal balancer without a gateway', { Lb: { Scheme: 'internal' }, Attachment: { VpcId: ref('Other') } }],
    ['two listeners on two ports', { Two: listener('Lb', { Port: 81 }) }],
    ['two rules of one group', { Again: rule({ Priority: 6 }) }],
    ['a redirect to another port', { Li: redirect({ Port: '443' }) }],
    ['a redirect to another path', { Li: redirect({ Path: '/new/#{path}' }) }],
    ['a redirect to a query and host', { Li: redirect({ Host: 'www.#{host}', Query: '' }) }],
    [
      'an empty body of a fixed response',
      { Li: answer({ MessageBody: '', StatusCode: '503', ContentType: 'text/html' }) },
    ],
    [
      'HTTPS with a certificate',
      { Li: { Protocol: 'HTTPS', Port: 443, Certificates: [certificate], SslPolicy: 'ELBSecurityPolicy-2016-08' } },
    ],
    [
      'TLS to TCP',
      {
        Nlb: networkBalancer,
        T2: group({ Protocol: 'TCP' }),
        N: listener('Nlb', { Protocol: 'TLS', Certificates: [certificate], DefaultActions: forward('T2') }),
      },
    ],
    [
      'TCP to TCP_UDP',
      {
        Nlb: networkBalancer,
        T2: group({ Protocol: 'TCP_UDP' }),
        N: listener('Nlb', { Protocol: 'TCP', DefaultActions: forward('T2') }),
      },
    ],
    [
      'a weight of nought',
      {
        Li: {
          DefaultActions: [
            { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Tg'), Weight: 0 }] } },
          ],
        },
      },
    ],
    ['a path without a slash', { Ru: { Conditions: [{ Field: 'path-pattern', Values: ['*.php'] }] } }],
    [
      'two query conditions',
      {
        Ru: {
          Conditions: [
            { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: 'b' }] } },
            { Field: 'query-string', QueryStringConfig: { Values: [{ Value: 'c' }] } },
          ],
        },
      },
    ],
    [
      'a range of IPv6',
      { Ru: { Conditions: [{ Field: 'source-ip', SourceIpConfig: { Values: ['2001:db8::/32'] } }] } },
    ],
    ['logs to a bucket that lets them in', { Lb: logs, Bucket: bucket, P: policy(delivery, anyKey) }],
    [
      'logs by the region’s account',
      { Lb: logs, Bucket: bucket, P: policy({ AWS: 'arn:aws:iam::600734575887:root' }, anyKey) },
    ],
    [
      'logs to a bucket that is not loaded',
      { Lb: attributes(['access_logs.s3.enabled', 'true'], ['access_logs.s3.bucket', 'elsewhere']) },
    ],
    ['logs that are off', { Lb: attributes(['access_logs.s3.enabled', 'false']) }],
    [
      'a target group that two rules name',
      { Li: {}, R3: rule({ Priority: 7, Conditions: [{ Field: 'host-header', Values: [get('Lb', 'DNSName')] }] }) },
    ],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(base, changes)).toEqual([]);
  });
});
