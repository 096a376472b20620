import { given, needsOf, type TypeNeeds, tagged, valued } from '@terrace/cloud/families/contract/need';
import { because, listsVpcs, pages, passesRole } from '@terrace/cloud/families/contract/reasons';

const peerRole = because(
  'the other side belongs to another account, whose role accepts',
  '상대 VPC가 다른 계정에 있어 그 계정의 역할로 수락합니다',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html',
);

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const networkNeeds: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::VPC', ['VPC', 'VPC'], 'ec2/vpc', {
    create: [
      'ec2:CreateVpc DescribeVpcs DescribeVpcAttribute',
      given('EnableDnsHostnames EnableDnsSupport', 'ec2:ModifyVpcAttribute'),
      given('VpcEncryptionControl', 'ec2:CreateVpcEncryptionControl'),
      tagged('ec2:CreateTags'),
    ],
    read: [
      'ec2:DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeSecurityGroups',
      given('VpcEncryptionControl', 'ec2:DescribeVpcEncryptionControls'),
    ],
    update: [
      'ec2:ModifyVpcAttribute DescribeVpcAttribute',
      given('InstanceTenancy', 'ec2:ModifyVpcTenancy'),
      'ec2:CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteVpc DescribeVpcs'],
  }),
  needsOf('AWS::EC2::VPCCidrBlock', ['additional VPC range', 'VPC 추가 대역'], null, {
    create: ['ec2:AssociateVpcCidrBlock DescribeVpcs'],
    read: ['ec2:DescribeVpcs'],
    delete: ['ec2:DisassociateVpcCidrBlock DescribeVpcs'],
  }),
  needsOf('AWS::EC2::RouteTable', ['route table', '라우팅 테이블'], 'ec2/route-table', {
    create: ['ec2:CreateRouteTable DescribeRouteTables', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeRouteTables'],
    update: ['ec2:DescribeRouteTables CreateTags DeleteTags'],
    delete: ['ec2:DeleteRouteTable DescribeRouteTables'],
    console: [{ ...given('VpcId', 'ec2:DescribeVpcs'), reason: listsVpcs }],
  }),
  needsOf('AWS::EC2::Route', ['route', '경로'], null, {
    create: [
      'ec2:CreateRoute DescribeRouteTables',
      given('NetworkInterfaceId InstanceId', 'ec2:DescribeNetworkInterfaces'),
    ],
    read: ['ec2:DescribeRouteTables'],
    update: [
      'ec2:ReplaceRoute DescribeRouteTables',
      given('NetworkInterfaceId InstanceId', 'ec2:DescribeNetworkInterfaces'),
    ],
    delete: ['ec2:DeleteRoute DescribeRouteTables'],
  }),
  needsOf('AWS::EC2::SubnetRouteTableAssociation', ["subnet's route table", '서브넷과 라우팅 테이블의 연결'], null, {
    create: ['ec2:AssociateRouteTable ReplaceRouteTableAssociation DescribeSubnets DescribeRouteTables'],
    read: ['ec2:DescribeRouteTables'],
    delete: ['ec2:DisassociateRouteTable DescribeSubnets DescribeRouteTables'],
  }),
  needsOf('AWS::EC2::InternetGateway', ['internet gateway', '인터넷 게이트웨이'], 'ec2/internet-gateway', {
    create: ['ec2:CreateInternetGateway DescribeInternetGateways', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeInternetGateways'],
    update: ['ec2:DescribeInternetGateways CreateTags DeleteTags'],
    delete: ['ec2:DeleteInternetGateway DescribeInternetGateways'],
  }),
  needsOf('AWS::EC2::VPCGatewayAttachment', ["gateway's attachment", '게이트웨이 연결'], null, {
    create: [
      given('InternetGatewayId', 'ec2:AttachInternetGateway DescribeInternetGateways'),
      given('VpnGatewayId', 'ec2:AttachVpnGateway DescribeVpnGateways'),
    ],
    read: ['ec2:DescribeInternetGateways'],
    delete: [
      given('InternetGatewayId', 'ec2:DetachInternetGateway DescribeInternetGateways'),
      given('VpnGatewayId', 'ec2:DetachVpnGateway DescribeVpnGateways'),
    ],
  }),
  needsOf(
    'AWS::EC2::EgressOnlyInternetGateway',
    ['egress-only internet gateway', '송신 전용 인터넷 게이트웨이'],
    'ec2/egress-only-internet-gateway',
    {
      create: ['ec2:CreateEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways'],
      read: ['ec2:DescribeEgressOnlyInternetGateways'],
      delete: ['ec2:DeleteEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways'],
    },
  ),
  needsOf('AWS::EC2::NatGateway', ['NAT gateway', 'NAT 게이트웨이'], 'ec2/natgateway', {
    create: ['ec2:CreateNatGateway DescribeNatGateways', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeNatGateways'],
    update: ['ec2:DescribeNatGateways CreateTags DeleteTags'],
    delete: ['ec2:DeleteNatGateway DescribeNatGateways'],
    console: [
      {
        ...given('SubnetId', 'ec2:DescribeSubnets DescribeAddresses'),
        reason: because(
          'the console offers subnets and addresses to choose from',
          '콘솔이 선택할 서브넷과 주소 목록을 보여 줍니다',
          pages.vpcConsole,
        ),
      },
    ],
  }),
  needsOf('AWS::EC2::EIP', ['Elastic IP address', '탄력적 IP 주소'], 'ec2/elastic-ip', {
    create: [
      'ec2:AllocateAddress DescribeAddresses',
      given('InstanceId', 'ec2:AssociateAddress'),
      given('TransferAddress', 'ec2:AcceptAddressTransfer'),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeAddresses'],
    update: [
      'ec2:DescribeAddresses CreateTags DeleteTags',
      given('InstanceId', 'ec2:AssociateAddress DisassociateAddress'),
    ],
    delete: ['ec2:ReleaseAddress DescribeAddresses', given('InstanceId', 'ec2:DisassociateAddress')],
  }),
  needsOf('AWS::EC2::EIPAssociation', ["address's association", '주소 연결'], null, {
    create: ['ec2:AssociateAddress DescribeAddresses'],
    read: ['ec2:DescribeAddresses'],
    delete: ['ec2:DisassociateAddress DescribeAddresses'],
  }),
  needsOf(
    'AWS::EC2::VPCPeeringConnection',
    ['VPC peering connection', 'VPC 피어링 연결'],
    'ec2/vpc-peering-connection',
    {
      create: [
        'ec2:CreateVpcPeeringConnection DescribeVpcPeeringConnections AcceptVpcPeeringConnection',
        given('PeerRoleArn', 'sts:AssumeRole', peerRole),
        tagged('ec2:CreateTags'),
      ],
      read: ['ec2:DescribeVpcPeeringConnections'],
      update: ['ec2:CreateTags DeleteTags'],
      delete: ['ec2:DeleteVpcPeeringConnection DescribeVpcPeeringConnections'],
      console: [{ ...given('VpcId', 'ec2:DescribeVpcs'), reason: listsVpcs }],
    },
  ),
  needsOf('AWS::EC2::SecurityGroup', ['security group', '보안 그룹'], 'ec2/security-group', {
    create: [
      'ec2:CreateSecurityGroup DescribeSecurityGroups',
      given('SecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress'),
      // A new group lets everything out; CloudFormation takes that rule away before it writes the template's.
      given('SecurityGroupEgress', 'ec2:AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress'),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeSecurityGroups'],
    update: [
      'ec2:DescribeSecurityGroups AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress',
      'ec2:UpdateSecurityGroupRuleDescriptionsIngress UpdateSecurityGroupRuleDescriptionsEgress CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteSecurityGroup DescribeSecurityGroups DescribeInstances'],
    console: [{ ...given('VpcId', 'ec2:DescribeVpcs'), reason: listsVpcs }],
  }),
  needsOf('AWS::EC2::SecurityGroupIngress', ['inbound rule', '인바운드 규칙'], null, {
    create: ['ec2:AuthorizeSecurityGroupIngress DescribeSecurityGroups'],
    read: ['ec2:DescribeSecurityGroups'],
    update: ['ec2:UpdateSecurityGroupRuleDescriptionsIngress DescribeSecurityGroups'],
    delete: ['ec2:RevokeSecurityGroupIngress DescribeSecurityGroups'],
  }),
  needsOf('AWS::EC2::SecurityGroupEgress', ['outbound rule', '아웃바운드 규칙'], null, {
    create: ['ec2:AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress DescribeSecurityGroups'],
    read: ['ec2:DescribeSecurityGroups'],
    update: ['ec2:UpdateSecurityGroupRuleDescriptionsEgress DescribeSecurityGroups'],
    delete: ['ec2:RevokeSecurityGroupEgress DescribeSecurityGroups'],
  }),
  needsOf('AWS::EC2::NetworkAcl', ['network ACL', '네트워크 ACL'], 'ec2/network-acl', {
    create: ['ec2:CreateNetworkAcl DescribeNetworkAcls', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeNetworkAcls', tagged('ec2:DescribeTags')],
    update: ['ec2:DescribeNetworkAcls CreateTags DeleteTags'],
    delete: ['ec2:DeleteNetworkAcl DescribeNetworkAcls', tagged('ec2:DeleteTags')],
  }),
  needsOf('AWS::EC2::NetworkAclEntry', ['network ACL rule', '네트워크 ACL 규칙'], null, {
    create: ['ec2:CreateNetworkAclEntry DescribeNetworkAcls'],
    read: ['ec2:DescribeNetworkAcls'],
    update: ['ec2:ReplaceNetworkAclEntry DescribeNetworkAcls'],
    delete: ['ec2:DeleteNetworkAclEntry DescribeNetworkAcls'],
  }),
  needsOf('AWS::EC2::SubnetNetworkAclAssociation', ["subnet's network ACL", '서브넷과 네트워크 ACL의 연결'], null, {
    create: ['ec2:ReplaceNetworkAclAssociation DescribeNetworkAcls'],
    read: ['ec2:DescribeNetworkAcls'],
    delete: ['ec2:ReplaceNetworkAclAssociation DescribeNetworkAcls'],
  }),
  needsOf('AWS::EC2::VPCEndpoint', ['VPC endpoint', 'VPC 엔드포인트'], 'ec2/vpc-endpoint', {
    create: [
      'ec2:CreateVpcEndpoint DescribeVpcEndpoints DescribeVpcs',
      given('SubnetIds', 'ec2:DescribeSubnets'),
      given('SecurityGroupIds', 'ec2:DescribeSecurityGroups'),
      ...endpointExtras(),
      tagged('ec2:CreateTags DeleteTags'),
    ],
    read: [
      'ec2:DescribeVpcEndpoints DescribeVpcs',
      given('SubnetIds', 'ec2:DescribeSubnets'),
      given('SecurityGroupIds', 'ec2:DescribeSecurityGroups'),
    ],
    update: [
      'ec2:ModifyVpcEndpoint DescribeVpcEndpoints DescribeVpcs DescribeSubnets DescribeSecurityGroups CreateTags DeleteTags',
      ...endpointExtras(),
    ],
    delete: [
      'ec2:DeleteVpcEndpoints DescribeVpcEndpoints DescribeVpcs',
      given('SubnetIds', 'ec2:DescribeSubnets'),
      given('SecurityGroupIds', 'ec2:DescribeSecurityGroups'),
      given('ServiceRegion', 'vpce:AllowMultiRegion'),
      tagged('ec2:CreateTags DeleteTags'),
    ],
  }),
  needsOf('AWS::EC2::PrefixList', ['managed prefix list', '관리형 접두사 목록'], 'ec2/prefix-list', {
    create: ['ec2:CreateManagedPrefixList DescribeManagedPrefixLists', tagged('ec2:CreateTags')],
    read: ['ec2:GetManagedPrefixListEntries DescribeManagedPrefixLists'],
    update: [
      'ec2:ModifyManagedPrefixList DescribeManagedPrefixLists GetManagedPrefixListEntries CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteManagedPrefixList DescribeManagedPrefixLists'],
  }),
  needsOf('AWS::EC2::DHCPOptions', ['DHCP option set', 'DHCP 옵션 세트'], 'ec2/dhcp-options', {
    create: ['ec2:CreateDhcpOptions DescribeDhcpOptions', tagged('ec2:CreateTags')],
    read: ['ec2:DescribeDhcpOptions', tagged('ec2:DescribeTags')],
    update: ['ec2:DescribeDhcpOptions CreateTags DeleteTags'],
    delete: ['ec2:DeleteDhcpOptions DescribeDhcpOptions', tagged('ec2:DeleteTags')],
  }),
  needsOf('AWS::EC2::VPCDHCPOptionsAssociation', ["VPC's DHCP options", 'VPC의 DHCP 옵션 연결'], null, {
    create: ['ec2:AssociateDhcpOptions'],
    read: ['ec2:DescribeVpcs'],
    update: ['ec2:AssociateDhcpOptions'],
    delete: ['ec2:AssociateDhcpOptions'],
  }),
  needsOf('AWS::EC2::NetworkInterface', ['network interface', '네트워크 인터페이스'], 'ec2/network-interface', {
    create: [
      'ec2:CreateNetworkInterface DescribeNetworkInterfaces',
      given('SourceDestCheck', 'ec2:ModifyNetworkInterfaceAttribute'),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeNetworkInterfaces'],
    update: [
      'ec2:DescribeNetworkInterfaces ModifyNetworkInterfaceAttribute CreateTags DeleteTags',
      given('Ipv6Addresses Ipv6AddressCount', 'ec2:AssignIpv6Addresses UnassignIpv6Addresses'),
      given(
        'PrivateIpAddresses SecondaryPrivateIpAddressCount',
        'ec2:AssignPrivateIpAddresses UnassignPrivateIpAddresses',
      ),
    ],
    delete: ['ec2:DeleteNetworkInterface DescribeNetworkInterfaces'],
  }),
  needsOf('AWS::EC2::FlowLog', ['flow log', '플로 로그'], 'ec2/vpc-flow-log', {
    create: [
      'ec2:CreateFlowLogs',
      given(
        'DeliverLogsPermissionArn',
        'iam:PassRole',
        passesRole('vpc-flow-logs.amazonaws.com', 'DeliverLogsPermissionArn'),
      ),
      given(
        'LogDestination LogGroupName',
        'logs:CreateLogDelivery',
        because('flow logs are delivered to a place of yours', '플로 로그를 지정한 곳으로 전달합니다', pages.flowLogs),
      ),
      valued(
        'LogDestinationType',
        ['s3'],
        's3:GetBucketPolicy PutBucketPolicy',
        because('the bucket has to admit the delivery of logs', '버킷이 로그 전달을 허용해야 합니다', pages.flowLogs),
      ),
      tagged('ec2:CreateTags'),
    ],
    read: ['ec2:DescribeFlowLogs'],
    update: ['ec2:DescribeFlowLogs CreateTags DeleteTags'],
    delete: ['ec2:DeleteFlowLogs', given('LogDestination LogGroupName', 'logs:DeleteLogDelivery')],
  }),
];

function endpointExtras() {
  const lattice = because(
    'the endpoint leads to a VPC Lattice service network',
    '엔드포인트가 VPC Lattice 서비스 네트워크로 연결됩니다',
    'https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-network-associations.html',
  );
  return [
    given('ServiceNetworkArn', 'vpc-lattice:CreateServiceNetworkVpcEndpointAssociation', lattice),
    given('ServiceRegion', 'vpce:AllowMultiRegion'),
  ];
}
