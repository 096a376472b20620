import { CfnInstanceProfile, CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { because, becauseOfRules, nameTag, type Tier } from '../reason.ts';
import { type Words, words } from '../words.ts';
import { acceptAwsPolicies, acceptWildcards, awsManagedPolicy, policyDocument, type Statement } from './policy.ts';

/** The most that any role of this project may do, whatever policy somebody adds to it later. */
export function roleBoundary(scope: Construct, assetBucket: string, secretName: string): CfnManagedPolicy {
  const statements: readonly Statement[] = [
    {
      sid: 'BeManaged',
      actions: ['ssm:*', 'ssmmessages:*', 'ec2messages:*'],
      on: ['*'],
      reason: words(
        'What Session Manager asks of a managed instance lies within; it cannot give itself more.',
        'Session Manager가 관리 대상 인스턴스에 요구하는 권한이 이 안에 있습니다. 스스로 더 가질 수는 없습니다.',
      ),
    },
    {
      sid: 'FetchAndRead',
      actions: ['s3:GetObject', 'secretsmanager:GetSecretValue', 'kms:Decrypt'],
      on: [
        `s3:::${assetBucket}/*`,
        `secretsmanager:REGION:ACCOUNT:secret:${secretName}-??????`,
        'kms:REGION:ACCOUNT:key/*',
      ],
      reason: words(
        'The application’s bundle, its one secret, and the key that opens them.',
        '애플리케이션 번들과 보안 암호 하나, 그것을 여는 키입니다.',
      ),
    },
    {
      sid: 'WriteLogs',
      actions: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'cloudwatch:PutMetricData',
      ],
      on: ['*'],
      reason: words('Logs and figures may be written.', '로그와 지표를 쓸 수 있습니다.'),
    },
    {
      sid: 'SwitchDatabase',
      actions: ['rds:StartDBInstance', 'rds:StopDBInstance'],
      on: ['rds:REGION:ACCOUNT:db:*'],
      reason: words('The schedule stops and starts the database.', '일정이 데이터베이스를 멈추고 시작합니다.'),
    },
  ];
  const boundary = because(
    new CfnManagedPolicy(scope, 'RoleBoundary', {
      managedPolicyName: 'TerraceRoleBoundary',
      description: 'The most that a role of this project may do',
      policyDocument: policyDocument(statements),
    }),
    'identity',
    words(
      'A ceiling for every role here: a policy added by mistake, AdministratorAccess even, gives a server no more than this.',
      '이곳의 모든 역할에 둔 권한 경계입니다. 실수로 AdministratorAccess를 연결해도 서버는 이보다 더 할 수 없습니다.',
    ),
  );
  becauseOfRules(boundary, { Statement: statements.map(({ reason }) => reason) });
  acceptWildcards(boundary, statements);
  return boundary;
}

/** A role that a service of AWS takes, under the boundary, with the policies given. */
export function serviceRole(
  scope: Construct,
  id: string,
  role: {
    readonly name: string;
    readonly tier: Tier;
    readonly service: string;
    readonly boundary: CfnManagedPolicy;
    readonly awsPolicies?: readonly string[];
    readonly policies: Readonly<Record<string, Statement>>;
    readonly reason: Words;
  },
): CfnRole {
  const made = because(
    new CfnRole(scope, id, {
      roleName: role.name,
      permissionsBoundary: role.boundary.ref,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: role.service }, Action: 'sts:AssumeRole' }],
      },
      ...(role.awsPolicies ? { managedPolicyArns: role.awsPolicies.map(awsManagedPolicy) } : {}),
      policies: Object.entries(role.policies).map(([policyName, statement]) => ({
        policyName,
        policyDocument: policyDocument([statement]),
      })),
      tags: nameTag(role.name),
    }),
    role.tier,
    role.reason,
  );
  becauseOfRules(made, { Policies: Object.values(role.policies).map(({ reason }) => reason) });
  acceptAwsPolicies(
    made,
    role.awsPolicies ?? [],
    'AWS keeps this policy in step with what its agent asks for; the boundary limits it.',
  );
  acceptWildcards(made, Object.values(role.policies));
  return made;
}

/** Hands a role to instances. */
export function instanceProfile(scope: Construct, id: string, role: CfnRole, tier: Tier): CfnInstanceProfile {
  return because(
    new CfnInstanceProfile(scope, id, { instanceProfileName: role.roleName!, roles: [role.ref] }),
    tier,
    words(
      'Hands the role to the servers: an instance takes a profile, not a role.',
      '역할을 서버에 건네줍니다. 인스턴스는 역할이 아니라 인스턴스 프로파일을 받습니다.',
    ),
  );
}

export function fetchApplication(assetBucket: string): Statement {
  return {
    sid: 'FetchApplication',
    actions: ['s3:GetObject'],
    on: [`s3:::${assetBucket}/*`],
    reason: words(
      'The server fetches its application when it boots; without it there is nothing to start.',
      '서버가 부팅할 때 애플리케이션을 내려받습니다. 이 권한이 없으면 시작할 것이 없습니다.',
    ),
  };
}

export function readSecret(secretName: string): Statement {
  return {
    sid: 'ReadDatabaseSecret',
    actions: ['secretsmanager:GetSecretValue'],
    on: [`secretsmanager:REGION:ACCOUNT:secret:${secretName}-??????`],
    reason: words(
      'The application asks for the database’s password when it needs it, so that it stands nowhere else. One secret, not all.',
      '애플리케이션이 필요할 때 데이터베이스 비밀번호를 읽으므로 다른 곳에 남지 않습니다. 모든 보안 암호가 아니라 하나만 읽습니다.',
    ),
  };
}
