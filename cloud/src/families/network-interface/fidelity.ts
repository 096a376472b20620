import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::NetworkInterface': real(words('A veth pair into the instance.', '인스턴스로 들어가는 veth 쌍입니다.'), {
    acts: 'SubnetId GroupSet PrivateIpAddress PrivateIpAddresses Ipv6Addresses Ipv6AddressCount SourceDestCheck ConnectionTrackingSpecification',
  }),
  'AWS::EC2::NetworkInterfaceAttachment': real(
    words('Puts an interface to an instance.', '인터페이스를 인스턴스에 붙입니다.'),
    {
      acts: 'InstanceId NetworkInterfaceId DeviceIndex',
      modelled: 'DeleteOnTermination',
    },
  ),
};
