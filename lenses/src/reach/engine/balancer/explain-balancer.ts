import { type Words, words } from '@terrace/cloud/words';
import { describeTraffic } from '../../traffic/traffic-set.ts';
import type { Stop } from '../journey.ts';

type BalancerStop = Extract<
  Stop,
  {
    readonly code:
      | 'SERVICE_TAKES_NO_CONNECTIONS'
      | 'NLB_HAIRPIN'
      | 'ELBV2_LISTENERS_MISMATCH'
      | 'ELBV2_LISTENER_HAS_NO_TG'
      | 'ELBV2_NO_TARGETS_IN_AZ';
  }
>;

/** Why a load balancer, or a service that only calls others, takes no connection. */
export function balancerWords(stop: BalancerStop): { readonly cause: Words; readonly next: Words } {
  const { name } = stop.interface;
  switch (stop.code) {
    case 'SERVICE_TAKES_NO_CONNECTIONS':
      return {
        cause: words(
          `${name} starts connections only; nothing can be started towards its network interface.`,
          `${name}{은/는} 연결을 시작하기만 하며, 그 네트워크 인터페이스로는 연결을 시작할 수 없습니다.`,
        ),
        next: words('call it by its own API', '그 서비스의 API로 호출하세요'),
      };
    case 'NLB_HAIRPIN':
      return {
        cause: words(
          `${name} asks ${stop.balancer.name}, which keeps its address and chooses ${name}: source and destination are the same.`,
          `${name}의 요청을 ${stop.balancer.name}{이/가} 주소를 유지한 채 ${name}에 전달하므로 소스와 대상 주소가 같아집니다.`,
        ),
        next: words(
          'set preserve_client_ip.enabled of the target group to false',
          '대상 그룹의 preserve_client_ip.enabled를 false로 바꾸세요',
        ),
      };
    case 'ELBV2_LISTENERS_MISMATCH':
      return {
        cause: words(
          `${name} listens for ${describeTraffic(stop.open)} only.`,
          `${name}의 리스너는 ${describeTraffic(stop.open, 'ko')}만 받습니다.`,
        ),
        next: words(
          `add a listener, or ask for ${describeTraffic(stop.open)}`,
          `리스너를 추가하거나 리스너가 받는 트래픽으로 다시 실행하세요: ${describeTraffic(stop.open, 'ko')}`,
        ),
      };
    case 'ELBV2_LISTENER_HAS_NO_TG':
      return {
        cause: words(
          `The listener of ${name} on port ${stop.port} has no target.`,
          `${name}의 포트 ${stop.port} 리스너에 대상이 없습니다.`,
        ),
        next: words('register a target in its target group', '대상 그룹에 대상을 등록하세요'),
      };
    case 'ELBV2_NO_TARGETS_IN_AZ':
      return {
        cause: words(
          `The listener of ${name} on port ${stop.port} has no target in the node's zone, and it does not cross zones.`,
          `${name}의 포트 ${stop.port} 리스너는 노드의 가용 영역에 대상이 없고, 교차 영역도 꺼져 있습니다.`,
        ),
        next: words(
          'register a target in that zone, or set load_balancing.cross_zone.enabled to true',
          '그 가용 영역에 대상을 등록하거나 load_balancing.cross_zone.enabled를 true로 바꾸세요',
        ),
      };
  }
}
