import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

const functions = words(
  'Not carried out: no function runs here, so the load balancer answers 503 for it.',
  '실행하지 않습니다. 여기서는 함수를 실행하지 않으므로 로드 밸런서가 503으로 응답합니다.',
);
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
    ({ TargetType: type }) => (type === 'lambda' ? { fidelity: 'ignored', how: functions } : undefined),
  ),
};
