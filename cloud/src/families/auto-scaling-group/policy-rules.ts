import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { number, objects, text } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { notEmpty, refused, refusedItem } from '../contract/refused.ts';
import { exclusive, needed, notFor, oneOf } from '../contract/rows.ts';
import { isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const policies = ['AWS::AutoScaling::ScalingPolicy'];
const page = 'autoscaling/ec2/APIReference/API_PutScalingPolicy.html';
const stepPage = 'autoscaling/ec2/userguide/as-scaling-simple-step.html';
const predefined = 'TargetTrackingConfiguration.PredefinedMetricSpecification';

const typeOf = ({ properties }: Pick<Resource, 'properties'>) =>
  isKnown(properties.PolicyType ?? null) ? (text(properties, 'PolicyType') ?? 'SimpleScaling') : 'unknown';

/** Properties of one or two types of policies, and what to call the others. */
const only: readonly (readonly [path: string, types: readonly string[], others: Words])[] = [
  ['AdjustmentType', ['SimpleScaling', 'StepScaling'], words('target tracking', '대상 추적')],
  ['Cooldown', ['SimpleScaling'], words('a policy that is not simple scaling', '단순 조정이 아닌 정책')],
  ['MetricAggregationType', ['StepScaling'], words('a policy that is not step scaling', '단계 조정이 아닌 정책')],
  ['StepAdjustments', ['StepScaling'], words('a policy that is not step scaling', '단계 조정이 아닌 정책')],
  ['ScalingAdjustment', ['SimpleScaling'], words('a policy that is not simple scaling', '단순 조정이 아닌 정책')],
  ['EstimatedInstanceWarmup', ['StepScaling', 'TargetTrackingScaling'], words('simple scaling', '단순 조정')],
  [
    'TargetTrackingConfiguration',
    ['TargetTrackingScaling'],
    words('a policy that is not target tracking', '대상 추적이 아닌 정책'),
  ],
];

/** What AWS refuses of scaling policies. */
export const policyRules: readonly Rule[] = [
  oneOf({
    types: policies,
    path: 'PolicyType',
    values: ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'],
    page,
  }),
  oneOf({
    types: policies,
    path: 'AdjustmentType',
    values: ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'],
    page,
  }),
  oneOf({ types: policies, path: 'MetricAggregationType', values: ['Minimum', 'Maximum', 'Average'], page }),
  ...(
    [
      ['TargetTrackingConfiguration', 'TargetTrackingScaling', words('Target tracking', '대상 추적')],
      ['StepAdjustments', 'StepScaling', words('Step scaling', '단계 조정')],
      ['PredictiveScalingConfiguration', 'PredictiveScaling', words('Predictive scaling', '예측 조정')],
      ['ScalingAdjustment', 'SimpleScaling', words('Simple scaling', '단순 조정')],
    ] as const
  ).map(([path, type, said]) =>
    needed({ types: policies, paths: [path], said, when: (resource) => typeOf(resource) === type, page }),
  ),
  needed({
    types: policies,
    paths: ['AdjustmentType'],
    said: words('Simple and step scaling', '단순 조정과 단계 조정'),
    when: (resource) => ['SimpleScaling', 'StepScaling'].includes(typeOf(resource)),
    page,
  }),
  exclusive({ types: policies, paths: ['ScalingAdjustment', 'StepAdjustments'], page }),
  ...only.map(([path, types, kind]) =>
    notFor({
      types: policies,
      path,
      kind,
      when: (resource) =>
        ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling'].includes(typeOf(resource)) &&
        !types.includes(typeOf(resource)) &&
        isWhole(resource),
      page,
    }),
  ),
  refused({
    code: 'NOT_FOR_THIS_KIND',
    types: policies,
    page,
    what: words(
      'MinAdjustmentMagnitude is for PercentChangeInCapacity.',
      'MinAdjustmentMagnitude는 PercentChangeInCapacity에만 씁니다.',
    ),
    where: ({ properties }) =>
      ['ChangeInCapacity', 'ExactCapacity'].includes(text(properties, 'AdjustmentType') ?? '')
        ? ['MinAdjustmentMagnitude', 'MinAdjustmentStep'].filter((each) => isStated(properties, each))
        : [],
  }),
  exclusive({
    types: policies,
    paths: [predefined, 'TargetTrackingConfiguration.CustomizedMetricSpecification'],
    page,
  }),
  needed({
    types: policies,
    paths: [predefined, 'TargetTrackingConfiguration.CustomizedMetricSpecification'],
    said: words('Target tracking', '대상 추적'),
    when: ({ properties }) => isStated(properties, 'TargetTrackingConfiguration'),
    at: ['TargetTrackingConfiguration'],
    page: 'autoscaling/ec2/APIReference/API_TargetTrackingConfiguration.html',
  }),
  needed({
    types: policies,
    paths: [`${predefined}.ResourceLabel`],
    said: words('ALBRequestCountPerTarget', 'ALBRequestCountPerTarget'),
    when: ({ properties }) =>
      valuesAt(properties, `${predefined}.PredefinedMetricType`).some(
        ([, each]) => each === 'ALBRequestCountPerTarget',
      ),
    at: predefined.split('.'),
    page: 'autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html',
  }),
  oneOf({
    types: policies,
    path: `${predefined}.PredefinedMetricType`,
    values: ['ASGAverageCPUUtilization', 'ASGAverageNetworkIn', 'ASGAverageNetworkOut', 'ALBRequestCountPerTarget'],
    page: 'autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html',
  }),
  refusedItem({
    code: 'STEPS',
    types: policies,
    list: 'StepAdjustments',
    page: stepPage,
    what: words(
      'A step has one bound at least, and its upper bound is above the lower one.',
      '단계에는 경계가 하나 이상 있고 위 경계가 아래 경계보다 커야 합니다.',
    ),
    where: (step) => {
      const [from, to] = bounds(step);
      return from < to && (from !== Number.NEGATIVE_INFINITY || to !== Number.POSITIVE_INFINITY) ? [] : [''];
    },
  }),
  refused({
    code: 'STEPS',
    types: policies,
    page: stepPage,
    what: words(
      'Steps leave no gap and do not overlap; the outermost above and below the threshold has no outer bound.',
      '단계 사이에 틈이나 겹침이 없어야 하고, 임계값 위아래의 가장 바깥 단계에는 바깥 경계를 쓰지 않습니다.',
    ),
    where: ({ properties }) => {
      const steps = objects(properties, 'StepAdjustments');
      if (steps.length === 0 || !isKnown(properties.StepAdjustments)) return [];
      const ranges = steps.map(bounds).sort(([a], [b]) => a - b);
      if (ranges.some(([from, to]) => from >= to)) return [];
      const joined = ranges.every(([from], index) => index === 0 || ranges[index - 1]?.[1] === from);
      const [first, last] = [ranges[0] as Bounds, ranges.at(-1) as Bounds];
      const open =
        (first[0] === Number.NEGATIVE_INFINITY || first[0] >= 0) &&
        (last[1] === Number.POSITIVE_INFINITY || last[1] <= 0);
      return joined && open ? [] : ['StepAdjustments'];
    },
  }),
  notEmpty({ types: policies, paths: ['StepAdjustments'], page }),
];

type Bounds = readonly [from: number, to: number];

function bounds(step: JsonObject): Bounds {
  return [
    number(step, 'MetricIntervalLowerBound') ?? Number.NEGATIVE_INFINITY,
    number(step, 'MetricIntervalUpperBound') ?? Number.POSITIVE_INFINITY,
  ];
}

/** Whether a policy has what its type needs: a policy without it is of the wrong type, and what it has follows from that. */
function isWhole(resource: Resource): boolean {
  const needs = {
    SimpleScaling: 'ScalingAdjustment',
    StepScaling: 'StepAdjustments',
    TargetTrackingScaling: 'TargetTrackingConfiguration',
  };
  return isStated(resource.properties, needs[typeOf(resource) as keyof typeof needs]);
}
