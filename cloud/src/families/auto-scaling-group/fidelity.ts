import { words } from '../../words.ts';
import { modelled, real, type TypeFidelity } from '../contract/fidelity.ts';
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
      acts: 'VPCZoneIdentifier AvailabilityZones AvailabilityZoneIds LaunchTemplate LaunchConfigurationName MinSize DesiredCapacity TargetGroupARNs LoadBalancerNames HealthCheckType HealthCheckGracePeriod MetricsCollection NotificationConfigurations NotificationConfiguration',
      modelled: 'AutoScalingGroupName MaxSize Cooldown DefaultInstanceWarmup TerminationPolicies MixedInstancesPolicy',
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
  'AWS::AutoScaling::ScalingPolicy': modelled(
    words('Read and shown; it does not act yet.', '읽고 보여 주지만 아직 동작하지 않습니다.'),
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
