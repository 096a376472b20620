import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { admit, securityGroup } from '../network/security-group.ts';
import type { ServerSettings } from '../settings/settings.ts';
import { words } from '../words.ts';
import type { AccessLogs } from './access-logs.ts';
import { type ApplicationTier, httpsOut } from './application-tier.ts';
import { bootScript } from './boot-script.ts';
import { launchAlarm } from './launch-alarm.ts';
import { type LoadBalancer, loadBalancer } from './load-balancer.ts';
import { ServerGroup } from './server-group.ts';

export interface WebTierProps {
  readonly vpc: string;
  readonly publicSubnets: readonly string[];
  readonly subnets: readonly string[];
  readonly application: ApplicationTier;
  readonly servers: ServerSettings;
  readonly image: string;
  readonly instanceProfile: string;
  /** Where the load balancer writes a line for every request; `null` for nowhere. */
  readonly logs: AccessLogs | null;
  /** Told when a server cannot be launched; `null` for nobody. */
  readonly alerts: CfnTopic | null;
  /** `s3://bucket/key` of a gzipped tar with the static files below `public/`. */
  readonly bundle: string;
}

/** nginx behind an external load balancer: serves the static files and hands `/api/` to the application tier. */
export class WebTier extends Construct {
  readonly securityGroup: CfnSecurityGroup;
  readonly balancerSecurityGroup: CfnSecurityGroup;
  readonly balancer: LoadBalancer;
  readonly servers: ServerGroup;

  constructor(scope: Construct, id: string, props: WebTierProps) {
    super(scope, id);
    const { application } = props;
    this.securityGroup = securityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      name: 'web-security-group',
      tier: 'web',
      description: 'Web servers: call the application tier and the services of AWS',
      reason: words(
        'Web servers admit the external load balancer only; they call the application tier and AWS’s services, never the database. No SSH.',
        '웹 서버는 외부 로드 밸런서만 받아들이고 애플리케이션 계층과 AWS 서비스만 호출합니다. 데이터베이스에는 접근하지 않으며 SSH도 없습니다.',
      ),
      outbound: [
        {
          to: { group: application.balancerSecurityGroup },
          port: application.port,
          description: 'Requests to the internal load balancer',
          reason: words(
            'nginx hands requests on to the internal load balancer; without it every page loads and no data comes.',
            'nginx가 요청을 내부 로드 밸런서로 넘깁니다. 이 규칙이 없으면 페이지는 열리지만 데이터가 오지 않습니다.',
          ),
        },
        {
          to: { group: application.securityGroup },
          port: application.port,
          description: 'Diagnosis: an application server asked directly',
          reason: words(
            'Lets an operator on a web server ask one application server directly, to tell a dead server from a wrong load balancer.',
            '운영자가 웹 서버에서 애플리케이션 서버 한 대에 직접 물어, 서버 장애인지 로드 밸런서 설정 문제인지 가려낼 수 있게 합니다.',
          ),
        },
        httpsOut,
      ],
    });
    admit(this, 'ToInternalLoadBalancer', {
      into: application.balancerSecurityGroup,
      from: { group: this.securityGroup },
      port: application.port,
      tier: 'was',
      description: 'Requests from the web servers',
      reason: words(
        'Only web servers may ask the application tier.',
        '웹 서버만 애플리케이션 계층에 요청할 수 있습니다.',
      ),
    });
    admit(this, 'ToApplication', {
      into: application.securityGroup,
      from: { group: this.securityGroup },
      port: application.port,
      tier: 'was',
      description: 'Diagnosis: web servers may ask an application server directly',
      reason: words(
        'The other half of the diagnosis rule: an application server answers a web server that asks it directly.',
        '진단용 규칙의 나머지 절반입니다. 웹 서버가 직접 물으면 애플리케이션 서버가 답합니다.',
      ),
    });
    this.balancerSecurityGroup = securityGroup(this, 'LoadBalancerSecurityGroup', {
      vpc: props.vpc,
      name: 'external-security-group',
      tier: 'edge',
      description: 'External load balancer: calls the web servers',
      reason: words(
        'The only group that the internet may talk to, and it can talk to web servers only.',
        '인터넷이 접속할 수 있는 유일한 그룹이며, 이 그룹은 웹 서버에만 접속할 수 있습니다.',
      ),
      outbound: [
        {
          to: { group: this.securityGroup },
          port: 80,
          description: 'Requests and health checks to the web servers',
          reason: words(
            'Requests and health checks go here; without it every web server looks dead.',
            '요청과 상태 확인이 이 길로 갑니다. 이 규칙이 없으면 모든 웹 서버가 죽은 것으로 보입니다.',
          ),
        },
      ],
    });
    admit(this, 'FromInternet', {
      into: this.balancerSecurityGroup,
      from: { range: '0.0.0.0/0' },
      port: 80,
      tier: 'edge',
      description: 'Everybody may ask for the page',
      reason: words('The page is for everybody.', '누구나 페이지를 볼 수 있어야 합니다.'),
    });
    admit(this, 'FromLoadBalancer', {
      into: this.securityGroup,
      from: { group: this.balancerSecurityGroup },
      port: 80,
      tier: 'web',
      description: 'Requests and health checks from the external load balancer',
      reason: words(
        'The only way to the web servers: through the load balancer, which knows which of them live.',
        '웹 서버로 가는 유일한 길입니다. 어떤 서버가 살아 있는지 아는 로드 밸런서를 거칩니다.',
      ),
    });
    this.balancer = loadBalancer(this, {
      name: 'external',
      tier: 'edge',
      scheme: 'internet-facing',
      vpc: props.vpc,
      subnets: props.publicSubnets,
      securityGroup: this.balancerSecurityGroup,
      port: 80,
      targetPort: 80,
      healthPath: '/health',
      logs: props.logs,
      reason: words(
        'The one public entrance: it spreads visitors over both zones and takes traffic off a dead server, so that servers need no public address.',
        '외부에서 들어오는 유일한 입구입니다. 방문자를 두 가용 영역에 나누고 죽은 서버에는 보내지 않으므로 서버에 퍼블릭 IPv4 주소가 필요 없습니다.',
      ),
    });
    this.servers = new ServerGroup(this, 'Default', {
      name: 'web',
      tier: 'web',
      subnets: props.subnets,
      securityGroup: this.securityGroup,
      instanceProfile: props.instanceProfile,
      image: props.image,
      servers: props.servers,
      targetGroup: this.balancer.targets.ref,
      alerts: props.alerts,
      boot: (signal) =>
        bootScript('web', {
          ...signal,
          BUNDLE: props.bundle,
          APPLICATION: application.balancer.balancer.attrDnsName,
          PORT: String(application.port),
        }),
    });
    this.servers.group.addResourceDependency(this.balancer.listener);
    if (props.alerts) {
      launchAlarm(this, 'LaunchAlarm', { group: this.servers.group, name: 'web', tier: 'web', topic: props.alerts });
    }
  }
}
