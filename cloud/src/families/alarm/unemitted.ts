import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { objects, texts } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { type MetricStatistic, readAlarm } from './alarm.ts';
import { whyUnevaluated } from './unevaluated.ts';

/** An alarm on a metric that nobody emits, and why: its state stays as missing data has it. */
export interface UnemittedMetric {
  readonly alarm: Resource;
  readonly why: Words;
}

/** The alarms of the templates that are evaluated, and whose metric is of something that no template has. */
export function unemittedMetrics(inventory: Inventory): UnemittedMetric[] {
  return ofType(inventory, 'AWS::CloudWatch::Alarm').flatMap((alarm) => {
    if (whyUnevaluated(alarm.properties) !== null) return [];
    const metrics = readAlarm(alarm.properties).queries.flatMap((each) => ('metric' in each ? [each.metric] : []));
    const why = metrics.map((each) => whyNobodyEmits(each, inventory)).find((each) => each !== null);
    return why ? [{ alarm, why }] : [];
  });
}

function whyNobodyEmits({ namespace, name, dimensions }: MetricStatistic, inventory: Inventory): Words | null {
  // An application reports its own metrics by itself.
  if (!namespace.startsWith('AWS/')) return null;
  const unknown = Object.entries(dimensions).find(([dimension, value]) => !isThere(dimension, value, inventory));
  if (unknown) {
    const said = `${unknown[0]}=${unknown[1]}`;
    return words(
      `No template has what ${namespace} ${name} is to be of: ${said}.`,
      `${namespace} ${name} 지표의 대상이 템플릿에 없습니다: ${said}`,
    );
  }
  return namespace === 'AWS/AutoScaling' && !isAsked(name, dimensions.AutoScalingGroupName, inventory)
    ? words(
        `The group ${dimensions.AutoScalingGroupName ?? ''} is not asked to report ${name}: its MetricsCollection does not have it.`,
        `그룹 ${dimensions.AutoScalingGroupName ?? ''}의 MetricsCollection에 ${name}{이/가} 없어서 이 지표를 보내지 않습니다.`,
      )
    : null;
}

/** What each dimension names. Others, as an instance's type, name nothing that could be missing. */
const named: Readonly<Record<string, { readonly type: string; called(resource: Resource): string }>> = {
  AutoScalingGroupName: { type: 'AWS::AutoScaling::AutoScalingGroup', called: ({ physicalId }) => physicalId },
  DBInstanceIdentifier: { type: 'AWS::RDS::DBInstance', called: ({ physicalId }) => physicalId },
  InstanceId: { type: 'AWS::EC2::Instance', called: ({ physicalId }) => physicalId },
  LoadBalancer: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    called: ({ physicalId }) => physicalId.replace(/^.*:loadbalancer\//, ''),
  },
  NatGatewayId: { type: 'AWS::EC2::NatGateway', called: ({ physicalId }) => physicalId },
  TargetGroup: {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    called: ({ physicalId }) => physicalId.replace(/^.*:(?=targetgroup\/)/, ''),
  },
};

function isThere(dimension: string, value: string, inventory: Inventory): boolean {
  const kind = Object.hasOwn(named, dimension) ? named[dimension] : undefined;
  return !kind || ofType(inventory, kind.type).some((each) => kind.called(each) === value);
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html */
function isAsked(name: string, group: string | undefined, inventory: Inventory): boolean {
  const resource = ofType(inventory, 'AWS::AutoScaling::AutoScalingGroup').find(
    ({ physicalId }) => physicalId === group,
  );
  const collections = objects(resource?.properties ?? {}, 'MetricsCollection');
  return collections.some((each) => {
    const metrics = texts(each, 'Metrics');
    return metrics.length === 0 || metrics.includes(name);
  });
}
