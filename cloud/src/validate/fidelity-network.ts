import { modelled, pricedOnly, real, type TypeFidelity } from '../families/contract/fidelity.ts';
import { words } from '../words.ts';

export const fidelityOfNetwork: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::VPCPeeringConnection': real(
    words('A link between two routers, not transitive.', '두 라우터 사이의 링크이며 통과 라우팅은 없습니다.'),
    { acts: 'VpcId PeerVpcId', modelled: 'PeerOwnerId PeerRegion PeerRoleArn' },
  ),
  'AWS::EC2::SecurityGroup': real(words('Stateful rules of nftables.', 'nftables의 상태 저장 규칙입니다.'), {
    acts: 'VpcId SecurityGroupIngress SecurityGroupEgress',
    modelled: 'GroupName',
  }),
  'AWS::EC2::SecurityGroupIngress': real(words('A rule of its group.', '그룹의 규칙입니다.'), {
    acts: 'GroupId IpProtocol FromPort ToPort CidrIp SourceSecurityGroupId SourcePrefixListId',
  }),
  'AWS::EC2::SecurityGroupEgress': real(words('A rule of its group.', '그룹의 규칙입니다.'), {
    acts: 'GroupId IpProtocol FromPort ToPort CidrIp DestinationSecurityGroupId DestinationPrefixListId',
  }),
  'AWS::EC2::NetworkInterface': real(words('A veth pair into the instance.', '인스턴스로 들어가는 veth 쌍입니다.'), {
    acts: 'SubnetId GroupSet PrivateIpAddress PrivateIpAddresses SourceDestCheck ConnectionTrackingSpecification',
  }),
  'AWS::EC2::NetworkInterfaceAttachment': real(
    words('Puts an interface to an instance.', '인터페이스를 인스턴스에 붙입니다.'),
    {
      acts: 'InstanceId NetworkInterfaceId DeviceIndex',
      modelled: 'DeleteOnTermination',
    },
  ),
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
  'AWS::EC2::TransitGatewayAttachment': modelled(pricedOnly),
  'AWS::EC2::TransitGatewayVpcAttachment': modelled(pricedOnly),
};
