import { words } from '../../words.ts';
import { modelled, readOnly, real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::VPC': real(words('A router in a network namespace.', '네트워크 네임스페이스 속의 라우터입니다.'), {
    acts: 'CidrBlock EnableDnsSupport EnableDnsHostnames',
    modelled: 'InstanceTenancy',
  }),
  'AWS::EC2::VPCCidrBlock': real(words('A further range of the VPC’s router.', 'VPC 라우터의 추가 대역입니다.'), {
    acts: 'VpcId CidrBlock AmazonProvidedIpv6CidrBlock Ipv6CidrBlock',
    modelled: 'Ipv6Pool Ipv6CidrBlockNetworkBorderGroup Ipv6IpamPoolId Ipv6NetmaskLength',
  }),
  'AWS::EC2::DHCPOptions': modelled(
    words('Read, not handed out: instances use the VPC’s resolver.', '읽기만 하며 인스턴스는 VPC 리졸버를 씁니다.'),
  ),
  'AWS::EC2::VPCDHCPOptionsAssociation': modelled(readOnly),
};
