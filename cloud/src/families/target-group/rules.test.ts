import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.ts';
import { type Change, get, network, out, ref, refusals } from '../refusals.fixture.ts';

const attribute = (Key: string, Value: Json): JsonObject => ({ TargetGroupAttributes: [{ Key, Value }] });
const group = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP', ...properties },
});
const instance = {
  Type: 'AWS::EC2::Instance',
  Properties: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', SubnetId: ref('A') },
};
const balancer = {
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Scheme: 'internal', Subnets: [ref('A'), ref('B')] },
};
const listener = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: {
    LoadBalancerArn: ref('Lb'),
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Tg') }],
  },
};
const called = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Role: 'arn:aws:iam::111122223333:role/one',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 200 })' },
  },
};
const permission = (principal: string): JsonObject => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: ref('Fn'), Action: 'lambda:InvokeFunction', Principal: principal },
});
const forFunction: JsonObject = {
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { TargetType: 'lambda', Targets: [{ Id: get('Fn', 'Arn') }] },
};
const forBalancer = (port: number): JsonObject =>
  group({ TargetType: 'alb', Protocol: 'TCP', Port: port, Targets: [{ Id: ref('Lb') }] });
const base = { ...network, Tg: group({}), I: instance };

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['NAME_LENGTH Tg Name', { Tg: { Name: 'a'.repeat(33) } }],
    ['NAME_CHARACTERS Tg Name', { Tg: { Name: '-shop' } }],
    ['NAME_CHARACTERS Tg Name', { Tg: { Name: 'shop.tg' } }],
    ['NAME_TAKEN T2 Name', { Tg: { Name: 'one' }, T2: group({ Name: 'one' }) }],
    ['NUMBER_OUT_OF_RANGE Tg Port', { Tg: { Port: 0 } }],
    ['NUMBER_OUT_OF_RANGE Tg HealthCheckIntervalSeconds', { Tg: { HealthCheckIntervalSeconds: 301 } }],
    ['NUMBER_OUT_OF_RANGE Tg HealthCheckTimeoutSeconds', { Tg: { HealthCheckTimeoutSeconds: 1 } }],
    ['NUMBER_OUT_OF_RANGE Tg HealthyThresholdCount', { Tg: { HealthyThresholdCount: 1 } }],
    ['NUMBER_OUT_OF_RANGE Tg UnhealthyThresholdCount', { Tg: { UnhealthyThresholdCount: 11 } }],
    ['MISSING_COMPANION Tg', { Tg: { VpcId: out } }],
    ['MISSING_COMPANION Tg', { Tg: { Protocol: out } }],
    [
      'TIMEOUT_NOT_BELOW_INTERVAL Tg HealthCheckTimeoutSeconds',
      { Tg: { HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 5 } },
    ],
    ['TIMEOUT_NOT_BELOW_INTERVAL Tg HealthCheckIntervalSeconds', { Tg: { HealthCheckIntervalSeconds: 5 } }],
    ['PROTOCOL_NOT_SUPPORTED Tg HealthCheckProtocol', { Tg: { HealthCheckProtocol: 'TCP' } }],
    ['PROTOCOL_NOT_SUPPORTED Tg HealthCheckProtocol', { Tg: { Protocol: 'UDP', HealthCheckProtocol: 'UDP' } }],
    ['NOT_FOR_THIS_KIND Tg HealthCheckPath', { Tg: { Protocol: 'TCP', HealthCheckPath: '/' } }],
    ['NOT_FOR_THIS_KIND Tg ProtocolVersion', { Tg: { Protocol: 'TCP', ProtocolVersion: 'HTTP2' } }],
    ['WRONG_FORM Tg HealthCheckPath', { Tg: { HealthCheckPath: 'health' } }],
    ['WRONG_FORM Tg HealthCheckPort', { Tg: { HealthCheckPort: 'http' } }],
    ['WRONG_FORM Tg Matcher.HttpCode', { Tg: { Matcher: { HttpCode: '2xx' } } }],
    [
      'WRONG_ATTRIBUTE Tg TargetGroupAttributes.0.Value',
      { Tg: attribute('deregistration_delay.timeout_seconds', '3601') },
    ],
    ['WRONG_ATTRIBUTE Tg TargetGroupAttributes.0.Value', { Tg: attribute('slow_start.duration_seconds', '20') }],
    ['WRONG_ATTRIBUTE Tg TargetGroupAttributes.0.Value', { Tg: attribute('stickiness.type', 'cookie') }],
    ['WRONG_TARGET Tg Targets.0.Id', { Tg: { Targets: [{ Id: '10.0.1.9' }] } }],
    ['WRONG_TARGET Tg Targets.0.Id', { Tg: { TargetType: 'ip', Targets: [{ Id: ref('I') }] } }],
    ['OTHER_VPC Tg Targets.0.Id', { Tg: { VpcId: ref('Other'), Targets: [{ Id: ref('I') }] } }],
    ['LISTENER_MISSING Front Targets.0.Id', { Lb: balancer, Li: listener, Front: forBalancer(81) }],
    ['PROTOCOL_NOT_SUPPORTED Front Protocol', { Front: group({ TargetType: 'alb' }) }],
    ['PERMISSION_MISSING F Targets.0.Id', { Fn: called, F: forFunction }],
    ['PERMISSION_MISSING F Targets.0.Id', { Fn: called, F: forFunction, P: permission('events.amazonaws.com') }],
    [
      'NOT_FOR_THIS_KIND F Port',
      { F: { Type: forFunction.Type as string, Properties: { TargetType: 'lambda', Port: 80 } } },
    ],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['the base', {}],
    ['a timeout just below the interval', { Tg: { HealthCheckIntervalSeconds: 6 } }],
    ['the interval of a network balancer', { Tg: { Protocol: 'TCP', HealthCheckIntervalSeconds: 10 } }],
    [
      'a path for TCP that is checked by HTTP',
      { Tg: { Protocol: 'TCP', HealthCheckProtocol: 'HTTP', HealthCheckPath: '/' } },
    ],
    ['codes in a list', { Tg: { Matcher: { HttpCode: '200,301-302' } } }],
    ['no slow start', { Tg: attribute('slow_start.duration_seconds', '0') }],
    [
      'an attribute of later',
      { Tg: attribute('target_group_health.dns_failover.minimum_healthy_targets.count', 'off') },
    ],
    ['an instance', { Tg: { Targets: [{ Id: ref('I'), Port: 8080 }] } }],
    ['an address', { Tg: { TargetType: 'ip', Targets: [{ Id: '10.0.1.9' }] } }],
    ['a balancer behind a balancer', { Lb: balancer, Li: listener, Front: forBalancer(80) }],
    [
      'a function that may be invoked',
      { Fn: called, F: forFunction, P: permission('elasticloadbalancing.amazonaws.com') },
    ],
    [
      'a function of elsewhere',
      {
        F: {
          Type: forFunction.Type as string,
          Properties: {
            TargetType: 'lambda',
            Targets: [{ Id: 'arn:aws:lambda:ap-northeast-2:111122223333:function:one' }],
          },
        },
      },
    ],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(base, changes)).toEqual([]);
  });
});
