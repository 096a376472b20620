import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
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
};
