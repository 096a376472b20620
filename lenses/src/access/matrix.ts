import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { type Words, words } from '@terrace/cloud/words';
import { demandsOf } from './deployment/demands.ts';
import { preflightOf } from './deployment/preflight.ts';
import { decide } from './evaluation/decide.ts';
import type { Subject } from './evaluation/subject.ts';

/** What matters of a team's permissions, as rows, against who there is, as columns. */
export interface Matrix {
  readonly subjects: readonly Subject[];
  readonly rows: readonly MatrixRow[];
}

export interface MatrixRow {
  readonly id: string;
  readonly what: Words;
  /** In the order of the subjects. */
  readonly answers: readonly Answer[];
}

/** `second-factor`: yes, but only after signing in with one. */
export type Answer = 'yes' | 'second-factor' | 'no';

/** The questions are asked about this template's own things, so that a permission for them counts, and for nothing else. */
export function matrixOf(inventory: Inventory, subjects: readonly Subject[], stack?: string): Matrix {
  const rows = [...questions(inventory), ...deployments(inventory, stack)];
  return {
    subjects,
    rows: rows.map(({ id, what, may }) => ({
      id,
      what,
      answers: subjects.map((subject) => answer((mfa) => may(subject, mfa))),
    })),
  };
}

interface Question {
  readonly id: string;
  readonly what: Words;
  may(subject: Subject, mfa: boolean): boolean;
}

function answer(may: (mfa: boolean) => boolean): Answer {
  if (may(false)) return 'yes';
  return may(true) ? 'second-factor' : 'no';
}

function questions(inventory: Inventory): Question[] {
  const { account, region } = inventory;
  const one = (type: string) => ofType(inventory, type)[0];
  const secret = one('AWS::SecretsManager::Secret');
  const database = one('AWS::RDS::DBInstance');
  const ask = (id: string, what: Words, action: string, arn: string, keys: Record<string, string> = {}): Question => ({
    id,
    what,
    may: (subject, mfa) => decide(inventory, subject, { action, arn, mfa, keys }).allowed,
  });
  return [
    ask('look', words('look at servers and networks', '서버와 네트워크 보기'), 'ec2:DescribeInstances', '*'),
    ask(
      'change-iam',
      words('change permissions', '권한 바꾸기'),
      'iam:AttachGroupPolicy',
      `arn:aws:iam::${account}:group/any`,
    ),
    ask(
      'change-routes',
      words('change routes', '라우팅 바꾸기'),
      'ec2:DeleteRoute',
      `arn:aws:ec2:${region}:${account}:route-table/rtb-any`,
    ),
    ask(
      'change-rules',
      words('change security group rules', '보안 그룹 규칙 바꾸기'),
      'ec2:AuthorizeSecurityGroupIngress',
      `arn:aws:ec2:${region}:${account}:security-group/sg-any`,
    ),
    ...(secret
      ? [
          ask(
            'read-secrets',
            words("read the database's password", '데이터베이스 비밀번호 읽기'),
            'secretsmanager:GetSecretValue',
            secret.physicalId,
            tagKeys(secret),
          ),
        ]
      : []),
    ...(database
      ? [
          ask(
            'stop-database',
            words('stop the database', '데이터베이스 멈추기'),
            'rds:StopDBInstance',
            `arn:aws:rds:${region}:${account}:db:${database.physicalId}`,
            tagKeys(database),
          ),
          ask(
            'delete-database',
            words('delete the database', '데이터베이스 지우기'),
            'rds:DeleteDBInstance',
            `arn:aws:rds:${region}:${account}:db:${database.physicalId}`,
            tagKeys(database),
          ),
        ]
      : []),
    ...sessions(inventory).map(({ name, tags }) =>
      ask(
        `session-${name}`,
        words(`open a session on ${name}`, `${name} 서버에 세션 열기`),
        'ssm:StartSession',
        `arn:aws:ec2:${region}:${account}:instance/i-any`,
        tags,
      ),
    ),
  ];
}

/** A server of each group, with the tags that its group gives it. */
function sessions(inventory: Inventory): { name: string; tags: Record<string, string> }[] {
  return ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance').map((group) => ({
    name: group.tags.Name ?? group.logicalId,
    tags: Object.fromEntries(
      Object.entries(group.tags).flatMap(([key, value]) => [
        [`ssm:resourceTag/${key}`, value],
        [`aws:ResourceTag/${key}`, value],
      ]),
    ),
  }));
}

function tagKeys(resource: {
  readonly tags: Readonly<Record<string, string>>;
  readonly stack: string;
}): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(resource.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    'aws:ResourceTag/aws:cloudformation:stack-name': resource.stack,
  };
}

/** Each stack by itself: creating it lacks nothing. */
function deployments(inventory: Inventory, only: string | undefined): Question[] {
  const { demands, unknown } = demandsOf(inventory, {
    via: 'cloudformation',
    ...(only === undefined ? {} : { stack: only }),
  });
  return inventory.stacks
    .filter((stack) => demands.some((demand) => demand.stack === stack.name))
    .map((stack) => ({
      id: `deploy-${stack.name}`,
      what: words(`deploy ${stack.name}`, `${stack.name} 배포`),
      may: (subject, mfa) =>
        preflightOf({ demands: demands.filter((demand) => demand.stack === stack.name), unknown }, subject, {
          via: 'cloudformation',
          mfa,
        }).allowed,
    }));
}
