import { isUnderstood } from '../families/auto-scaling-group/scheduled-action.ts';
import { modelled, real, type TypeFidelity } from '../families/contract/fidelity.ts';
import { words } from '../words.ts';

const otherTimes = {
  fidelity: 'modelled' as const,
  how: words('Read only: its times are not understood here.', '읽기만 합니다. 시각 표현을 해석하지 못했습니다.'),
};

export const fidelityOfServers: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::Instance': real(
    words(
      'Namespaces with a root of their own that boot the template’s user data.',
      '자기 루트를 갖고 템플릿의 사용자 데이터로 부팅하는 네임스페이스입니다.',
    ),
    {
      acts: 'SubnetId AvailabilityZone SecurityGroupIds SecurityGroups NetworkInterfaces PrivateIpAddress SourceDestCheck UserData IamInstanceProfile LaunchTemplate MetadataOptions',
      modelled: 'ImageId InstanceType BlockDeviceMappings KeyName Monitoring EbsOptimized CreditSpecification Tenancy',
    },
  ),
  'AWS::EC2::LaunchTemplate': real(
    words('What instances of a group start with.', '그룹의 인스턴스가 시작할 때 쓰는 설정입니다.'),
    {
      acts: 'LaunchTemplateData',
      modelled: 'LaunchTemplateName VersionDescription TagSpecifications',
    },
  ),
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
      acts: 'UserData IamInstanceProfile SecurityGroups AssociatePublicIpAddress MetadataOptions',
      modelled:
        'ImageId InstanceType KeyName BlockDeviceMappings EbsOptimized InstanceMonitoring LaunchConfigurationName PlacementTenancy SpotPrice',
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
  'AWS::EC2::Volume': modelled(
    words(
      'Priced only; an instance’s disk is its copy-on-write layer.',
      '요금만 계산합니다. 인스턴스 디스크는 쓰기 시 복사 계층입니다.',
    ),
  ),
  'AWS::EC2::VolumeAttachment': modelled(words('Read only.', '읽기만 합니다.')),
  'AWS::EC2::KeyPair': modelled(
    words(
      'Read only: instances are entered with terrace exec.',
      '읽기만 합니다. 인스턴스에는 terrace exec로 들어갑니다.',
    ),
  ),
  'AWS::EC2::PlacementGroup': modelled(words('Read only.', '읽기만 합니다.')),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': real(
    words('HAProxy in a namespace for each zone.', '영역마다 네임스페이스 속에서 도는 HAProxy입니다.'),
    {
      acts: 'Scheme Subnets SubnetMappings SecurityGroups Type LoadBalancerAttributes Name',
      modelled: 'IpAddressType MinimumLoadBalancerCapacity',
    },
  ),
  'AWS::ElasticLoadBalancingV2::TargetGroup': real(
    words(
      'A backend of HAProxy, with health checks over the fabric.',
      '패브릭을 지나는 상태 검사를 갖춘 HAProxy 백엔드입니다.',
    ),
    {
      acts: 'Port Protocol VpcId TargetType Targets HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort HealthCheckProtocol HealthCheckTimeoutSeconds HealthyThresholdCount UnhealthyThresholdCount Matcher TargetGroupAttributes Name',
      modelled: 'IpAddressType ProtocolVersion',
    },
  ),
  'AWS::ElasticLoadBalancingV2::Listener': real(
    words(
      'A frontend of HAProxy; where a network balancer shows clients to its targets, a rule of nftables. Of its attributes tcp.idle_timeout.seconds acts.',
      'HAProxy 프런트엔드이며, 네트워크 로드 밸런서가 클라이언트 주소를 보존하면 nftables 규칙입니다. 속성 중에서는 tcp.idle_timeout.seconds가 동작합니다.',
    ),
    {
      acts: 'LoadBalancerArn Port Protocol DefaultActions Certificates ListenerAttributes',
      modelled: 'SslPolicy AlpnPolicy MutualAuthentication',
    },
  ),
  'AWS::ElasticLoadBalancingV2::ListenerRule': real(
    words('A rule of a frontend of HAProxy.', 'HAProxy 프런트엔드의 규칙입니다.'),
    {
      acts: 'ListenerArn Priority Conditions Actions',
    },
  ),
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': real(
    words('A further certificate of its listener.', '리스너의 추가 인증서입니다.'),
    { acts: 'ListenerArn Certificates' },
  ),
  'AWS::ElasticLoadBalancing::LoadBalancer': real(
    words(
      'A network namespace in each zone with HAProxy in it: listeners, health check, cookies, draining, the PROXY protocol.',
      '영역마다 HAProxy가 있는 네트워크 네임스페이스입니다. 리스너, 상태 확인, 쿠키, 연결 드레이닝, PROXY 프로토콜이 동작합니다.',
    ),
    {
      acts: 'AvailabilityZones Subnets Scheme SecurityGroups Listeners HealthCheck Instances LBCookieStickinessPolicy AppCookieStickinessPolicy ConnectionDrainingPolicy ConnectionSettings CrossZone Policies LoadBalancerName',
    },
  ),
};
