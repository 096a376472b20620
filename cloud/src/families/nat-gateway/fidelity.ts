import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::NatGateway': real(words('A namespace that masquerades.', '주소를 숨겨 내보내는 네임스페이스입니다.'), {
    acts: 'SubnetId AllocationId ConnectivityType PrivateIpAddress',
  }),
};
