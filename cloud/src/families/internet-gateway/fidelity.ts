import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::InternetGateway': real(
    words(
      'A link to the region’s internet, with addresses translated one to one.',
      '리전의 인터넷으로 가는 링크이며 주소를 1:1로 바꿉니다.',
    ),
    {},
  ),
  'AWS::EC2::EgressOnlyInternetGateway': real(
    words(
      'A link to the region’s internet that lets in answers alone, by IPv6.',
      '리전의 인터넷으로 가는 IPv6 링크이며 응답만 들여보냅니다.',
    ),
    { acts: 'VpcId' },
  ),
  'AWS::EC2::VPCGatewayAttachment': real(
    words('Puts an internet gateway to its VPC.', '인터넷 게이트웨이를 VPC에 붙입니다.'),
    {
      acts: 'VpcId InternetGatewayId',
    },
  ),
};
