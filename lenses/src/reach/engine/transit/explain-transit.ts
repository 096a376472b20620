import { type Words, words } from '@terrace/cloud/words';
import { addressName } from '../components.ts';
import type { Stop } from '../journey.ts';
import type { NetworkIndex } from '../network-index.ts';

/** Why a transit gateway does not carry a packet on. https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html */
export function transitWords(
  network: NetworkIndex,
  { code, name, zone, address }: Extract<Stop, { readonly gateway: string }>,
): { readonly cause: Words; readonly next: Words } {
  const to = addressName(network, address);
  switch (code) {
    case 'TGW_ROUTE_AZ_RESTRICTION':
      return {
        cause: words(
          `The attachment ${name} has no subnet in ${zone}, where the packet comes from.`,
          `연결 ${name}에 패킷이 나오는 ${zone}의 서브넷이 없습니다.`,
        ),
        next: words(`add a subnet of ${zone} to ${name}`, `${name}에 ${zone}의 서브넷을 추가하세요`),
      };
    case 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION':
      return {
        cause: words(
          `The attachment ${name} is associated with no route table of the transit gateway.`,
          `연결 ${name}에 Transit Gateway의 라우팅 테이블이 연결되지 않았습니다.`,
        ),
        next: words(
          'add an AWS::EC2::TransitGatewayRouteTableAssociation',
          'AWS::EC2::TransitGatewayRouteTableAssociation을 추가하세요',
        ),
      };
    case 'TGW_RTB_BAD_STATE_ROUTE':
      return {
        cause: words(`${name} has a blackhole for ${to}.`, `${name}에서 ${to} 경로는 블랙홀입니다.`),
        next: words('take the blackhole out, or state a longer prefix', '블랙홀을 빼거나 더 긴 접두사를 두세요'),
      };
    case 'TGW_RTB_CANNOT_ROUTE':
      return {
        cause: words(`${name} has no route to ${to}.`, `${name}에 ${to} 경로가 없습니다.`),
        next: words(
          'propagate the other attachment to this table, or add a static route',
          '상대 연결을 이 테이블에 전파하거나 정적 경로를 추가하세요',
        ),
      };
  }
}
