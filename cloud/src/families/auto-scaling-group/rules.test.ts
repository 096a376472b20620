import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { type Change, get, network, out, ref, refusals } from '../refusals.fixture.ts';

const of = (kind: string, properties: JsonObject): JsonObject => ({
  Type: `AWS::AutoScaling::${kind}`,
  Properties: { AutoScalingGroupName: ref('Asg'), ...properties },
});
const template = (data: JsonObject): JsonObject => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData: data },
});
const targets = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
  Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP', ...properties },
});
const base = {
  ...network,
  Lt: template({ ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' }),
  Asg: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '1',
      MaxSize: '2',
      VPCZoneIdentifier: [ref('A'), ref('B')],
      LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: get('Lt', 'LatestVersionNumber') },
    },
  },
};
const simple = { PolicyType: 'SimpleScaling', AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1 };
const tracking = (type: string): JsonObject => ({
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: type } },
});

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['SIZES Asg DesiredCapacity', { Asg: { DesiredCapacity: '4' } }],
    ['SIZES Asg DesiredCapacity', { Asg: { DesiredCapacity: '0' } }],
    ['SIZES Asg MaxSize', { Asg: { MinSize: '3' } }],
    ['NUMBER_OUT_OF_RANGE Asg MinSize', { Asg: { MinSize: '-1' } }],
    ['MISSING_COMPANION Asg', { Asg: { LaunchTemplate: out } }],
    ['MISSING_COMPANION Asg', { Asg: { VPCZoneIdentifier: out } }],
    ['EXCLUSIVE_PROPERTIES Asg LaunchConfigurationName', { Asg: { LaunchConfigurationName: 'one' } }],
    ['WRONG_VALUE Asg HealthCheckType', { Asg: { HealthCheckType: 'HTTP' } }],
    ['NUMBER_OUT_OF_RANGE Asg MaxInstanceLifetime', { Asg: { MaxInstanceLifetime: 3600 } }],
    ['WRONG_VALUE Asg TerminationPolicies.0', { Asg: { TerminationPolicies: ['Oldest'] } }],
    ['TARGET_TYPE Asg TargetGroupARNs.0', { Asg: { TargetGroupARNs: [ref('Tg')] }, Tg: targets({ TargetType: 'ip' }) }],
    [
      'TARGET_TYPE Asg TargetGroupARNs.0',
      { Asg: { TargetGroupARNs: [ref('Tg')] }, Tg: targets({ VpcId: ref('Other') }) },
    ],
    [
      'SIZES S DesiredCapacity',
      { S: of('ScheduledAction', { Recurrence: '0 9 * * *', MinSize: 1, MaxSize: 2, DesiredCapacity: 3 }) },
    ],
    ['MISSING_COMPANION S', { S: of('ScheduledAction', { Recurrence: '0 9 * * *' }) }],
    ['WRONG_VALUE P PolicyType', { P: of('ScalingPolicy', { ...simple, PolicyType: 'Simple' }) }],
    ['WRONG_VALUE P AdjustmentType', { P: of('ScalingPolicy', { ...simple, AdjustmentType: 'Add' }) }],
    ['MISSING_COMPANION P', { P: of('ScalingPolicy', { PolicyType: 'TargetTrackingScaling' }) }],
    [
      'MISSING_COMPANION P',
      { P: of('ScalingPolicy', { PolicyType: 'StepScaling', AdjustmentType: 'ChangeInCapacity' }) },
    ],
    [
      'MISSING_COMPANION P TargetTrackingConfiguration.PredefinedMetricSpecification',
      { P: of('ScalingPolicy', tracking('ALBRequestCountPerTarget')) },
    ],
    [
      'WRONG_VALUE P TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
      { P: of('ScalingPolicy', tracking('CPU')) },
    ],
    ['WRONG_VALUE H LifecycleTransition', { H: of('LifecycleHook', { LifecycleTransition: 'launching' }) }],
    [
      'NUMBER_OUT_OF_RANGE H HeartbeatTimeout',
      { H: of('LifecycleHook', { LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', HeartbeatTimeout: 10 }) },
    ],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['the base', {}],
    ['as many as the most', { Asg: { DesiredCapacity: '2' } }],
    ['none', { Asg: { MinSize: '0', DesiredCapacity: '0' } }],
    ['two kinds of checks', { Asg: { HealthCheckType: 'EC2,ELB' } }],
    ['no bound of lifetime', { Asg: { MaxInstanceLifetime: 0 } }],
    ['a group of instances', { Asg: { TargetGroupARNs: [ref('Tg')] }, Tg: targets({}) }],
    ['a schedule of one size', { S: of('ScheduledAction', { Recurrence: '0 9 * * *', DesiredCapacity: 3 }) }],
    ['tracking of processors', { P: of('ScalingPolicy', tracking('ASGAverageCPUUtilization')) }],
    ['a simple policy', { P: of('ScalingPolicy', simple) }],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(base, changes)).toEqual([]);
  });
});
