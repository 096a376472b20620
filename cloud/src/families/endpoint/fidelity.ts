import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::VPCEndpoint': real(
    words(
      'A way to the region’s own service endpoints, by route or by interface.',
      '경로나 인터페이스로 리전의 서비스 엔드포인트에 이르는 길입니다.',
    ),
    {
      acts: 'VpcId ServiceName VpcEndpointType RouteTableIds SubnetIds SecurityGroupIds PrivateDnsEnabled',
      modelled: 'PolicyDocument',
    },
  ),
};
