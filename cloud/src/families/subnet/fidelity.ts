import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::Subnet': real(
    words('Interfaces that share a route table and an ACL.', '라우팅 테이블과 ACL을 함께 쓰는 인터페이스들입니다.'),
    {
      acts: 'VpcId CidrBlock AvailabilityZone AvailabilityZoneId MapPublicIpOnLaunch Ipv6CidrBlock AssignIpv6AddressOnCreation',
    },
  ),
  'AWS::EC2::SubnetCidrBlock': real(words('The IPv6 range of its subnet.', '서브넷의 IPv6 CIDR 블록입니다.'), {
    acts: 'SubnetId Ipv6CidrBlock',
  }),
};
