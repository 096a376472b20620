import type { Settings } from '../settings.ts';
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
        '최신 Amazon Linux 이미지와 부트스트랩 버전을 여기에서 읽습니다.',
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
        '시작 템플릿으로 인스턴스를 실행할 권한이 없는 사람이 만들면 Auto Scaling이 그 템플릿을 거절합니다.',
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

/** The other half: load balancers, database, secret, alarms, and what the settings ask for besides. */
export function deployData(settings: Settings): Statement[] {
  return [
    {
      sid: 'LoadBalancers',
      actions: [
        'elasticloadbalancing:CreateLoadBalancer',
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:ModifyLoadBalancerAttributes',
        'elasticloadbalancing:SetIpAddressType',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:SetSubnets',
        'elasticloadbalancing:CreateTargetGroup',
        'elasticloadbalancing:DeleteTargetGroup',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:ModifyTargetGroupAttributes',
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:RemoveTags',
      ],
      on: ['elasticloadbalancing:REGION:ACCOUNT:*'],
      reason: words(
        'The external and the internal load balancer, with their targets and listeners.',
        '외부와 내부 로드 밸런서, 그 대상 그룹과 리스너를 관리합니다.',
      ),
    },
    {
      sid: 'Database',
      actions: [
        'rds:CreateDBInstance',
        'rds:ModifyDBInstance',
        'rds:DeleteDBInstance',
        'rds:RebootDBInstance',
        'rds:CreateDBSnapshot',
        'rds:CreateDBSubnetGroup',
        'rds:ModifyDBSubnetGroup',
        'rds:DeleteDBSubnetGroup',
        'rds:CreateDBParameterGroup',
        'rds:ModifyDBParameterGroup',
        'rds:ResetDBParameterGroup',
        'rds:DeleteDBParameterGroup',
        'rds:AddTagsToResource',
        'rds:RemoveTagsFromResource',
      ],
      on: ['rds:REGION:ACCOUNT:*'],
      reason: words(
        'The database with its subnet group and parameters, and a last snapshot before it goes.',
        '데이터베이스와 서브넷 그룹, 파라미터, 그리고 지우기 전의 마지막 스냅샷을 관리합니다.',
      ),
    },
    {
      sid: 'Secret',
      actions: [
        'secretsmanager:CreateSecret',
        'secretsmanager:UpdateSecret',
        'secretsmanager:DeleteSecret',
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:TagResource',
        'secretsmanager:UntagResource',
      ],
      on: ['secretsmanager:REGION:ACCOUNT:secret:terrace/*'],
      reason: words(
        'The database’s password is made here, and read once by CloudFormation when it creates the database.',
        '데이터베이스 비밀번호를 여기에서 만들고, CloudFormation이 데이터베이스를 만들 때 한 번 읽습니다.',
      ),
    },
    {
      sid: 'RandomPassword',
      actions: ['secretsmanager:GetRandomPassword'],
      on: ['*'],
      reason: words(
        'The password is drawn by Secrets Manager, so that nobody invents it. The action knows no resource.',
        '사람이 지어내지 않도록 Secrets Manager가 비밀번호를 만듭니다. 이 작업에는 리소스를 지정할 수 없습니다.',
      ),
    },
    {
      sid: 'EncryptThroughServices',
      actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
      on: ['kms:REGION:ACCOUNT:key/*'],
      condition: {
        StringLike: {
          'kms:ViaService': [`rds.${settings.region}.amazonaws.com`, `secretsmanager.${settings.region}.amazonaws.com`],
        },
      },
      reason: words(
        'Encrypted storage and secrets use a key in the caller’s name, and only through RDS and Secrets Manager.',
        '암호화된 스토리지와 시크릿은 호출자의 이름으로 키를 씁니다. RDS와 Secrets Manager를 거칠 때만 허용합니다.',
      ),
    },
    {
      sid: 'Alarms',
      actions: [
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:DeleteAlarms',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:ListTagsForResource',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      on: ['cloudwatch:REGION:ACCOUNT:alarm:*'],
      reason: words(
        'Alarms for servers that cannot be launched. Alarms of scaling policies have names of Auto Scaling’s own.',
        '서버를 띄우지 못할 때 알리는 경보입니다. 조정 정책의 경보 이름은 Auto Scaling이 정합니다.',
      ),
    },
    {
      sid: 'Notices',
      actions: [
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:GetTopicAttributes',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:Unsubscribe',
        'sns:GetSubscriptionAttributes',
        'sns:ListSubscriptionsByTopic',
        'sns:ListTagsForResource',
        'sns:TagResource',
        'sns:UntagResource',
      ],
      on: ['sns:REGION:ACCOUNT:TerraceService-*'],
      reason: words(
        'The topic that mails administrators; only topics of this stack.',
        '관리자에게 메일을 보내는 주제입니다. 이 스택의 주제로 한정합니다.',
      ),
    },
    ...(settings.database.key === 'own' ? [ownKey] : []),
    ...(settings.accessLogs ? [accessLogBucket] : []),
    ...(settings.names.privateZone || settings.names.domain ? names : []),
    ...(settings.money.hours ? schedule : []),
    ...(settings.addresses.testSubnet ? [testInstance] : []),
  ];
}

const testInstance: Statement = {
  sid: 'TestInstance',
  actions: [
    'ec2:AssociateIamInstanceProfile',
    'ec2:DisassociateIamInstanceProfile',
    'ec2:ModifyInstanceAttribute',
    'ec2:MonitorInstances',
    'ec2:ReplaceIamInstanceProfileAssociation',
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:UnmonitorInstances',
  ],
  on: ['ec2:REGION:ACCOUNT:instance/*'],
  condition: { StringEquals: { 'aws:ResourceTag/Project': 'terrace' } },
  reason: words(
    'The test instance stands alone, not in a group, so the deployment changes it directly.',
    '테스트 인스턴스는 그룹에 속하지 않으므로 배포가 직접 바꿉니다.',
  ),
};

const ownKey: Statement = {
  sid: 'DatabaseKey',
  actions: [
    'kms:CreateKey',
    'kms:DescribeKey',
    'kms:DisableKey',
    'kms:DisableKeyRotation',
    'kms:EnableKey',
    'kms:EnableKeyRotation',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    'kms:ListResourceTags',
    'kms:PutKeyPolicy',
    'kms:ScheduleKeyDeletion',
    'kms:TagResource',
    'kms:UntagResource',
    'kms:UpdateKeyDescription',
  ],
  on: ['*'],
  condition: {
    StringEqualsIfExists: { 'aws:ResourceTag/aws:cloudformation:stack-name': 'TerraceService' },
  },
  reason: words(
    'The database’s own key, which the stack makes. Other keys carry another stack’s tag, or none.',
    '스택이 만드는 데이터베이스 전용 키입니다. 다른 키에는 다른 스택의 태그가 있거나 태그가 없습니다.',
  ),
};

const accessLogBucket: Statement = {
  sid: 'AccessLogs',
  actions: [
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:DeleteBucketPolicy',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPolicy',
    's3:GetBucketPublicAccessBlock',
    's3:GetBucketTagging',
    's3:GetEncryptionConfiguration',
    's3:GetLifecycleConfiguration',
    's3:ListBucket',
    's3:PutBucketOwnershipControls',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketTagging',
    's3:PutEncryptionConfiguration',
    's3:PutLifecycleConfiguration',
  ],
  on: ['s3:::terraceservice-*'],
  reason: words(
    'The bucket to which load balancers write, named after this stack by CloudFormation.',
    '로드 밸런서가 로그를 쓰는 버킷입니다. 이름은 CloudFormation이 스택 이름을 따라 정합니다.',
  ),
};

const names: readonly Statement[] = [
  {
    sid: 'Names',
    actions: [
      'route53:CreateHostedZone',
      'route53:DeleteHostedZone',
      'route53:GetHostedZone',
      'route53:AssociateVPCWithHostedZone',
      'route53:DisassociateVPCFromHostedZone',
      'route53:UpdateHostedZoneComment',
      'route53:ChangeResourceRecordSets',
      'route53:ListResourceRecordSets',
      'route53:ChangeTagsForResource',
      'route53:GetChange',
      'route53:ListHostedZonesByName',
      'route53:ListQueryLoggingConfigs',
      'route53:ListTagsForResource',
    ],
    on: ['*'],
    reason: words(
      'Zones and records of the service; their ids are not known before they are made.',
      '서비스의 호스팅 영역과 레코드입니다. 만들기 전에는 ID를 알 수 없습니다.',
    ),
  },
  {
    sid: 'Certificate',
    actions: [
      'acm:RequestCertificate',
      'acm:DescribeCertificate',
      'acm:DeleteCertificate',
      'acm:UpdateCertificateOptions',
      'acm:AddTagsToCertificate',
      'acm:RemoveTagsFromCertificate',
      'acm:ListTagsForCertificate',
    ],
    on: ['*'],
    reason: words(
      'The page’s certificate, requested and proven by DNS.',
      '페이지의 인증서를 요청하고 DNS로 소유를 증명합니다.',
    ),
  },
];

const schedule: readonly Statement[] = [
  {
    sid: 'Schedules',
    actions: [
      'scheduler:CreateSchedule',
      'scheduler:UpdateSchedule',
      'scheduler:DeleteSchedule',
      'scheduler:GetSchedule',
    ],
    on: ['scheduler:REGION:ACCOUNT:schedule/default/TerraceService-*'],
    reason: words(
      'Stops the database in the evening and starts it in the morning.',
      '저녁에 데이터베이스를 멈추고 아침에 시작합니다.',
    ),
  },
  {
    sid: 'PassScheduleRole',
    actions: ['iam:PassRole'],
    on: ['iam::ACCOUNT:role/terrace-schedule'],
    condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    reason: words(
      'The schedule is given a role that stops and starts this database and nothing else.',
      '일정에는 이 데이터베이스를 멈추고 시작하는 권한만 가진 역할을 넘깁니다.',
    ),
  },
];
