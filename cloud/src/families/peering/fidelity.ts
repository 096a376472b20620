import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::VPCPeeringConnection': real(
    words('A link between two routers, not transitive.', '두 라우터 사이의 링크이며 통과 라우팅은 없습니다.'),
    { acts: 'VpcId PeerVpcId', modelled: 'PeerOwnerId PeerRegion PeerRoleArn' },
  ),
};
