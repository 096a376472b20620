import { given, needsOf, type TypeNeeds, tagged, valued } from '../contract/need.ts';
import { because, ownKey, pages, passesRole } from '../contract/reasons.ts';

const attachedTo = because(
  'the address of the database is written into the secret',
  '데이터베이스 주소를 보안 암호에 적어 넣습니다',
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secrettargetattachment.html',
);
const otherDatabases = [
  valued('TargetType', ['AWS::Redshift::Cluster'], 'redshift:DescribeClusters', attachedTo),
  valued('TargetType', ['AWS::DocDBElastic::Cluster'], 'docdb-elastic:GetCluster', attachedTo),
  valued(
    'TargetType',
    ['AWS::RedshiftServerless::Namespace'],
    'redshift-serverless:ListWorkgroups GetNamespace',
    attachedTo,
  ),
];

const secretKey = given('KmsKeyId', 'kms:GenerateDataKey Decrypt', ownKey(pages.secretsKms, 'KmsKeyId'));
const rotator = because(
  'Secrets Manager asks whether you may call the function that rotates',
  'Secrets Manager가 교체 함수를 호출할 권한이 있는지 확인합니다',
  'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html',
);

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::SecretsManager::Secret', ['secret', '시크릿'], 'secretsmanager/Secret', {
    create: [
      'secretsmanager:CreateSecret DescribeSecret',
      given('GenerateSecretString', 'secretsmanager:GetRandomPassword'),
      given('ReplicaRegions', 'secretsmanager:ReplicateSecretToRegions'),
      secretKey,
      tagged('secretsmanager:TagResource'),
    ],
    read: ['secretsmanager:DescribeSecret GetSecretValue'],
    update: [
      'secretsmanager:UpdateSecret GetSecretValue TagResource UntagResource',
      given('GenerateSecretString', 'secretsmanager:GetRandomPassword'),
      given('ReplicaRegions', 'secretsmanager:ReplicateSecretToRegions RemoveRegionsFromReplication'),
      secretKey,
    ],
    delete: [
      'secretsmanager:DeleteSecret DescribeSecret',
      given('ReplicaRegions', 'secretsmanager:RemoveRegionsFromReplication'),
    ],
    console: [
      {
        ...given('Name GenerateSecretString SecretString Description', 'kms:ListAliases ListKeys'),
        reason: because(
          'the page lists the keys to choose from',
          '생성 화면이 선택할 키 목록을 보여 줍니다',
          pages.secretsKms,
        ),
      },
    ],
  }),
  needsOf(
    'AWS::SecretsManager::SecretTargetAttachment',
    ["secret's link to its database", '시크릿과 데이터베이스의 연결'],
    null,
    {
      create: [
        'secretsmanager:GetSecretValue PutSecretValue',
        given('TargetId', 'rds:DescribeDBInstances DescribeDBClusters', attachedTo),
        ...otherDatabases,
      ],
      read: ['secretsmanager:GetSecretValue'],
      update: [
        'secretsmanager:GetSecretValue PutSecretValue',
        given('TargetId', 'rds:DescribeDBInstances DescribeDBClusters', attachedTo),
        ...otherDatabases,
      ],
      delete: ['secretsmanager:GetSecretValue PutSecretValue'],
    },
  ),
  needsOf('AWS::SecretsManager::RotationSchedule', ['rotation schedule', '교체 일정'], null, {
    create: [
      'secretsmanager:RotateSecret DescribeSecret',
      given('RotationLambdaARN HostedRotationLambda', 'lambda:InvokeFunction', rotator),
      given(
        'ExternalSecretRotationRoleArn',
        'iam:PassRole',
        passesRole('secretsmanager.amazonaws.com', 'ExternalSecretRotationRoleArn'),
      ),
    ],
    read: ['secretsmanager:DescribeSecret'],
    update: [
      'secretsmanager:RotateSecret DescribeSecret',
      given('RotationLambdaARN HostedRotationLambda', 'lambda:InvokeFunction', rotator),
      given(
        'ExternalSecretRotationRoleArn',
        'iam:PassRole',
        passesRole('secretsmanager.amazonaws.com', 'ExternalSecretRotationRoleArn'),
      ),
    ],
    delete: ['secretsmanager:CancelRotateSecret DescribeSecret'],
  }),
  needsOf('AWS::SecretsManager::ResourcePolicy', ["secret's policy", '시크릿 정책'], null, {
    create: ['secretsmanager:PutResourcePolicy GetResourcePolicy'],
    read: ['secretsmanager:GetResourcePolicy'],
    update: ['secretsmanager:PutResourcePolicy GetResourcePolicy'],
    delete: ['secretsmanager:DeleteResourcePolicy', 'secretsmanager:GetResourcePolicy'],
  }),
];
