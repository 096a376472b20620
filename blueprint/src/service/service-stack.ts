import { CfnOutput, CfnParameter, Fn, type StackProps } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { Bundles } from '../bundles.ts';
import type { IdentityStack } from '../identity/identity-stack.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import { PlainStack } from '../plain-stack.ts';
import type { ServerSettings, Settings } from '../settings/settings.ts';
import { words } from '../words.ts';
import { buildAccessLogs } from './access-logs.ts';
import { alertTopic } from './alerts.ts';
import { ApplicationTier } from './application-tier.ts';
import { DatabaseTier } from './database-tier.ts';
import { scheduleDatabase, scheduleServers } from './hours.ts';
import { intents } from './intents.ts';
import { PageName } from './page-name.ts';
import { PrivateNames } from './private-names.ts';
import { TestInstance } from './test-instance.ts';
import { WebTier } from './web-tier.ts';

export interface ServiceStackProps extends StackProps {
  readonly settings: Settings;
  readonly identity: IdentityStack;
  readonly foundation: NetworkStack;
  readonly bundles: Bundles;
  readonly secretName: string;
}

/** The three tiers: load balancers, servers, database. */
export class ServiceStack extends PlainStack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { settings, identity, bundles } = props;
    const { network } = props.foundation;
    const images = {
      web: this.#image('Web', settings.web),
      application: this.#image('Application', settings.application),
    };
    const alerts = alertTopic(this, 'Alerts', {
      name: 'alerts',
      publishers: ['cloudwatch.amazonaws.com', 'autoscaling.amazonaws.com'],
      reason: words(
        'Where alarms of the service go: one place to subscribe to, whoever is on duty.',
        '서비스의 경보가 모이는 곳입니다. 당번이 누구든 여기만 구독하면 됩니다.',
      ),
    });
    const logs = settings.accessLogs ? buildAccessLogs(this) : null;
    const database = new DatabaseTier(this, 'Database', {
      vpc: network.privateVpc.ref,
      subnets: network.databaseSubnets.map((subnet) => subnet.ref),
      database: settings.database,
      secretName: props.secretName,
      databaseName: 'arcade',
      userName: 'arcade',
    });
    const application = new ApplicationTier(this, 'Application', {
      vpc: network.publicVpc.ref,
      subnets: network.applicationSubnets.map((subnet) => subnet.ref),
      database,
      servers: settings.application,
      image: images.application,
      logs,
      alerts,
      instanceProfile: identity.applicationInstanceProfile.ref,
      application: {
        bundle: this.#bundle('ApplicationBundle', bundles.application),
        packages: ['nodejs22'],
        start: '/usr/bin/node /opt/application/server.mjs',
        port: 8080,
        healthPath: '/health/live',
        databaseCertificates: `/opt/application/rds-ca/${this.region}.pem`,
      },
    });
    const web = new WebTier(this, 'Web', {
      vpc: network.publicVpc.ref,
      publicSubnets: network.publicSubnets.map((subnet) => subnet.ref),
      subnets: network.webSubnets.map((subnet) => subnet.ref),
      application,
      servers: settings.web,
      image: images.web,
      logs,
      alerts,
      instanceProfile: identity.webInstanceProfile.ref,
      bundle: this.#bundle('WebBundle', bundles.web),
    });
    this.#plainNames(application, web);
    this.#hours(settings, identity, { database, application, web });
    this.#names(settings, props.foundation, { database, application, web });
    if (network.testSubnet) {
      new TestInstance(this, 'TestInstance', {
        vpc: network.privateVpc.ref,
        subnet: network.testSubnet.ref,
        image: images.application,
        instanceType: settings.application.instanceType,
        instanceProfile: identity.webInstanceProfile.ref,
        database,
      });
    }
    this.templateOptions.metadata = {
      'Terrace::Intents': intents(settings),
      // Goes through all three tiers and the database: `terrace up` asks for it until it is answered.
      'Terrace::FirstAnswer': '/api/hello',
    };
    new CfnOutput(this, 'PageAddress', {
      description: 'Where the page answers',
      value: settings.names.domain
        ? `https://${settings.names.domain}`
        : Fn.join('', ['http://', web.balancer.balancer.attrDnsName]),
    });
  }

  #hours(
    { money, web, application }: Settings,
    { scheduleRole }: IdentityStack,
    tiers: { readonly database: DatabaseTier; readonly application: ApplicationTier; readonly web: WebTier },
  ): void {
    if (!money.hours || !scheduleRole) return;
    scheduleServers(tiers.web, money.hours, { name: 'web', group: tiers.web.servers, servers: web });
    scheduleServers(tiers.application, money.hours, {
      name: 'was',
      group: tiers.application.servers,
      servers: application,
    });
    scheduleDatabase(this, money.hours, tiers.database.instance, scheduleRole.attrArn);
  }

  #names(
    { names }: Settings,
    { network }: NetworkStack,
    tiers: { readonly database: DatabaseTier; readonly application: ApplicationTier; readonly web: WebTier },
  ): void {
    if (names.privateZone) {
      new PrivateNames(this, 'PrivateNames', {
        zone: names.privateZone,
        vpcs: [network.publicVpc.ref, network.privateVpc.ref],
        databaseAddress: tiers.database.instance.attrEndpointAddress,
        internalBalancer: tiers.application.balancer,
      });
    }
    if (names.domain) {
      new PageName(this, 'Page', { domain: names.domain, hostedZone: names.hostedZone, web: tiers.web });
    }
  }

  #bundle(id: string, path: string): string {
    const asset = new Asset(this, id, { path });
    return asset.s3ObjectUrl;
  }

  /** Amazon Linux 2023, the newest at the time of deployment; another image by its own parameter, for example a golden image. */
  #image(name: 'Web' | 'Application', { instanceType }: ServerSettings): string {
    const parameter = new CfnParameter(this, `${name}Image`, {
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      default: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${processor(instanceType)}`,
      description: 'SSM parameter that holds the id of the image / AMI ID가 담긴 SSM 파라미터',
    });
    return parameter.valueAsString;
  }

  /** Load balancers are spoken of by where they face, not by the tier that owns them. */
  #plainNames(application: ApplicationTier, web: WebTier): void {
    for (const [name, tier] of [
      ['Internal', application],
      ['External', web],
    ] as const) {
      tier.balancer.balancer.overrideLogicalId(`${name}LoadBalancer`);
      tier.balancer.listener.overrideLogicalId(`${name}Listener`);
      tier.balancerSecurityGroup.overrideLogicalId(`${name}LoadBalancerSecurityGroup`);
    }
  }
}

/** Instance families with a `g` behind the generation run on Graviton. */
export function processor(instanceType: string): 'arm64' | 'x86_64' {
  return /^[a-z]+\d+g/.test(instanceType) ? 'arm64' : 'x86_64';
}
