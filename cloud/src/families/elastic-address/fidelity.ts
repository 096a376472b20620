import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::EIP': real(words('A public address of the region’s internet.', '리전 인터넷의 공인 주소입니다.'), {
    acts: 'InstanceId Domain',
  }),
  'AWS::EC2::EIPAssociation': real(
    words('Gives a public address to an interface.', '공인 주소를 인터페이스에 연결합니다.'),
    {
      acts: 'AllocationId EIP InstanceId NetworkInterfaceId PrivateIpAddress',
    },
  ),
};
