import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { admit, securityGroup } from '../network/security-group.ts';
import type { ServerSettings } from '../settings/settings.ts';
import { words } from '../words.ts';
import type { AccessLogs } from './access-logs.ts';
import { bootScript } from './boot-script.ts';
import type { DatabaseTier } from './database-tier.ts';
import { launchAlarm } from './launch-alarm.ts';
import { type LoadBalancer, loadBalancer } from './load-balancer.ts';
import { ServerGroup } from './server-group.ts';

export interface ApplicationTierProps {
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly database: DatabaseTier;
  readonly servers: ServerSettings;
  readonly image: string;
  readonly instanceProfile: string;
  /** Where the load balancer writes a line for every request; `null` for nowhere. */
  readonly logs: AccessLogs | null;
  /** Told when a server cannot be launched; `null` for nobody. */
  readonly alerts: CfnTopic | null;
  readonly application: Application;
}

/** What runs on the servers: any program that listens on a port and says on a path that it lives. */
export interface Application {
  /** `s3://bucket/key` of a gzipped tar, unpacked to `/opt/application`. */
  readonly bundle: string;
  /** Packages of Amazon Linux 2023 to install first, for example `nodejs22`. */
  readonly packages: readonly string[];
  /** For example `/usr/bin/node /opt/application/server.mjs`; `PORT` and the `DATABASE_…` variables are in its environment. */
  readonly start: string;
  readonly port: number;
  /** Answers 200 while the program lives, without asking the database. */
  readonly healthPath: string;
  /** Certificates to trust for the database, within the bundle. */
  readonly databaseCertificates: string;
  /** Variables of the application's own; no secrets, for they stand in the template. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Application servers behind an internal load balancer, with the database let know of them. */
export class ApplicationTier extends Construct {
  readonly securityGroup: CfnSecurityGroup;
  readonly balancerSecurityGroup: CfnSecurityGroup;
  readonly balancer: LoadBalancer;
  readonly servers: ServerGroup;
  readonly port: number;

  constructor(scope: Construct, id: string, props: ApplicationTierProps) {
    super(scope, id);
    const { application, database } = props;
    this.port = application.port;
    this.securityGroup = securityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      name: 'was-security-group',
      tier: 'was',
      description: 'Application servers: call the database and the services of AWS',
      reason: words(
        'Application servers admit the internal load balancer and the web tier, and call the database and AWS’s services. No SSH.',
        '애플리케이션 서버는 내부 로드 밸런서와 웹 계층을 받아들이고 데이터베이스와 AWS 서비스를 호출합니다. SSH는 없습니다.',
      ),
      outbound: [
        {
          to: { group: database.securityGroup },
          port: database.port,
          description: 'The database',
          reason: words(
            'The application keeps its data there. Leave it out and every request that needs data fails after a timeout.',
            '애플리케이션의 데이터가 있는 곳입니다. 이 규칙이 없으면 데이터가 필요한 요청이 모두 시간 초과로 실패합니다.',
          ),
        },
        httpsOut,
      ],
    });
    admit(this, 'ToDatabase', {
      into: database.securityGroup,
      from: { group: this.securityGroup },
      port: database.port,
      tier: 'database',
      description: 'The application servers',
      reason: words(
        'The only way into the database: by the group of the application servers, not by addresses that change.',
        '데이터베이스로 들어가는 유일한 길입니다. 바뀌는 주소가 아니라 애플리케이션 서버의 보안 그룹을 지정합니다.',
      ),
    });
    this.balancerSecurityGroup = securityGroup(this, 'LoadBalancerSecurityGroup', {
      vpc: props.vpc,
      name: 'internal-security-group',
      tier: 'was',
      description: 'Internal load balancer: calls the application servers',
      reason: words(
        'The internal load balancer admits web servers only and calls application servers only.',
        '내부 로드 밸런서는 웹 서버만 받아들이고 애플리케이션 서버만 호출합니다.',
      ),
      outbound: [
        {
          to: { group: this.securityGroup },
          port: this.port,
          description: 'Requests and health checks to the application servers',
          reason: words(
            'Requests and health checks go here; without it every server looks dead.',
            '요청과 상태 확인이 이 길로 갑니다. 이 규칙이 없으면 모든 서버가 죽은 것으로 보입니다.',
          ),
        },
      ],
    });
    admit(this, 'FromLoadBalancer', {
      into: this.securityGroup,
      from: { group: this.balancerSecurityGroup },
      port: this.port,
      tier: 'was',
      description: 'Requests and health checks from the internal load balancer',
      reason: words(
        'The regular way to the application servers: through the load balancer, which knows which of them live.',
        '애플리케이션 서버로 가는 정상 경로입니다. 어떤 서버가 살아 있는지 아는 로드 밸런서를 거칩니다.',
      ),
    });
    this.balancer = loadBalancer(this, {
      name: 'internal',
      tier: 'was',
      scheme: 'internal',
      vpc: props.vpc,
      subnets: props.subnets,
      securityGroup: this.balancerSecurityGroup,
      port: this.port,
      targetPort: this.port,
      healthPath: application.healthPath,
      logs: props.logs,
      reason: words(
        'One name for the web tier to call, whichever application servers live. It has private addresses only.',
        '어떤 애플리케이션 서버가 살아 있든 웹 계층은 이 이름 하나만 부르면 됩니다. 프라이빗 IPv4 주소만 갖습니다.',
      ),
    });
    this.servers = new ServerGroup(this, 'Default', {
      name: 'was',
      tier: 'was',
      subnets: props.subnets,
      securityGroup: this.securityGroup,
      instanceProfile: props.instanceProfile,
      image: props.image,
      servers: props.servers,
      targetGroup: this.balancer.targets.ref,
      alerts: props.alerts,
      boot: (signal) =>
        bootScript('application', {
          ...signal,
          BUNDLE: application.bundle,
          PACKAGES: application.packages.join(' '),
          START: application.start,
          PORT: String(application.port),
          HEALTH_PATH: application.healthPath,
          DATABASE_HOST: database.instance.attrEndpointAddress,
          DATABASE_PORT: String(database.port),
          DATABASE_NAME: database.databaseName,
          DATABASE_SECRET_ARN: database.secret.ref,
          DATABASE_CA_FILE: application.databaseCertificates,
          ENVIRONMENT: Object.entries(application.environment ?? {})
            .map(([name, value]) => `${name}=${value}`)
            .join('\n'),
        }),
    });
    this.servers.group.addResourceDependency(this.balancer.listener);
    if (props.alerts) {
      launchAlarm(this, 'LaunchAlarm', { group: this.servers.group, name: 'was', tier: 'was', topic: props.alerts });
    }
  }
}

/** What every server calls: Session Manager, Secrets Manager, CloudFormation's signal, S3. */
export const httpsOut = {
  to: { range: '0.0.0.0/0' },
  port: 443,
  description: 'HTTPS to the services of AWS',
  reason: words(
    'Session Manager, Secrets Manager, packages and the boot signal are HTTPS calls to AWS, whose addresses change. Without it the server can neither boot nor be managed.',
    'Session Manager, Secrets Manager, 패키지, 부팅 완료 신호는 모두 주소가 바뀌는 AWS로 보내는 HTTPS 호출입니다. 이 규칙이 없으면 서버가 부팅하지도, 관리되지도 못합니다.',
  ),
};
