import { words } from '../words.ts';
import type { Statement } from './policy.ts';

/**
 * What deploying the service asks for, no more: the servers' half. Nothing here changes IAM or the core network.
 * Creating an Auto Scaling group from a launch template asks for RunInstances and for passing the instances' role.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
export function deployServers(): Statement[] {
  return [
    {
      sid: 'Stack',
      actions: [
        'cloudformation:CreateStack',
        'cloudformation:UpdateStack',
        'cloudformation:DeleteStack',
        'cloudformation:RollbackStack',
        'cloudformation:ContinueUpdateRollback',
        'cloudformation:CancelUpdateStack',
        'cloudformation:CreateChangeSet',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:DeleteChangeSet',
        'cloudformation:TagResource',
        'cloudformation:UntagResource',
      ],
      on: ['cloudformation:REGION:ACCOUNT:stack/TerraceService/*'],
      reason: words(
        'Deploys the service’s stack and no other: network and identity stay with the administrators.',
        '서비스 스택만 배포합니다. 네트워크와 권한 스택은 관리자의 몫입니다.',
      ),
    },
    {
      sid: 'LookBeforeChanging',
      actions: [
        'cloudformation:Describe*',
        'cloudformation:Get*',
        'cloudformation:List*',
        'cloudformation:ValidateTemplate',
        'ec2:Describe*',
        'ec2:GetLaunchTemplateData',
        'elasticloadbalancing:Describe*',
        'autoscaling:Describe*',
        'rds:Describe*',
        'rds:ListTagsForResource',
      ],
      on: ['*'],
      reason: words(
        'CloudFormation and people look at what is there before and while they change it. AWS knows no narrower resource for most of these.',
        'CloudFormation과 사람이 바꾸기 전과 바꾸는 동안 현재 상태를 확인합니다. 대부분은 AWS에서 리소스를 더 좁게 지정할 수 없습니다.',
      ),
    },
    {
      sid: 'Assets',
      actions: [
        's3:GetObject',
        's3:PutObject',
        's3:ListBucket',
        's3:GetBucketLocation',
        's3:GetEncryptionConfiguration',
      ],
      on: ['s3:::cdk-*-assets-ACCOUNT-REGION', 's3:::cdk-*-assets-ACCOUNT-REGION/*'],
      reason: words(
        'The application’s bundle and the template are put where servers and CloudFormation fetch them.',
        '애플리케이션 번들과 템플릿을 서버와 CloudFormation이 가져갈 곳에 올립니다.',
      ),
    },
    {
      sid: 'ImageAndBootstrap',
      actions: ['ssm:GetParameter', 'ssm:GetParameters'],
      on: [
        'ssm:REGION::parameter/aws/service/ami-amazon-linux-latest/*',
        'ssm:REGION:ACCOUNT:parameter/cdk-bootstrap/*',
      ],
      reason: words(
        'The newest Amazon Linux image and the version of the bootstrap are read from here.',
        '최신 Amazon Linux AMI와 부트스트랩 버전을 여기에서 읽습니다.',
      ),
    },
    {
      sid: 'SecurityGroups',
      actions: [
        'ec2:CreateSecurityGroup',
        'ec2:DeleteSecurityGroup',
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupEgress',
        'ec2:ModifySecurityGroupRules',
        'ec2:UpdateSecurityGroupRuleDescriptionsIngress',
        'ec2:UpdateSecurityGroupRuleDescriptionsEgress',
      ],
      on: [
        'ec2:REGION:ACCOUNT:security-group/*',
        'ec2:REGION:ACCOUNT:security-group-rule/*',
        'ec2:REGION:ACCOUNT:vpc/*',
      ],
      reason: words(
        'Who may talk to whom belongs to the service and changes with it. A wrong rule still meets routes and network ACLs, which are not changed here.',
        '누가 누구와 통신하는지는 서비스에 속하고 서비스와 함께 바뀝니다. 규칙이 틀려도 여기에서 바꿀 수 없는 라우팅과 네트워크 ACL이 남아 있습니다.',
      ),
    },
    {
      sid: 'NewLaunchTemplates',
      actions: ['ec2:CreateLaunchTemplate'],
      on: ['ec2:REGION:ACCOUNT:launch-template/*'],
      reason: words('How servers are made is part of the service.', '서버를 만드는 방법은 서비스의 일부입니다.'),
    },
    {
      sid: 'OwnLaunchTemplates',
      actions: [
        'ec2:CreateLaunchTemplateVersion',
        'ec2:ModifyLaunchTemplate',
        'ec2:DeleteLaunchTemplate',
        'ec2:DeleteLaunchTemplateVersions',
        'ec2:DeleteTags',
      ],
      on: ['ec2:REGION:ACCOUNT:launch-template/*'],
      condition: { StringEquals: { 'aws:ResourceTag/Name': ['web-launch-template', 'was-launch-template'] } },
      reason: words(
        'Only the service’s own: whoever writes a new version of another group’s launch template acts with that group’s role.',
        '서비스의 시작 템플릿만 바꿉니다. 다른 그룹의 시작 템플릿에 새 버전을 쓰면 그 그룹의 역할로 행동할 수 있기 때문입니다.',
      ),
    },
    {
      sid: 'TagNewThings',
      actions: ['ec2:CreateTags'],
      on: ['ec2:REGION:ACCOUNT:*/*'],
      condition: {
        StringEquals: { 'ec2:CreateAction': ['CreateLaunchTemplate', 'CreateSecurityGroup', 'RunInstances'] },
      },
      reason: words(
        'Names are given when something is made, and to nothing that is there already: tags decide what may be changed.',
        '이름 태그는 새로 만들 때만 붙입니다. 태그에 따라 바꿀 수 있는 것이 정해지므로 이미 있는 것에는 붙일 수 없습니다.',
      ),
    },
    {
      sid: 'UntagOwnThings',
      actions: ['ec2:DeleteTags'],
      on: ['ec2:REGION:ACCOUNT:instance/*', 'ec2:REGION:ACCOUNT:security-group/*'],
      condition: { StringEquals: { 'aws:ResourceTag/Project': 'terrace' } },
      reason: words(
        'A tag that a new version no longer has is taken off what the project made.',
        '새 버전에서 없어진 태그를 이 프로젝트가 만든 것에서 떼어 냅니다.',
      ),
    },
    {
      sid: 'Instances',
      actions: ['ec2:RunInstances', 'ec2:TerminateInstances'],
      on: [
        'ec2:REGION::image/*',
        'ec2:REGION:ACCOUNT:instance/*',
        'ec2:REGION:ACCOUNT:launch-template/*',
        'ec2:REGION:ACCOUNT:network-interface/*',
        'ec2:REGION:ACCOUNT:security-group/*',
        'ec2:REGION:ACCOUNT:subnet/*',
        'ec2:REGION:ACCOUNT:volume/*',
      ],
      reason: words(
        'Auto Scaling refuses a launch template unless its author may run instances from it.',
        '시작 템플릿으로 인스턴스를 실행할 권한이 없는 사람이 만들면 Auto Scaling이 그 템플릿을 거부합니다.',
      ),
    },
    {
      sid: 'Groups',
      actions: [
        'autoscaling:CreateAutoScalingGroup',
        'autoscaling:UpdateAutoScalingGroup',
        'autoscaling:DeleteAutoScalingGroup',
        'autoscaling:PutScalingPolicy',
        'autoscaling:DeletePolicy',
        'autoscaling:PutScheduledUpdateGroupAction',
        'autoscaling:DeleteScheduledAction',
        'autoscaling:PutNotificationConfiguration',
        'autoscaling:DeleteNotificationConfiguration',
        'autoscaling:EnableMetricsCollection',
        'autoscaling:DisableMetricsCollection',
        'autoscaling:AttachLoadBalancerTargetGroups',
        'autoscaling:DetachLoadBalancerTargetGroups',
        'autoscaling:CreateOrUpdateTags',
        'autoscaling:DeleteTags',
        'autoscaling:SuspendProcesses',
        'autoscaling:ResumeProcesses',
        'autoscaling:SetDesiredCapacity',
        'autoscaling:TerminateInstanceInAutoScalingGroup',
      ],
      on: ['autoscaling:REGION:ACCOUNT:autoScalingGroup:*:autoScalingGroupName/TerraceService-*'],
      reason: words(
        'Groups of servers, their size, their schedule and their rolling replacement; only groups of this stack.',
        '서버 그룹과 그 크기, 일정, 순차 교체를 관리합니다. 이 스택의 그룹으로 한정합니다.',
      ),
    },
    {
      sid: 'PassServerRoles',
      actions: ['iam:PassRole'],
      on: ['iam::ACCOUNT:role/terrace-web', 'iam::ACCOUNT:role/terrace-was'],
      condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      reason: words(
        'Servers are given these two roles, by name, and nothing stronger: whoever may pass any role may become anybody.',
        '서버에 이 두 역할만 이름으로 건넬 수 있습니다. 아무 역할이나 넘길 수 있는 사람은 누구든 될 수 있기 때문입니다.',
      ),
    },
    {
      sid: 'FirstUse',
      actions: ['iam:CreateServiceLinkedRole'],
      on: ['iam::ACCOUNT:role/aws-service-role/*'],
      condition: {
        StringEquals: {
          'iam:AWSServiceName': [
            'autoscaling.amazonaws.com',
            'elasticloadbalancing.amazonaws.com',
            'rds.amazonaws.com',
          ],
        },
      },
      reason: words(
        'The first group, load balancer and database of an account make AWS’s own roles, whose permissions AWS fixes. Needed once.',
        '계정에서 그룹, 로드 밸런서, 데이터베이스를 처음 만들 때 AWS가 권한을 정해 둔 서비스 연결 역할이 생깁니다. 한 번만 필요합니다.',
      ),
    },
  ];
}
