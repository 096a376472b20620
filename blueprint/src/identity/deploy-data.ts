import type { Settings } from '../settings/settings.ts';
import { words } from '../words.ts';
import { optionsDeployed } from './deploy-options.ts';
import type { Statement } from './policy.ts';

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
        '암호화된 스토리지와 보안 암호는 호출자의 이름으로 키를 씁니다. RDS와 Secrets Manager를 거칠 때만 허용합니다.',
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
    ...optionsDeployed(settings),
  ];
}
