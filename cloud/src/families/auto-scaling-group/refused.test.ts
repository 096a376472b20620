import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  Lt: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' } },
  },
  Asg: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '1',
      MaxSize: '2',
      VPCZoneIdentifier: [ref('A'), ref('B')],
      LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: '1' },
    },
  },
  Policy: {
    Type: 'AWS::AutoScaling::ScalingPolicy',
    Properties: {
      AutoScalingGroupName: ref('Asg'),
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        TargetValue: 50,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      },
    },
  },
  Evening: {
    Type: 'AWS::AutoScaling::ScheduledAction',
    Properties: { AutoScalingGroupName: ref('Asg'), DesiredCapacity: 1, Recurrence: '0 18 * * *' },
  },
  Hook: {
    Type: 'AWS::AutoScaling::LifecycleHook',
    Properties: { AutoScalingGroupName: ref('Asg'), LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING' },
  },
};
const id = { LaunchTemplateId: ref('Lt'), Version: '1' };
const mixed = (distribution: object, overrides: object[] = [{ InstanceType: 't3.micro' }]) =>
  ({
    LaunchTemplate: out,
    MixedInstancesPolicy: {
      InstancesDistribution: distribution,
      LaunchTemplate: { LaunchTemplateSpecification: id, Overrides: overrides },
    },
  }) as never;
const step = (adjustments: object[], more: object = {}) =>
  ({
    TargetTrackingConfiguration: out,
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: adjustments,
    ...more,
  }) as never;
const simple = (more: object) =>
  ({
    TargetTrackingConfiguration: out,
    PolicyType: 'SimpleScaling',
    AdjustmentType: 'ChangeInCapacity',
    ScalingAdjustment: 1,
    ...more,
  }) as never;

describe('a group', () => {
  table(base, 'Asg', [
    ['LaunchTemplate', { 'Lt:LaunchTemplateData.ImageId': out }, { 'Lt:LaunchTemplateData.ImageId': 'ami-12345678' }],
    ['AutoScalingGroupName', { AutoScalingGroupName: 'a'.repeat(256) }, { AutoScalingGroupName: 'shop web' }],
    ['AutoScalingGroupName', { AutoScalingGroupName: 'shop:web' }, { AutoScalingGroupName: 'shop/web' }],
    ['MaxSize', { MinSize: '3' }, { MinSize: '2' }],
    ['DesiredCapacity', { DesiredCapacity: '3' }, { DesiredCapacity: '2' }],
    ['DesiredCapacity', { DesiredCapacity: '0' }, { DesiredCapacity: '1' }],
    ['MinSize', { MinSize: '-1' }, { MinSize: '0' }],
    ['', { MaxSize: out }, { MaxSize: '9' }],
    ['', { LaunchTemplate: out }, { LaunchTemplate: id }],
    [
      'LaunchConfigurationName',
      { LaunchConfigurationName: 'one' },
      { LaunchTemplate: out, LaunchConfigurationName: 'one' },
    ],
    ['', { VPCZoneIdentifier: out }, { VPCZoneIdentifier: out, AvailabilityZones: ['ap-northeast-2a'] }],
    [
      'AvailabilityZones.0',
      { VPCZoneIdentifier: [ref('A')], AvailabilityZones: ['ap-northeast-2b'] },
      { VPCZoneIdentifier: [ref('A')], AvailabilityZones: ['ap-northeast-2a'] },
    ],
    ['HealthCheckType', { HealthCheckType: 'ALB' }, { HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 }],
    ['HealthCheckGracePeriod', { HealthCheckGracePeriod: -1 }, { HealthCheckGracePeriod: 0 }],
    ['TerminationPolicies.0', { TerminationPolicies: ['Oldest'] }, { TerminationPolicies: ['OldestInstance'] }],
    ['MaxInstanceLifetime', { MaxInstanceLifetime: 86399 }, { MaxInstanceLifetime: 86400 }],
    [
      'MetricsCollection.0.Granularity',
      { MetricsCollection: [{ Granularity: '5Minute' }] },
      { MetricsCollection: [{ Granularity: '1Minute' }] },
    ],
    [
      'MetricsCollection.0.Metrics.0',
      { MetricsCollection: [{ Granularity: '1Minute', Metrics: ['GroupSize'] }] },
      { MetricsCollection: [{ Granularity: '1Minute', Metrics: ['GroupMinSize'] }] },
    ],
    [
      'LaunchTemplate',
      { LaunchTemplate: { LaunchTemplateId: ref('Lt') } },
      { LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] } } },
    ],
    [
      'LaunchTemplate.Version',
      { LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: '$Last' } },
      { LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: '1' } },
    ],
    [
      'LaunchTemplate.LaunchTemplateId',
      { LaunchTemplate: { LaunchTemplateId: 'shop', Version: '1' } },
      { LaunchTemplate: { LaunchTemplateName: 'shop', Version: '1' } },
    ],
    ['Tags.0', { Tags: [{ Key: 'a', Value: 'b' }] }, { Tags: [{ Key: 'a', Value: 'b', PropagateAtLaunch: true }] }],
    [
      'TargetGroupARNs.0',
      { TargetGroupARNs: ['shop'] },
      {
        TargetGroupARNs: ['arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:targetgroup/one/0123456789abcdef'],
      },
    ],
    [
      'MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity',
      mixed({ OnDemandPercentageAboveBaseCapacity: 101 }),
      mixed({ OnDemandPercentageAboveBaseCapacity: 100 }),
    ],
    [
      'MixedInstancesPolicy.InstancesDistribution.SpotAllocationStrategy',
      mixed({ SpotAllocationStrategy: 'cheapest' }),
      mixed({ SpotAllocationStrategy: 'price-capacity-optimized' }),
    ],
    [
      'MixedInstancesPolicy.InstancesDistribution.OnDemandAllocationStrategy',
      mixed({ OnDemandAllocationStrategy: 'cheapest' }),
      mixed({ OnDemandAllocationStrategy: 'lowest-price' }),
    ],
    [
      'MixedInstancesPolicy.InstancesDistribution.SpotInstancePools',
      mixed({ SpotAllocationStrategy: 'capacity-optimized', SpotInstancePools: 2 }),
      mixed({ SpotAllocationStrategy: 'lowest-price', SpotInstancePools: 2 }),
    ],
    [
      'MixedInstancesPolicy.InstancesDistribution.SpotInstancePools',
      mixed({ SpotAllocationStrategy: 'lowest-price', SpotInstancePools: 21 }),
      mixed({ SpotAllocationStrategy: 'lowest-price', SpotInstancePools: 20 }),
    ],
    [
      'MixedInstancesPolicy.LaunchTemplate.Overrides.1.InstanceType',
      mixed({}, [{ InstanceType: 't3.micro' }, { InstanceType: 't3.micro' }]),
      mixed({}, [{ InstanceType: 't3.micro' }, { InstanceType: 't3.small' }]),
    ],
    [
      'MixedInstancesPolicy.LaunchTemplate.Overrides.0.WeightedCapacity',
      mixed({}, [{ InstanceType: 't3.micro', WeightedCapacity: '1000' }]),
      mixed({}, [{ InstanceType: 't3.micro', WeightedCapacity: '999' }]),
    ],
    [
      'MixedInstancesPolicy.LaunchTemplate.Overrides.1',
      mixed({}, [{ InstanceType: 't3.micro', WeightedCapacity: '1' }, { InstanceType: 't3.small' }]),
      mixed({}, [
        { InstanceType: 't3.micro', WeightedCapacity: '1' },
        { InstanceType: 't3.small', WeightedCapacity: '2' },
      ]),
    ],
    ['Cooldown', { Cooldown: '-5' }, { Cooldown: '300' }],
    [
      'InstanceMaintenancePolicy',
      { InstanceMaintenancePolicy: { MinHealthyPercentage: 90 } },
      { InstanceMaintenancePolicy: { MinHealthyPercentage: 90, MaxHealthyPercentage: 120 } },
    ],
    [
      'InstanceMaintenancePolicy.MaxHealthyPercentage',
      { InstanceMaintenancePolicy: { MinHealthyPercentage: 50, MaxHealthyPercentage: 160 } },
      { InstanceMaintenancePolicy: { MinHealthyPercentage: 50, MaxHealthyPercentage: 150 } },
    ],
    [
      'Lt: LaunchTemplateData.InstanceType',
      { 'Lt:LaunchTemplateData.InstanceType': 't3.tiny' },
      { 'Lt:LaunchTemplateData.InstanceType': 't3.nano' },
    ],
  ]);
  table(base, 'Policy', [
    ['PolicyType', { PolicyType: 'Tracking' }, { PolicyType: 'TargetTrackingScaling' }],
    ['', { TargetTrackingConfiguration: out }, { 'TargetTrackingConfiguration.TargetValue': 0.5 }],
    [
      'TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
      { 'TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType': 'CPU' },
      { 'TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType': 'ASGAverageNetworkIn' },
    ],
    [
      'TargetTrackingConfiguration',
      { 'TargetTrackingConfiguration.PredefinedMetricSpecification': out },
      { 'TargetTrackingConfiguration.DisableScaleIn': true },
    ],
    ['AdjustmentType', { AdjustmentType: 'ChangeInCapacity' }, { EstimatedInstanceWarmup: 60 }],
    ['Cooldown', { Cooldown: '60' }, { EstimatedInstanceWarmup: 0 }],
    ['AdjustmentType', simple({ AdjustmentType: 'Change' }), simple({ AdjustmentType: 'ExactCapacity' })],
    [
      'MinAdjustmentMagnitude',
      simple({ MinAdjustmentMagnitude: 2 }),
      simple({ AdjustmentType: 'PercentChangeInCapacity', MinAdjustmentMagnitude: 2 }),
    ],
    ['', simple({ ScalingAdjustment: out }), simple({ ScalingAdjustment: -1 })],
    ['EstimatedInstanceWarmup', simple({ EstimatedInstanceWarmup: 60 }), simple({ Cooldown: '60' })],
    ['MetricAggregationType', simple({ MetricAggregationType: 'Average' }), simple({})],
    [
      'StepAdjustments',
      step([
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 5, ScalingAdjustment: 2 },
      ]),
      step([
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
      ]),
    ],
    [
      'StepAdjustments',
      step([
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 15, ScalingAdjustment: 2 },
      ]),
      step([{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }]),
    ],
    [
      'StepAdjustments.0',
      step([{ ScalingAdjustment: 1 }]),
      step([{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }]),
    ],
    [
      'StepAdjustments.0',
      step([{ MetricIntervalLowerBound: 10, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 }]),
      step([
        { MetricIntervalLowerBound: 10, MetricIntervalUpperBound: 11, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 11, ScalingAdjustment: 2 },
      ]),
    ],
    [
      'MetricAggregationType',
      step([{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }], { MetricAggregationType: 'Sum' }),
      step([{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }], { MetricAggregationType: 'Maximum' }),
    ],
  ]);
  table(base, 'Evening', [
    ['DesiredCapacity', { DesiredCapacity: -7 }, { DesiredCapacity: 0 }],
    ['', { DesiredCapacity: out }, { MinSize: 0, DesiredCapacity: out }],
    ['', { Recurrence: out }, { Recurrence: out, StartTime: '2027-01-01T00:00:00Z' }],
    ['Recurrence', { Recurrence: '0 25 * * *' }, { Recurrence: '0 23 * * MON-FRI' }],
    ['Recurrence', { Recurrence: 'cron(0 18 * * ? *)' }, { Recurrence: '30 0 1 1,6,12 *' }],
    ['StartTime', { StartTime: '2027-01-01' }, { StartTime: '2027-01-01T00:00:00Z' }],
    ['MaxSize', { MinSize: 3, MaxSize: 2, DesiredCapacity: 2 }, { MinSize: 1, MaxSize: 2, DesiredCapacity: 2 }],
    ['TimeZone', { TimeZone: 'KST+9' }, { TimeZone: 'Asia/Seoul' }],
    [
      'EndTime',
      { StartTime: '2027-01-02T00:00:00Z', EndTime: '2027-01-01T00:00:00Z' },
      { StartTime: '2027-01-01T00:00:00Z', EndTime: '2027-01-02T00:00:00Z' },
    ],
  ]);
  table(base, 'Hook', [
    [
      'LifecycleTransition',
      { LifecycleTransition: 'EC2_INSTANCE_LAUNCHING' },
      { LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING' },
    ],
    ['DefaultResult', { DefaultResult: 'RETRY' }, { DefaultResult: 'CONTINUE' }],
    ['HeartbeatTimeout', { HeartbeatTimeout: 29 }, { HeartbeatTimeout: 30 }],
    ['HeartbeatTimeout', { HeartbeatTimeout: 7201 }, { HeartbeatTimeout: 7200 }],
  ]);
});
