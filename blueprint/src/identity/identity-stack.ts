import { CfnOutput, Fn, type StackProps } from 'aws-cdk-lib';
import type { CfnGroup, CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { PlainStack } from '../plain-stack.ts';
import type { Settings } from '../settings/settings.ts';
import { words } from '../words.ts';
import { buildPersonas } from './personas.ts';
import { fetchApplication, instanceProfile, readSecret, roleBoundary, serviceRole } from './server-roles.ts';

export interface IdentityStackProps extends StackProps {
  readonly settings: Settings;
  /** Bucket of the assembly's assets, with `ACCOUNT` for the stack's own. */
  readonly assetBucket: string;
  readonly secretName: string;
}

/**
 * Who may do what: people, and servers. It stands in a stack of its own, so that deploying the service needs no right to change
 * it. Only an administrator deploys it, with permissions of their own: whoever writes policies is an administrator.
 */
export class IdentityStack extends PlainStack {
  readonly groups: Readonly<Record<string, CfnGroup>>;
  readonly webInstanceProfile: CfnInstanceProfile;
  readonly applicationInstanceProfile: CfnInstanceProfile;
  /** Present where refused traffic is recorded. */
  readonly flowLogRole: CfnRole | null;
  /** Present where there are hours. */
  readonly scheduleRole: CfnRole | null;

  constructor(scope: Construct, id: string, { settings, assetBucket, secretName, ...props }: IdentityStackProps) {
    super(scope, id, props);
    const boundary = roleBoundary(this, assetBucket, secretName);
    const server = { service: 'ec2.amazonaws.com', boundary, awsPolicies: ['AmazonSSMManagedInstanceCore'] };
    const web = serviceRole(this, 'WebRole', {
      ...server,
      name: 'terrace-web',
      tier: 'web',
      policies: { 'fetch-application': fetchApplication(assetBucket) },
      reason: words(
        'What a web server may do: be managed by SSM, and fetch its application. It cannot read the database’s secret.',
        '웹 서버의 권한입니다. SSM의 관리를 받고 애플리케이션을 내려받을 수 있지만 데이터베이스 보안 암호는 읽을 수 없습니다.',
      ),
    });
    const application = serviceRole(this, 'ApplicationRole', {
      ...server,
      name: 'terrace-was',
      tier: 'was',
      policies: {
        'fetch-application': fetchApplication(assetBucket),
        'read-database-secret': readSecret(secretName),
      },
      reason: words(
        'What an application server may do: be managed by SSM, fetch its application, and read the one secret it needs.',
        '애플리케이션 서버의 권한입니다. SSM의 관리를 받고 애플리케이션을 내려받으며 필요한 보안 암호 하나만 읽을 수 있습니다.',
      ),
    });
    this.webInstanceProfile = instanceProfile(this, 'WebInstanceProfile', web, 'web');
    this.applicationInstanceProfile = instanceProfile(this, 'ApplicationInstanceProfile', application, 'was');
    this.flowLogRole = settings.flowLogs
      ? serviceRole(this, 'FlowLogRole', {
          name: 'terrace-flow-logs',
          tier: 'network',
          service: 'vpc-flow-logs.amazonaws.com',
          boundary,
          policies: { 'write-logs': writeLogs },
          reason: words('Lets the VPCs write down what they refused.', 'VPC가 거부한 트래픽을 기록할 수 있게 합니다.'),
        })
      : null;
    this.scheduleRole = settings.money.hours
      ? serviceRole(this, 'ScheduleRole', {
          name: 'terrace-schedule',
          tier: 'operations',
          service: 'scheduler.amazonaws.com',
          boundary,
          policies: { 'switch-database': switchDatabase },
          reason: words(
            'Lets the schedule stop the database in the evening and start it in the morning.',
            '일정에 따라 저녁에 데이터베이스를 멈추고 아침에 시작할 수 있게 합니다.',
          ),
        })
      : null;
    const personas = buildPersonas(this, settings);
    this.groups = personas.groups;
    for (const [name, policies] of [
      ['Service', personas.serviceExecution],
      ['Network', personas.networkExecution],
    ] as const) {
      if (settings.deployment !== 'roles') continue;
      new CfnOutput(this, `${name}ExecutionPolicies`, {
        description: `For cdk bootstrap --cloudformation-execution-policies of the ${name.toLowerCase()} stack`,
        value: Fn.join(
          ',',
          policies.map((policy) => policy.ref),
        ),
      });
    }
  }
}

const writeLogs = {
  sid: 'WriteLogs',
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
  on: ['logs:REGION:ACCOUNT:log-group:/terrace/*'],
  reason: words('Records are written to the groups of this project.', '이 프로젝트의 로그 그룹에 기록합니다.'),
};

const switchDatabase = {
  sid: 'SwitchDatabase',
  actions: ['rds:StartDBInstance', 'rds:StopDBInstance'],
  on: ['rds:REGION:ACCOUNT:db:*'],
  condition: { StringEquals: { 'aws:ResourceTag/aws:cloudformation:stack-name': 'TerraceService' } },
  reason: words('Stops and starts the service’s database, no other.', '서비스의 데이터베이스만 멈추고 시작합니다.'),
};
