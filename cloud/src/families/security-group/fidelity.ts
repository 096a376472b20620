import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::SecurityGroup': real(words('Stateful rules of nftables.', 'nftables의 상태 저장 규칙입니다.'), {
    acts: 'VpcId SecurityGroupIngress SecurityGroupEgress',
    modelled: 'GroupName',
  }),
  'AWS::EC2::SecurityGroupIngress': real(words('A rule of its group.', '그룹의 규칙입니다.'), {
    acts: 'GroupId IpProtocol FromPort ToPort CidrIp CidrIpv6 SourceSecurityGroupId SourcePrefixListId',
  }),
  'AWS::EC2::SecurityGroupEgress': real(words('A rule of its group.', '그룹의 규칙입니다.'), {
    acts: 'GroupId IpProtocol FromPort ToPort CidrIp CidrIpv6 DestinationSecurityGroupId DestinationPrefixListId',
  }),
};
