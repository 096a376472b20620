import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::RouteTable': real(words('A routing table of the kernel.', '커널의 라우팅 테이블입니다.'), {
    acts: 'VpcId',
  }),
  'AWS::EC2::Route': real(words('A route of the kernel.', '커널의 경로입니다.'), {
    acts: 'RouteTableId DestinationCidrBlock DestinationPrefixListId GatewayId NatGatewayId VpcPeeringConnectionId NetworkInterfaceId InstanceId VpcEndpointId',
  }),
  'AWS::EC2::SubnetRouteTableAssociation': real(
    words('Decides which table a subnet’s packets are routed by.', '서브넷의 패킷이 어느 테이블을 따를지 정합니다.'),
    { acts: 'SubnetId RouteTableId' },
  ),
};
