import type { Inventory, Resource, ResourceKey } from '../../inventory.ts';
import { ofType } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { attribute, flag, number, object, objects, text } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { whyUnevaluated } from '../alarm/unevaluated.ts';

export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';

/** By how much a capacity is changed. */
export interface Adjustment {
  readonly type: AdjustmentType;
  readonly amount: number;
  /** Members by which a percentage changes the capacity at least. */
  readonly leastMagnitude: number;
}

/** Bounds are distances from the alarm's threshold. */
export interface Step {
  /** `null` for minus infinity. */
  readonly from: number | null;
  /** `null` for infinity. */
  readonly to: number | null;
  readonly amount: number;
}

export type Scaling =
  | {
      readonly kind: 'target-tracking';
      readonly target: number;
      readonly scalesIn: boolean;
      /** What is tracked, as an alarm states its metric or its metrics. */
      readonly metric: JsonObject;
    }
  | {
      readonly kind: 'step';
      readonly type: AdjustmentType;
      readonly leastMagnitude: number;
      readonly steps: readonly Step[];
    }
  | { readonly kind: 'simple'; readonly adjustment: Adjustment; readonly cooldown: number };

/** A scaling policy as it acts on a group. Times in seconds. */
export interface ScalingPolicy {
  readonly arn: string;
  readonly name: string;
  readonly group: ResourceKey;
  /** After a launch, until a member counts. */
  readonly warmup: number;
  readonly scaling: Scaling;
}

/** Of a group that states none. https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scaling-cooldowns.html */
const statedByNobody = 300;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-scalingpolicy.html */
export function policyType(properties: JsonObject): string {
  return text(properties, 'PolicyType') ?? 'SimpleScaling';
}

/** The policies that act: those of groups of the templates whose metric is measured. */
export function scalingPolicies(inventory: Inventory): ScalingPolicy[] {
  const groups = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup');
  return ofType(inventory, 'AWS::AutoScaling::ScalingPolicy').flatMap((resource) => {
    const { properties } = resource;
    const group = groups.find((each) => each.physicalId === text(properties, 'AutoScalingGroupName'));
    const scaling = group && whyInactive(properties) === null ? scalingOf(properties, group) : undefined;
    if (!group || !scaling) return [];
    const name = attribute(resource, 'PolicyName') ?? resource.physicalId;
    return [{ arn: resource.physicalId, name, group: group.key, warmup: warmupOf(properties, group), scaling }];
  });
}

/** Policies whose group no template has, by the names that they state. */
export function policiesWithoutGroup(inventory: Inventory): { readonly policy: Resource; readonly group: string }[] {
  const groups = new Set(ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').map(({ physicalId }) => physicalId));
  return ofType(inventory, 'AWS::AutoScaling::ScalingPolicy').flatMap((policy) => {
    const group = text(policy.properties, 'AutoScalingGroupName') ?? '';
    return groups.has(group) ? [] : [{ policy, group }];
  });
}

/** Why a policy changes nothing here; `null` for one that acts. */
export function whyInactive(properties: JsonObject): Words | null {
  switch (policyType(properties)) {
    case 'PredictiveScaling':
      return predictive;
    case 'TargetTrackingScaling': {
      const metric = trackedMetric(object(properties, 'TargetTrackingConfiguration'));
      return metric ? whyUnevaluated({ ...metric, ...anyThreshold }) : unknownMetric;
    }
    default:
      return null;
  }
}

const anyThreshold = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, EvaluationPeriods: 1 };
const predictive = words('Predictive scaling is not carried out.', '예측 조정은 실행하지 않습니다.');
const unknownMetric = words(
  'Its predefined metric is not known, or its ResourceLabel.',
  '사전 정의된 지표나 ResourceLabel을 알 수 없습니다.',
);

/** Seconds of warm-up: the policy's, else the group's, else the group's cooldown. https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html */
function warmupOf(policy: JsonObject, { properties }: Resource): number {
  return (
    number(policy, 'EstimatedInstanceWarmup') ?? number(properties, 'DefaultInstanceWarmup') ?? cooldownOf(properties)
  );
}

/**
 * Seconds for which a new member does not count in its group's metrics: the group's own warm-up, else the longest of its policies that have one.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html
 */
export function uncountedFor(group: Resource, policies: readonly ScalingPolicy[]): number {
  const own = policies.filter((each) => each.group === group.key && each.scaling.kind !== 'simple');
  return number(group.properties, 'DefaultInstanceWarmup') ?? Math.max(0, ...own.map(({ warmup }) => warmup));
}

function cooldownOf(group: JsonObject): number {
  return number(group, 'Cooldown') ?? statedByNobody;
}

function scalingOf(properties: JsonObject, group: Resource): Scaling | undefined {
  const type = adjustmentTypes.find((each) => each === text(properties, 'AdjustmentType')) ?? 'ChangeInCapacity';
  const leastMagnitude = number(properties, 'MinAdjustmentMagnitude') ?? 1;
  switch (policyType(properties)) {
    case 'TargetTrackingScaling': {
      const configuration = object(properties, 'TargetTrackingConfiguration');
      const metric = trackedMetric(configuration);
      const target = number(configuration, 'TargetValue');
      if (!metric || target === undefined) return undefined;
      const isWithinGroup = needsGroup(configuration) ? { ...metric, Dimensions: ofGroup(group) } : metric;
      const scalesIn = flag(configuration, 'DisableScaleIn') !== true;
      return { kind: 'target-tracking', target, scalesIn, metric: isWithinGroup };
    }
    case 'StepScaling': {
      const steps = objects(properties, 'StepAdjustments').map((each) => ({
        from: number(each, 'MetricIntervalLowerBound') ?? null,
        to: number(each, 'MetricIntervalUpperBound') ?? null,
        amount: number(each, 'ScalingAdjustment') ?? 0,
      }));
      return { kind: 'step', type, leastMagnitude, steps };
    }
    case 'SimpleScaling': {
      const amount = number(properties, 'ScalingAdjustment') ?? 0;
      const cooldown = number(properties, 'Cooldown') ?? cooldownOf(group.properties);
      return { kind: 'simple', adjustment: { type, amount, leastMagnitude }, cooldown };
    }
    default:
      return undefined;
  }
}

const adjustmentTypes = ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'] as const;

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html */
const ofInstances: Readonly<Record<string, string>> = {
  ASGAverageCPUUtilization: 'CPUUtilization',
  ASGAverageNetworkIn: 'NetworkIn',
  ASGAverageNetworkOut: 'NetworkOut',
};

function predefinedType(configuration: JsonObject): string {
  return text(object(configuration, 'PredefinedMetricSpecification'), 'PredefinedMetricType') ?? '';
}

function needsGroup(configuration: JsonObject): boolean {
  return Object.hasOwn(ofInstances, predefinedType(configuration));
}

function ofGroup({ physicalId }: Resource): JsonObject[] {
  return [{ Name: 'AutoScalingGroupName', Value: physicalId }];
}

/** The metric that a policy tracks, in an alarm's words; one of a group's instances is without its group. */
function trackedMetric(configuration: JsonObject): JsonObject | undefined {
  const predefined = object(configuration, 'PredefinedMetricSpecification');
  const type = predefinedType(configuration);
  if (Object.hasOwn(ofInstances, type))
    return { Namespace: 'AWS/EC2', MetricName: ofInstances[type]!, Statistic: 'Average', Period: 60 };
  if (type === 'ALBRequestCountPerTarget') {
    const label = /^(app\/[^/]+\/[^/]+)\/(targetgroup\/[^/]+\/[^/]+)$/.exec(text(predefined, 'ResourceLabel') ?? '');
    if (!label) return undefined;
    const Dimensions = [
      { Name: 'LoadBalancer', Value: label[1]! },
      { Name: 'TargetGroup', Value: label[2]! },
    ];
    return {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'RequestCountPerTarget',
      Dimensions,
      Statistic: 'Sum',
      Period: 60,
    };
  }
  const customized = object(configuration, 'CustomizedMetricSpecification');
  const queries = objects(customized, 'Metrics');
  if (queries.length > 0) return { Metrics: queries.map(everyMinute) };
  if (text(customized, 'MetricName') === undefined) return undefined;
  return { ...customized, Period: number(customized, 'Period') ?? 60 };
}

/** Metrics of a policy have a period of a minute unless they state another. */
function everyMinute(query: JsonObject): JsonObject {
  const stated = object(query, 'MetricStat');
  if (Object.keys(stated).length === 0) return query;
  return { ...query, MetricStat: { ...stated, Period: number(stated, 'Period') ?? 60 } };
}
