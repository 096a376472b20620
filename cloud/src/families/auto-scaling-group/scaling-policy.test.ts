import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { policiesWithoutGroup, scalingPolicies, uncountedFor, whyInactive } from './scaling-policy.ts';

function inventory(policy: JsonObject, group: JsonObject = {}): Inventory {
  const resource = (key: string, type: string, physicalId: string, properties: JsonObject) => ({
    key,
    type: `AWS::AutoScaling::${type}`,
    physicalId,
    properties,
    attributes: key === 'policy' ? { PolicyName: 'p' } : {},
  });
  const resources = [
    resource('web', 'AutoScalingGroup', 'web-group', group),
    resource('policy', 'ScalingPolicy', 'arn:policy', { AutoScalingGroupName: 'web-group', ...policy }),
  ];
  return { resources } as unknown as Inventory;
}

const predefined = (PredefinedMetricType: string, ResourceLabel?: string): JsonObject => ({
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType, ...(ResourceLabel ? { ResourceLabel } : {}) },
  },
});
const customized = (CustomizedMetricSpecification: JsonObject): JsonObject => ({
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingConfiguration: { TargetValue: 50, DisableScaleIn: true, CustomizedMetricSpecification },
});
const label = 'app/web/1/targetgroup/web/2';
const simple = { AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1 };

describe('a policy is read', () => {
  test.each<[string, JsonObject, object]>([
    [
      'processors of its group',
      predefined('ASGAverageCPUUtilization'),
      {
        Namespace: 'AWS/EC2',
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web-group' }],
        Statistic: 'Average',
        Period: 60,
      },
    ],
    [
      'requests to a target',
      predefined('ALBRequestCountPerTarget', label),
      {
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCountPerTarget',
        Dimensions: [
          { Name: 'LoadBalancer', Value: 'app/web/1' },
          { Name: 'TargetGroup', Value: 'targetgroup/web/2' },
        ],
        Statistic: 'Sum',
        Period: 60,
      },
    ],
    [
      'a metric of one’s own',
      customized({ Namespace: 'Shop', MetricName: 'Orders', Statistic: 'Sum' }),
      { Namespace: 'Shop', MetricName: 'Orders', Statistic: 'Sum', Period: 60 },
    ],
    [
      'metric math',
      customized({
        Metrics: [
          {
            Id: 'm',
            MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Stat: 'Sum' },
            ReturnData: false,
          },
          { Id: 'e', Expression: 'm / 2' },
        ],
      }),
      {
        Metrics: [
          {
            Id: 'm',
            MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Stat: 'Sum', Period: 60 },
            ReturnData: false,
          },
          { Id: 'e', Expression: 'm / 2' },
        ],
      },
    ],
  ])('that tracks %s', (_case, policy, metric) => {
    expect(scalingPolicies(inventory(policy))).toMatchObject([
      {
        arn: 'arn:policy',
        name: 'p',
        group: 'web',
        warmup: 300,
        scaling: { kind: 'target-tracking', target: 50, metric },
      },
    ]);
  });

  test('that is simple, where nothing else is stated, with the cooldown of its group', () => {
    expect(scalingPolicies(inventory(simple, { Cooldown: '60' }))[0]!.scaling).toEqual({
      kind: 'simple',
      adjustment: { type: 'ChangeInCapacity', amount: 1, leastMagnitude: 1 },
      cooldown: 60,
    });
    expect(scalingPolicies(inventory({ ...simple, Cooldown: '5' }))[0]!.scaling).toMatchObject({ cooldown: 5 });
  });

  test.each([
    [{ EstimatedInstanceWarmup: 30 }, { DefaultInstanceWarmup: 60, Cooldown: '90' }, 30, 60],
    [{}, { DefaultInstanceWarmup: 60, Cooldown: '90' }, 60, 60],
    [{}, { DefaultInstanceWarmup: 0, Cooldown: '90' }, 0, 0],
    [{}, { Cooldown: '90' }, 90, 90],
    [{}, {}, 300, 300],
  ])('with its warm-up: %j of %j', (policy, group, warmup, uncounted) => {
    const all = inventory({ ...predefined('ASGAverageCPUUtilization'), ...policy }, group);
    expect(scalingPolicies(all)[0]!.warmup).toBe(warmup);
    expect(uncountedFor(all.resources[0]!, scalingPolicies(all))).toBe(uncounted);
  });
});

describe('a policy changes nothing', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['that predicts', { PolicyType: 'PredictiveScaling' }, /Predictive/],
    ['on a predefined metric that is not known', predefined('ASGMood'), /not known/],
    ['on requests without a label', predefined('ALBRequestCountPerTarget'), /not known/],
    [
      'on a metric that nobody measures',
      customized({ Namespace: 'AWS/EC2', MetricName: 'CPUCreditBalance', Statistic: 'Average' }),
      /does not measure AWS\/EC2 CPUCreditBalance/,
    ],
  ])('%s, and says so', (_case, policy, why) => {
    expect(whyInactive(policy)?.en).toMatch(why);
    expect(scalingPolicies(inventory(policy))).toEqual([]);
  });

  test('without its group', () => {
    const all = inventory({ ...simple, AutoScalingGroupName: 'nobody' });
    expect(scalingPolicies(all)).toEqual([]);
    expect(policiesWithoutGroup(all)).toMatchObject([{ group: 'nobody' }]);
  });
});
