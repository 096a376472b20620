import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnListener, CfnLoadBalancer, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { because, nameTag, type Tier } from '../reason.ts';
import { type Words, words } from '../words.ts';
import type { AccessLogs } from './access-logs.ts';

export interface LoadBalancerProps {
  readonly name: string;
  readonly tier: Tier;
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly securityGroup: CfnSecurityGroup;
  readonly port: number;
  readonly targetPort: number;
  /** Answers 200 while the server itself lives, whatever is behind it. */
  readonly healthPath: string;
  /** Where to write a line for every request; `null` for nowhere. */
  readonly logs: AccessLogs | null;
  readonly reason: Words;
}

export interface LoadBalancer {
  readonly balancer: CfnLoadBalancer;
  readonly targets: CfnTargetGroup;
  readonly listener: CfnListener;
}

/** An Application Load Balancer with one HTTP listener and one target group. */
export function loadBalancer(scope: Construct, props: LoadBalancerProps): LoadBalancer {
  const balancer = because(
    new CfnLoadBalancer(scope, 'LoadBalancer', {
      type: 'application',
      scheme: props.scheme,
      subnets: [...props.subnets],
      securityGroups: [props.securityGroup.attrGroupId],
      loadBalancerAttributes: attributes(props),
      tags: nameTag(props.name),
    }),
    props.tier,
    props.reason,
  );
  if (props.logs) {
    balancer.addResourceDependency(props.logs.policy);
  } else {
    accept(
      balancer,
      'AwsSolutions-ELB2',
      'Nobody reads a classroom’s access logs; nginx on the servers keeps its own.',
    );
  }
  const targets = because(
    new CfnTargetGroup(scope, 'Targets', {
      vpcId: props.vpc,
      protocol: 'HTTP',
      port: props.targetPort,
      targetType: 'instance',
      healthCheckProtocol: 'HTTP',
      healthCheckPath: props.healthPath,
      healthCheckIntervalSeconds: 10,
      healthCheckTimeoutSeconds: 5,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      matcher: { httpCode: '200' },
      targetGroupAttributes: [{ key: 'deregistration_delay.timeout_seconds', value: '30' }],
      tags: nameTag(`${props.name}-targets`),
    }),
    props.tier,
    words(
      'Asks every server every 10 seconds whether it lives; two misses take traffic off it. The question does not touch the database: a database failure must not look like dead servers.',
      '서버마다 10초에 한 번 살아 있는지 묻고, 두 번 답이 없으면 트래픽을 보내지 않습니다. 데이터베이스 장애를 서버 장애로 오해하지 않도록 이 검사는 데이터베이스를 건드리지 않습니다.',
    ),
  );
  const listener = because(
    new CfnListener(scope, 'Listener', {
      loadBalancerArn: balancer.ref,
      port: props.port,
      protocol: 'HTTP',
      defaultActions: [{ type: 'forward', targetGroupArn: targets.ref }],
    }),
    props.tier,
    words(
      `Takes requests on port ${props.port} and hands them to the servers that are healthy.`,
      `${props.port}번 포트로 요청을 받아 정상인 서버에 나눠 줍니다.`,
    ),
  );
  return { balancer, targets, listener };
}

function attributes({ logs, name }: LoadBalancerProps): { key: string; value: string }[] {
  const dropInvalidHeaders = { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' };
  if (!logs) return [dropInvalidHeaders];
  return [
    dropInvalidHeaders,
    { key: 'access_logs.s3.enabled', value: 'true' },
    { key: 'access_logs.s3.bucket', value: logs.bucket.ref },
    { key: 'access_logs.s3.prefix', value: name },
  ];
}
