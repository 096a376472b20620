import type { Settings } from '../settings/settings.ts';
import { words } from '../words.ts';
import type { Statement } from './policy.ts';

/** The core network's changes: what DevOps must not do by mistake, and what the network's deployment has to do. */
export const networkChanges: readonly string[] = [
  'ec2:CreateVpc',
  'ec2:DeleteVpc',
  'ec2:ModifyVpcAttribute',
  'ec2:AssociateVpcCidrBlock',
  'ec2:DisassociateVpcCidrBlock',
  'ec2:CreateSubnet',
  'ec2:DeleteSubnet',
  'ec2:ModifySubnetAttribute',
  'ec2:CreateRouteTable',
  'ec2:DeleteRouteTable',
  'ec2:AssociateRouteTable',
  'ec2:DisassociateRouteTable',
  'ec2:ReplaceRouteTableAssociation',
  'ec2:CreateRoute',
  'ec2:DeleteRoute',
  'ec2:ReplaceRoute',
  'ec2:CreateInternetGateway',
  'ec2:DeleteInternetGateway',
  'ec2:AttachInternetGateway',
  'ec2:DetachInternetGateway',
  'ec2:CreateNatGateway',
  'ec2:DeleteNatGateway',
  'ec2:CreateVpcPeeringConnection',
  'ec2:AcceptVpcPeeringConnection',
  'ec2:DeleteVpcPeeringConnection',
  'ec2:ModifyVpcPeeringConnectionOptions',
  'ec2:CreateNetworkAcl',
  'ec2:DeleteNetworkAcl',
  'ec2:CreateNetworkAclEntry',
  'ec2:DeleteNetworkAclEntry',
  'ec2:ReplaceNetworkAclEntry',
  'ec2:ReplaceNetworkAclAssociation',
  'ec2:CreateVpcEndpoint',
  'ec2:ModifyVpcEndpoint',
  'ec2:DeleteVpcEndpoints',
  'ec2:CreateFlowLogs',
  'ec2:DeleteFlowLogs',
  'ec2:AllocateAddress',
  'ec2:ReleaseAddress',
  'ec2:DisassociateAddress',
];

/** What the bootstrap role of the network's stack may do: the core network and nothing else. */
export function deployNetwork(settings: Settings): Statement[] {
  return [
    {
      sid: 'CoreNetwork',
      actions: networkChanges,
      on: ['*'],
      reason: words(
        'VPCs, subnets, routes, gateways, peering, network ACLs and endpoints: the stack that this role deploys.',
        'VPC, 서브넷, 라우팅, 게이트웨이, 피어링, 네트워크 ACL, 엔드포인트입니다. 이 역할이 배포하는 스택의 내용입니다.',
      ),
    },
    {
      sid: 'LookAndTag',
      actions: ['ec2:Describe*', 'ec2:CreateTags', 'ec2:DeleteTags'],
      on: ['*'],
      reason: words(
        'CloudFormation looks at what is there, and gives everything its name.',
        'CloudFormation이 현재 상태를 확인하고 모든 것에 이름 태그를 붙입니다.',
      ),
    },
    {
      sid: 'EndpointGroups',
      actions: [
        'ec2:CreateSecurityGroup',
        'ec2:DeleteSecurityGroup',
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupEgress',
        'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
        'ec2:UpdateSecurityGroupRuleDescriptionsEgress',
      ],
      on: ['*'],
      reason: words(
        'Endpoints, where a zone has no NAT gateway, stand behind a group of their own.',
        'NAT 게이트웨이가 없는 가용 영역의 엔드포인트는 전용 보안 그룹 뒤에 둡니다.',
      ),
    },
    ...(settings.flowLogs ? flowLogs : []),
  ];
}

const flowLogs: readonly Statement[] = [
  {
    sid: 'FlowLogGroups',
    actions: [
      'logs:CreateLogGroup',
      'logs:DeleteLogGroup',
      'logs:PutRetentionPolicy',
      'logs:DescribeLogGroups',
      'logs:DeleteRetentionPolicy',
      'logs:ListTagsForResource',
      'logs:ListTagsLogGroup',
      'logs:TagLogGroup',
      'logs:TagResource',
      'logs:UntagLogGroup',
      'logs:UntagResource',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
    ],
    on: ['*'],
    reason: words('Where records of refused traffic are kept.', 'VPC 흐름 로그(거부된 트래픽)를 보관하는 곳입니다.'),
  },
  {
    sid: 'PassFlowLogRole',
    actions: ['iam:PassRole'],
    on: ['iam::ACCOUNT:role/terrace-flow-logs'],
    condition: { StringEquals: { 'iam:PassedToService': 'vpc-flow-logs.amazonaws.com' } },
    reason: words(
      'The recorder is given a role that writes logs and does nothing else.',
      '기록기에는 로그만 쓸 수 있는 역할을 전달합니다.',
    ),
  },
];
