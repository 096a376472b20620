import { Lazy, Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup, CfnScalingPolicy } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate, type CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { because, nameTag, type Tier } from '../reason.ts';
import type { ServerSettings } from '../settings/settings.ts';
import { words } from '../words.ts';

export interface ServerGroupProps {
  /** Name tag of every member: `web` makes members `web/0`, `web/1` to Terrace. */
  readonly name: string;
  readonly tier: Tier;
  readonly subnets: readonly string[];
  readonly securityGroup: CfnSecurityGroup;
  /** Name of an instance profile; its role must allow what the boot script and the application ask for. */
  readonly instanceProfile: string;
  /** Image id, or a reference to a parameter that holds one. */
  readonly image: string;
  readonly servers: ServerSettings;
  readonly targetGroup: string;
  /** Told at once when a server cannot be launched or ended; `null` for nobody. */
  readonly alerts: CfnTopic | null;
  /** User data, given what it has to tell CloudFormation when it has finished. */
  readonly boot: (signal: BootSignal) => string;
}

export interface BootSignal {
  readonly STACK: string;
  readonly RESOURCE: string;
  readonly REGION: string;
}

/** Equal servers over several zones, replaced when their load balancer finds them dead. No key pair: sessions go through SSM. */
export class ServerGroup extends Construct {
  readonly launchTemplate: CfnLaunchTemplate;
  readonly group: CfnAutoScalingGroup;

  constructor(scope: Construct, id: string, props: ServerGroupProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.launchTemplate = because(
      new CfnLaunchTemplate(this, 'LaunchTemplate', {
        tagSpecifications: [{ resourceType: 'launch-template', tags: nameTag(`${props.name}-launch-template`) }],
        launchTemplateData: {
          imageId: props.image,
          instanceType: props.servers.instanceType,
          iamInstanceProfile: { name: props.instanceProfile },
          securityGroupIds: [props.securityGroup.attrGroupId],
          metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
          blockDeviceMappings: [
            {
              deviceName: '/dev/xvda',
              ebs: { volumeSize: 8, volumeType: 'gp3', encrypted: true, deleteOnTermination: true },
            },
          ],
          // Only instances of the T families have credits, and EC2 refuses the property for others.
          ...(props.servers.instanceType.startsWith('t') ? { creditSpecification: { cpuCredits: 'standard' } } : {}),
          monitoring: { enabled: false },
          userData: props.boot({
            STACK: stack.stackName,
            RESOURCE: Lazy.string({ produce: () => stack.resolve(this.group.logicalId) }),
            REGION: stack.region,
          }),
        },
      }),
      props.tier,
      words(
        'How a server of this tier is made: no key pair (sessions go through SSM), metadata only with a token (IMDSv2), an encrypted disk, and CPU credits that cannot run up a bill.',
        '이 계층의 서버를 만드는 방법입니다. 키 페어 없이 SSM으로 접속하고, 메타데이터는 토큰(IMDSv2)으로만 읽고, 디스크를 암호화하며, CPU 크레딧이 추가 요금을 만들지 않게 합니다.',
      ),
    );
    this.group = because(
      new CfnAutoScalingGroup(this, 'Servers', {
        vpcZoneIdentifier: [...props.subnets],
        minSize: String(props.servers.least),
        maxSize: String(props.servers.most),
        desiredCapacity: String(props.servers.usual),
        launchTemplate: {
          launchTemplateId: this.launchTemplate.ref,
          version: this.launchTemplate.attrLatestVersionNumber,
        },
        targetGroupArns: [props.targetGroup],
        healthCheckType: 'ELB',
        healthCheckGracePeriod: 180,
        metricsCollection: [{ granularity: '1Minute', metrics: ['GroupDesiredCapacity', 'GroupInServiceInstances'] }],
        ...(props.alerts ? { notificationConfigurations: [failures(props.alerts)] } : {}),
        tags: [{ key: 'Name', value: props.name, propagateAtLaunch: true }],
      }),
      props.tier,
      words(
        'Keeps the tier at its size over two zones: a server that its load balancer finds dead is replaced without anybody being called.',
        '두 가용 영역에 걸쳐 정해진 서버 수를 유지합니다. 로드 밸런서가 죽었다고 판단한 서버는 사람을 부르지 않고 교체합니다.',
      ),
    );
    this.group.cfnOptions.creationPolicy = {
      resourceSignal: { count: props.servers.usual, timeout: 'PT10M' },
    };
    this.group.cfnOptions.updatePolicy = {
      autoScalingRollingUpdate: {
        minInstancesInService: Math.min(props.servers.least, props.servers.most - 1),
        maxBatchSize: 1,
        pauseTime: 'PT10M',
        waitOnResourceSignals: true,
        suspendProcesses: ['HealthCheck', 'ReplaceUnhealthy', 'AZRebalance', 'AlarmNotification', 'ScheduledActions'],
      },
    };
    accept(
      this.group,
      'AwsSolutions-AS3',
      'Failures are told; a mail for every server that comes and goes would be a mail that nobody reads.',
    );
    this.#scaleByLoad(props);
  }

  /** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html */
  #scaleByLoad({ tier, servers }: ServerGroupProps): void {
    if (servers.least === servers.most) return;
    because(
      new CfnScalingPolicy(this, 'ScaleByLoad', {
        autoScalingGroupName: this.group.ref,
        policyType: 'TargetTrackingScaling',
        estimatedInstanceWarmup: 120,
        targetTrackingConfiguration: {
          predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
          targetValue: 60,
        },
      }),
      tier,
      words(
        `Adds servers when they are busier than 60 % on average, up to ${servers.most}, and takes them away again down to ${servers.least}.`,
        `평균 CPU 사용률이 60%를 넘으면 최대 ${servers.most}대까지 늘리고, 한가해지면 ${servers.least}대까지 줄입니다.`,
      ),
    );
  }
}

function failures(topic: CfnTopic): CfnAutoScalingGroup.NotificationConfigurationProperty {
  return {
    topicArn: topic.ref,
    notificationTypes: ['autoscaling:EC2_INSTANCE_LAUNCH_ERROR', 'autoscaling:EC2_INSTANCE_TERMINATE_ERROR'],
  };
}
