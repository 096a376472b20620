import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';
import { whyInactive } from './scaling-policy.ts';
import { isUnderstood } from './scheduled-action.ts';

const otherTimes = {
  fidelity: 'modelled' as const,
  how: words('Read only: its times are not understood here.', '읽기만 합니다. 시각 표현을 해석하지 못했습니다.'),
};

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::AutoScaling::AutoScalingGroup': real(
    words(
      'Launches its desired capacity, level over its zones, and replaces a member that stops or, where its health check type says so, that a load balancer finds unhealthy.',
      '원하는 용량만큼 영역에 고르게 시작하고, 멈춘 인스턴스를 교체합니다. 상태 검사 유형이 ELB이면 로드 밸런서가 비정상으로 판정한 인스턴스도 교체합니다.',
    ),
    {
      acts: 'VPCZoneIdentifier AvailabilityZones AvailabilityZoneIds LaunchTemplate LaunchConfigurationName MinSize DesiredCapacity TargetGroupARNs LoadBalancerNames HealthCheckType HealthCheckGracePeriod MetricsCollection NotificationConfigurations NotificationConfiguration AutoScalingGroupName MaxSize Cooldown DefaultInstanceWarmup TerminationPolicies NewInstancesProtectedFromScaleIn',
      modelled: 'MixedInstancesPolicy',
    },
  ),
  'AWS::AutoScaling::LaunchConfiguration': real(
    words('What instances of a group start with.', '그룹의 인스턴스가 시작할 때 쓰는 설정입니다.'),
    {
      acts: 'UserData IamInstanceProfile SecurityGroups AssociatePublicIpAddress MetadataOptions InstanceMonitoring',
      modelled:
        'ImageId InstanceType KeyName BlockDeviceMappings EbsOptimized LaunchConfigurationName PlacementTenancy SpotPrice',
    },
  ),
  'AWS::AutoScaling::ScalingPolicy': real(
    words(
      'Changes its group’s desired capacity when an alarm invokes it; target tracking makes its own alarms.',
      '경보가 호출하면 그룹의 원하는 용량을 바꿉니다. 대상 추적 정책의 경보는 자동으로 만듭니다.',
    ),
    {
      acts: 'AutoScalingGroupName PolicyType AdjustmentType ScalingAdjustment MinAdjustmentMagnitude Cooldown StepAdjustments EstimatedInstanceWarmup TargetTrackingConfiguration',
      modelled: 'MetricAggregationType PredictiveScalingConfiguration',
    },
    (properties) => {
      const how = whyInactive(properties);
      return how ? { fidelity: 'modelled', how } : undefined;
    },
  ),
  'AWS::AutoScaling::ScheduledAction': real(
    words(
      'Changes its group’s sizes at its times, by the region’s clock.',
      '로컬 리전의 시계로 정한 시각에 그룹의 크기를 바꿉니다.',
    ),
    { acts: 'AutoScalingGroupName MinSize MaxSize DesiredCapacity Recurrence TimeZone StartTime EndTime' },
    (properties) => (isUnderstood(properties) ? undefined : otherTimes),
  ),
};
