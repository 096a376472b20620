import { number, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { exclusive, length, needed, oneOf, range } from '../contract/rows.ts';
import { type Fault, isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';

const types = ['AWS::AutoScaling::AutoScalingGroup'];
const scheduled = ['AWS::AutoScaling::ScheduledAction'];
const policies = ['AWS::AutoScaling::ScalingPolicy'];
const hooks = ['AWS::AutoScaling::LifecycleHook'];
const page = 'autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html';
const policyPage = 'autoscaling/ec2/APIReference/API_PutScalingPolicy.html';
const hookPage = 'autoscaling/ec2/APIReference/API_PutLifecycleHook.html';
const launches = ['LaunchTemplate', 'LaunchConfigurationName', 'MixedInstancesPolicy', 'InstanceId'];
const policyType = (properties: Parameters<typeof text>[0]) => text(properties, 'PolicyType') ?? 'SimpleScaling';

/** What AWS refuses of Auto Scaling groups, their policies, schedules and hooks. */
export const rules: readonly Rule[] = [
  length({ types, path: 'AutoScalingGroupName', most: 255, page }),
  needed({
    types,
    paths: launches,
    page,
    aws: 'Valid requests must contain either launchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
  }),
  exclusive({ types, paths: launches, page }),
  exclusive({ types, paths: ['LaunchTemplate.LaunchTemplateId', 'LaunchTemplate.LaunchTemplateName'], page }),
  needed({
    types,
    paths: ['VPCZoneIdentifier', 'AvailabilityZones', 'AvailabilityZoneIds'],
    when: ({ properties }) => !isStated(properties, 'InstanceId'),
    page,
    aws: 'At least one Availability Zone or VPC Subnet is required.',
  }),
  ...['MinSize', 'MaxSize', 'DesiredCapacity'].map((path) => range({ types, path, from: 0, to: 1_000_000, page })),
  {
    code: 'SIZES',
    types: [...types, ...scheduled],
    page,
    what: words('MinSize ≤ DesiredCapacity ≤ MaxSize.', 'MinSize ≤ DesiredCapacity ≤ MaxSize여야 합니다.'),
    check: ({ properties }): Fault[] => {
      const [least, most, wanted] = [
        number(properties, 'MinSize'),
        number(properties, 'MaxSize'),
        number(properties, 'DesiredCapacity'),
      ];
      const next = words(
        'Write MinSize ≤ DesiredCapacity ≤ MaxSize.',
        'MinSize ≤ DesiredCapacity ≤ MaxSize가 되게 쓰세요.',
      );
      if (least !== undefined && most !== undefined && least > most)
        return [
          {
            at: ['MaxSize'],
            cause: words(
              `MaxSize ${most} is below MinSize ${least}.`,
              `MaxSize ${most}{이/가} MinSize ${least}보다 작습니다.`,
            ),
            next,
            aws: `Max bound, ${most}, must be greater than or equal to min bound, ${least}`,
          },
        ];
      if (wanted === undefined || (wanted >= (least ?? wanted) && wanted <= (most ?? wanted))) return [];
      return [
        {
          at: ['DesiredCapacity'],
          cause: words(
            `DesiredCapacity ${wanted} is not within ${least ?? 0} to ${most ?? '…'}.`,
            `DesiredCapacity ${wanted}{이/가} ${least ?? 0}~${most ?? '…'} 밖입니다.`,
          ),
          next,
          aws: `Desired capacity:${wanted} must be between the specified min size:${least} and max size:${most}`,
        },
      ];
    },
  },
  {
    code: 'WRONG_VALUE',
    types,
    page,
    what: words(
      'HealthCheckType: EC2, EBS, ELB and VPC_LATTICE, by commas.',
      'HealthCheckType: EC2, EBS, ELB, VPC_LATTICE를 쉼표로 씁니다.',
    ),
    check: ({ properties }) => {
      const wrong = texts(properties, 'HealthCheckType').find(
        (each) => isKnown(each) && !['EC2', 'EBS', 'ELB', 'VPC_LATTICE'].includes(each),
      );
      if (wrong === undefined) return [];
      return [
        {
          at: ['HealthCheckType'],
          cause: words(`"${wrong}" is not a HealthCheckType.`, `"${wrong}"{은/는} HealthCheckType이 아닙니다.`),
          next: words('Write EC2 or ELB.', 'EC2나 ELB를 쓰세요.'),
        },
      ];
    },
  },
  range({
    types,
    path: 'MaxInstanceLifetime',
    from: 86_400,
    to: 31_536_000,
    when: ({ properties }) => number(properties, 'MaxInstanceLifetime') !== 0,
    page,
  }),
  range({ types, path: 'InstanceMaintenancePolicy.MinHealthyPercentage', from: -1, to: 100, page }),
  range({ types, path: 'InstanceMaintenancePolicy.MaxHealthyPercentage', from: -1, to: 200, page }),
  oneOf({
    types,
    path: 'TerminationPolicies.*',
    values: [
      'Default',
      'AllocationStrategy',
      'OldestLaunchTemplate',
      'OldestLaunchConfiguration',
      'ClosestToNextInstanceHour',
      'NewestInstance',
      'OldestInstance',
    ],
    when: ({ properties }) => !texts(properties, 'TerminationPolicies').some((each) => each.startsWith('arn:')),
    page,
  }),
  oneOf({
    types,
    path: 'MetricsCollection.*.Granularity',
    values: ['1Minute'],
    page: 'autoscaling/ec2/APIReference/API_EnableMetricsCollection.html',
  }),
  {
    code: 'TARGET_TYPE',
    types,
    page: 'autoscaling/ec2/userguide/getting-started-elastic-load-balancing.html',
    what: words(
      'A group registers its instances with target groups for instances, of its VPC.',
      '그룹의 대상 그룹은 대상 유형이 instance이고 같은 VPC에 있어야 합니다.',
    ),
    check: ({ properties }, estate) =>
      valuesAt(properties, 'TargetGroupARNs.*').flatMap(([at, id]): Fault[] => {
        const group = estate.find(id);
        if (group?.type !== 'AWS::ElasticLoadBalancingV2::TargetGroup') return [];
        const type = text(group.properties, 'TargetType') ?? 'instance';
        if (type !== 'instance')
          return [
            {
              at,
              cause: words(
                `${group.logicalId} is for targets of the type ${type}.`,
                `${group.logicalId}의 대상 유형은 ${type}입니다.`,
              ),
              next: words('Use a target group of the type instance.', '대상 유형이 instance인 대상 그룹을 쓰세요.'),
            },
          ];
        const homes = texts(properties, 'VPCZoneIdentifier').map((each) => estate.find(each)?.properties.VpcId);
        const vpc = estate.find(group.properties.VpcId);
        if (!vpc || homes.length === 0 || homes.some((each) => each === undefined || each === vpc.physicalId))
          return [];
        return [
          {
            at,
            cause: words(
              `${group.logicalId} belongs to ${vpc.logicalId}, and the group's subnets to another VPC.`,
              `${group.logicalId}{은/는} ${vpc.logicalId}에 있는데 그룹의 서브넷은 다른 VPC에 있습니다.`,
            ),
            next: words('Use a target group of the same VPC.', '같은 VPC의 대상 그룹을 쓰세요.'),
          },
        ];
      }),
  },
  needed({
    types: scheduled,
    paths: ['MinSize', 'MaxSize', 'DesiredCapacity'],
    page: 'autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html',
    aws: 'At least one of MinSize, MaxSize or DesiredCapacity must be specified',
  }),
  needed({
    types: scheduled,
    paths: ['Recurrence', 'StartTime'],
    page: 'autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html',
  }),
  oneOf({
    types: policies,
    path: 'PolicyType',
    values: ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'],
    page: policyPage,
  }),
  oneOf({
    types: policies,
    path: 'AdjustmentType',
    values: ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'],
    page: policyPage,
  }),
  needed({
    types: policies,
    paths: ['TargetTrackingConfiguration'],
    said: words('Target tracking', '대상 추적'),
    when: ({ properties }) => policyType(properties) === 'TargetTrackingScaling',
    page: policyPage,
  }),
  needed({
    types: policies,
    paths: ['StepAdjustments'],
    said: words('Step scaling', '단계 조정'),
    when: ({ properties }) => policyType(properties) === 'StepScaling',
    page: policyPage,
  }),
  needed({
    types: policies,
    paths: ['PredictiveScalingConfiguration'],
    said: words('Predictive scaling', '예측 조정'),
    when: ({ properties }) => policyType(properties) === 'PredictiveScaling',
    page: policyPage,
  }),
  needed({
    types: policies,
    paths: ['ScalingAdjustment'],
    said: words('Simple scaling', '단순 조정'),
    when: ({ properties }) => policyType(properties) === 'SimpleScaling',
    page: policyPage,
  }),
  needed({
    types: policies,
    paths: ['AdjustmentType'],
    said: words('Simple and step scaling', '단순 조정과 단계 조정'),
    when: ({ properties }) => ['SimpleScaling', 'StepScaling'].includes(policyType(properties)),
    page: policyPage,
  }),
  exclusive({ types: policies, paths: ['ScalingAdjustment', 'StepAdjustments'], page: policyPage }),
  exclusive({
    types: policies,
    paths: [
      'TargetTrackingConfiguration.PredefinedMetricSpecification',
      'TargetTrackingConfiguration.CustomizedMetricSpecification',
    ],
    page: policyPage,
  }),
  needed({
    types: policies,
    paths: ['TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel'],
    said: words('ALBRequestCountPerTarget', 'ALBRequestCountPerTarget'),
    when: ({ properties }) =>
      valuesAt(properties, 'TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType').some(
        ([, each]) => each === 'ALBRequestCountPerTarget',
      ),
    at: ['TargetTrackingConfiguration', 'PredefinedMetricSpecification'],
    page: 'autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html',
  }),
  oneOf({
    types: policies,
    path: 'TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType',
    values: ['ASGAverageCPUUtilization', 'ASGAverageNetworkIn', 'ASGAverageNetworkOut', 'ALBRequestCountPerTarget'],
    page: 'autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html',
  }),
  oneOf({
    types: hooks,
    path: 'LifecycleTransition',
    values: ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'],
    page: hookPage,
  }),
  oneOf({ types: hooks, path: 'DefaultResult', values: ['CONTINUE', 'ABANDON'], page: hookPage }),
  range({ types: hooks, path: 'HeartbeatTimeout', from: 30, to: 7200, page: hookPage }),
  length({ types: hooks, path: 'LifecycleHookName', most: 255, page: hookPage }),
  length({ types: hooks, path: 'NotificationMetadata', most: 1023, code: 'TOO_LONG', page: hookPage }),
];
