import { isTimeZone, unixCron } from '../../cron.ts';
import { number, object, text, texts } from '../../property.ts';
import { words } from '../../words.ts';
import { refused } from '../contract/refused.ts';
import { exclusive, form, length, needed, oneOf, range } from '../contract/rows.ts';
import { type Fault, isKnown, isStated, type Rule, valuesAt } from '../contract/rule.ts';
import { withoutImage } from '../instance/option-rules.ts';
import { mixedRules } from './mixed-rules.ts';
import { policyRules } from './policy-rules.ts';

const types = ['AWS::AutoScaling::AutoScalingGroup'];
const scheduled = ['AWS::AutoScaling::ScheduledAction'];
const hooks = ['AWS::AutoScaling::LifecycleHook'];
const page = 'autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html';
const specificationPage = 'autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html';
const maintenancePage = 'autoscaling/ec2/APIReference/API_InstanceMaintenancePolicy.html';
const schedulePage = 'autoscaling/ec2/APIReference/API_PutScheduledUpdateGroupAction.html';
const hookPage = 'autoscaling/ec2/APIReference/API_PutLifecycleHook.html';
const launches = ['LaunchTemplate', 'LaunchConfigurationName', 'MixedInstancesPolicy', 'InstanceId'];
const metrics = [
  ...['MinSize', 'MaxSize', 'DesiredCapacity', 'InServiceInstances', 'PendingInstances', 'StandbyInstances'],
  ...['TerminatingInstances', 'TotalInstances', 'InServiceCapacity', 'PendingCapacity', 'StandbyCapacity'],
  ...['TerminatingCapacity', 'TotalCapacity'],
]
  .map((each) => `Group${each}`)
  .concat(
    ['DesiredCapacity', 'WarmedCapacity', 'PendingCapacity', 'TerminatingCapacity', 'TotalCapacity'].map(
      (each) => `WarmPool${each}`,
    ),
    ['GroupAndWarmPoolDesiredCapacity', 'GroupAndWarmPoolTotalCapacity'],
  );

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
  form({
    types,
    path: 'AutoScalingGroupName',
    pattern: /^[^:]*$/,
    said: words('a name has no colon', '이름에는 콜론을 쓸 수 없습니다.'),
    page,
  }),
  refused({
    code: 'OTHER_ZONE',
    types,
    page,
    what: words('Subnets reside in the zones that are stated.', '서브넷은 지정한 가용 영역에 있어야 합니다.'),
    where: ({ properties }, estate) => {
      const zones = texts(properties, 'AvailabilityZones');
      if (zones.length === 0 || !isKnown(properties.AvailabilityZones)) return [];
      const homes = texts(properties, 'VPCZoneIdentifier').map(
        (each) => estate.find(each)?.properties.AvailabilityZone,
      );
      if (homes.length === 0 || homes.some((each) => typeof each !== 'string' || !isKnown(each))) return [];
      return zones.flatMap((zone, index) => (homes.includes(zone) ? [] : [`AvailabilityZones.${index}`]));
    },
    aws: 'The availability zones of the specified subnets and the Auto Scaling group do not match',
  }),
  ...['HealthCheckGracePeriod', 'Cooldown'].map((path) => range({ types, path, from: 0, to: 2_147_483_647, page })),
  form({
    types,
    path: 'LaunchTemplate.LaunchTemplateId',
    code: 'WRONG_IDENTIFIER',
    pattern: /^lt-/,
    said: words('an identifier is written as lt-0123456789abcdef0', 'ID는 lt-0123456789abcdef0처럼 씁니다.'),
    page: specificationPage,
    aws: (id) => `Invalid launch template id: ${id}`,
  }),
  form({
    types,
    path: 'LaunchTemplate.Version',
    code: 'WRONG_FORM',
    pattern: /^(\d+|\$Latest|\$Default)$/,
    said: words('a version is a number, $Latest or $Default', '버전은 숫자, $Latest, $Default입니다.'),
    page: specificationPage,
  }),
  form({
    types,
    path: 'TargetGroupARNs.*',
    code: 'WRONG_FORM',
    pattern: /^arn:/,
    said: words('a target group is named by its ARN', '대상 그룹은 ARN으로 지정합니다.'),
    page,
    aws: (id) => `Provided Target Groups may not be valid. ${id}`,
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
  refused({
    code: 'MISSING_COMPANION',
    types,
    page: maintenancePage,
    what: words(
      'Both percentages of healthy instances are stated, at most 100 apart.',
      '정상 인스턴스 비율은 최소와 최대를 함께 쓰며 차이가 100을 넘지 않습니다.',
    ),
    where: ({ properties }) => {
      const policy = object(properties, 'InstanceMaintenancePolicy');
      const [least, most] = [number(policy, 'MinHealthyPercentage'), number(policy, 'MaxHealthyPercentage')];
      if (isStated(policy, 'MinHealthyPercentage') !== isStated(policy, 'MaxHealthyPercentage'))
        return ['InstanceMaintenancePolicy'];
      if (least === undefined || most === undefined || least < 0 || most > 200) return [];
      return most - least > 100 ? ['InstanceMaintenancePolicy.MaxHealthyPercentage'] : [];
    },
  }),
  oneOf({
    types,
    path: 'MetricsCollection.*.Metrics.*',
    values: metrics,
    page: 'autoscaling/ec2/APIReference/API_EnableMetricsCollection.html',
  }),
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
  form({
    types: scheduled,
    path: 'StartTime',
    code: 'WRONG_FORM',
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/,
    said: words('a time is written as 2027-01-01T00:00:00Z', '시각은 2027-01-01T00:00:00Z처럼 씁니다.'),
    page: schedulePage,
  }),
  form({
    types: scheduled,
    path: 'EndTime',
    code: 'WRONG_FORM',
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/,
    said: words('a time is written as 2027-01-01T00:00:00Z', '시각은 2027-01-01T00:00:00Z처럼 씁니다.'),
    page: schedulePage,
  }),
  refused({
    code: 'END_BEFORE_START',
    types: scheduled,
    page: schedulePage,
    what: words('EndTime is later than StartTime.', 'EndTime은 StartTime보다 나중이어야 합니다.'),
    where: ({ properties }) => {
      const [start, end] = [
        Date.parse(text(properties, 'StartTime') ?? ''),
        Date.parse(text(properties, 'EndTime') ?? ''),
      ];
      return end <= start ? ['EndTime'] : [];
    },
  }),
  refused({
    code: 'WRONG_FORM',
    types: scheduled,
    page: schedulePage,
    what: words(
      'Recurrence has five fields of cron: minute, hour, day, month, day of the week, as in 0 18 * * MON-FRI.',
      'Recurrence는 cron의 다섯 필드(분, 시, 일, 월, 요일)입니다. 예: 0 18 * * MON-FRI',
    ),
    where: ({ properties }) => {
      const stated = text(properties, 'Recurrence');
      return stated !== undefined && isKnown(stated) && unixCron(stated) === undefined ? ['Recurrence'] : [];
    },
  }),
  refused({
    code: 'WRONG_VALUE',
    types: scheduled,
    page: schedulePage,
    what: words('TimeZone is a name of IANA such as Asia/Seoul.', 'TimeZone은 Asia/Seoul 같은 IANA 이름입니다.'),
    where: ({ properties }) => {
      const zone = text(properties, 'TimeZone');
      return zone !== undefined && isKnown(zone) && !isTimeZone(zone) ? ['TimeZone'] : [];
    },
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
  refused({
    code: 'LAUNCH_INCOMPLETE',
    types,
    page: 'autoscaling/ec2/userguide/create-launch-template.html',
    what: words('A group’s launch template states an image.', '그룹의 시작 템플릿에는 이미지가 있어야 합니다.'),
    next: words('Add ImageId to its LaunchTemplateData.', 'LaunchTemplateData에 ImageId를 추가하세요.'),
    where: ({ properties }, estate) =>
      withoutImage(object(properties, 'LaunchTemplate'), estate) ? ['LaunchTemplate'] : [],
    aws: 'You must use a valid fully-formed launch template. The request must contain the parameter ImageId',
  }),
  ...policyRules,
  ...mixedRules,
  ...['MinSize', 'MaxSize', 'DesiredCapacity'].map((path) =>
    range({ types: scheduled, path, from: 0, to: 1_000_000, page: schedulePage }),
  ),
];
