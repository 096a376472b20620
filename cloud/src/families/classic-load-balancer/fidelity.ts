import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
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
