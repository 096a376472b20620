import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::NetworkAcl': real(
    words('Stateless rules of nftables at a subnet’s edge.', '서브넷 경계의 상태 비저장 nftables 규칙입니다.'),
    {
      acts: 'VpcId',
    },
  ),
  'AWS::EC2::NetworkAclEntry': real(
    words('A rule of its ACL, in the order of numbers.', '번호 순서로 적용되는 ACL 규칙입니다.'),
    {
      acts: 'NetworkAclId RuleNumber Protocol RuleAction Egress CidrBlock Ipv6CidrBlock PortRange Icmp',
    },
  ),
  'AWS::EC2::SubnetNetworkAclAssociation': real(
    words('Decides which ACL a subnet has.', '서브넷이 어느 ACL을 쓸지 정합니다.'),
    {
      acts: 'SubnetId NetworkAclId',
    },
  ),
};
