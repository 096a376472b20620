import type { JsonObject } from '../../json.ts';
import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::RouteTable': real(words('A routing table of the kernel.', '커널의 라우팅 테이블입니다.'), {
    acts: 'VpcId',
  }),
  'AWS::EC2::Route': real(
    words('A route of the kernel.', '커널의 경로입니다.'),
    {
      acts: 'RouteTableId DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId GatewayId EgressOnlyInternetGatewayId NatGatewayId VpcPeeringConnectionId NetworkInterfaceId InstanceId VpcEndpointId',
    },
    notTranslated,
  ),
  'AWS::EC2::SubnetRouteTableAssociation': real(
    words('Decides which table a subnet’s packets are routed by.', '서브넷의 패킷이 어느 테이블을 따를지 정합니다.'),
    { acts: 'SubnetId RouteTableId' },
  ),
};

/** NAT64. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html */
function notTranslated(properties: JsonObject): ReturnType<NonNullable<TypeFidelity['unless']>> {
  if (properties.DestinationIpv6CidrBlock === undefined || properties.NatGatewayId === undefined) return undefined;
  return {
    fidelity: 'modelled',
    how: words(
      'A NAT gateway translates no IPv6 here (NAT64): packets are dropped.',
      '여기서는 NAT 게이트웨이가 IPv6를 변환하지 않아(NAT64) 패킷이 버려집니다.',
    ),
  };
}
