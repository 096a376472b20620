import type { Settings } from '../settings/settings.ts';
import { words } from '../words.ts';
import type { Statement } from './policy.ts';

/** What deploying asks for besides, by what the settings have turned on. */
export function optionsDeployed(settings: Settings): Statement[] {
  return [
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
      '일정에는 이 데이터베이스를 멈추고 시작하는 권한만 가진 역할을 전달합니다.',
    ),
  },
];
