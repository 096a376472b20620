import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': real(
    words('HAProxy in a namespace for each zone.', '영역마다 네임스페이스 속에서 도는 HAProxy입니다.'),
    {
      acts: 'Scheme Subnets SubnetMappings SecurityGroups Type IpAddressType LoadBalancerAttributes Name',
      modelled: 'MinimumLoadBalancerCapacity',
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
};
