import type { JsonObject } from '../../json.ts';
import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::Subnet': real(
    words('Interfaces that share a route table and an ACL.', '라우팅 테이블과 ACL을 함께 쓰는 인터페이스들입니다.'),
    {
      acts: 'VpcId CidrBlock AvailabilityZone AvailabilityZoneId MapPublicIpOnLaunch Ipv6CidrBlock AssignIpv6AddressOnCreation',
    },
    onlyIpv6,
  ),
  'AWS::EC2::SubnetCidrBlock': real(words('The IPv6 range of its subnet.', '서브넷의 IPv6 CIDR 블록입니다.'), {
    acts: 'SubnetId Ipv6CidrBlock',
  }),
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html#subnet-ip-address-range */
function onlyIpv6({ Ipv6Native: native }: JsonObject): ReturnType<NonNullable<TypeFidelity['unless']>> {
  if (String(native) !== 'true') return undefined;
  return {
    fidelity: 'modelled',
    how: words('A subnet of IPv6 alone is not carried out here.', 'IPv6 전용 서브넷은 여기서 실행하지 않습니다.'),
  };
}
