import type { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { because, type Tier } from '../reason.ts';
import { words } from '../words.ts';

/**
 * Raised when a group has had fewer servers than it should for five minutes: Auto Scaling cannot launch them, or they do not come into
 * service. The group reports both figures by itself, free of charge, once asked to.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
export function launchAlarm(
  scope: Construct,
  id: string,
  alarm: { readonly group: CfnAutoScalingGroup; readonly name: string; readonly tier: Tier; readonly topic: CfnTopic },
): CfnAlarm {
  const figure = (figureId: string, metricName: string): CfnAlarm.MetricDataQueryProperty => ({
    id: figureId,
    returnData: false,
    metricStat: {
      stat: 'Minimum',
      period: 60,
      metric: {
        namespace: 'AWS/AutoScaling',
        metricName,
        dimensions: [{ name: 'AutoScalingGroupName', value: alarm.group.ref }],
      },
    },
  });
  return because(
    new CfnAlarm(scope, id, {
      alarmDescription: `Servers of ${alarm.name} are missing: the group cannot launch them / ${alarm.name} 서버가 모자랍니다. 그룹이 서버를 띄우지 못하고 있습니다`,
      metrics: [
        figure('wanted', 'GroupDesiredCapacity'),
        figure('there', 'GroupInServiceInstances'),
        { id: 'missing', expression: 'wanted - there', label: 'Servers missing', returnData: true },
      ],
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: 'notBreaching',
      alarmActions: [alarm.topic.ref],
      okActions: [alarm.topic.ref],
    }),
    alarm.tier,
    words(
      'An administrator hears of it when the group cannot launch servers: a quota, a missing image, a zone without room. 0.10 USD a month after the first ten alarms.',
      '할당량 초과, 없는 AMI, 용량이 부족한 가용 영역 등으로 서버를 띄우지 못하면 관리자에게 알립니다. 경보는 10개까지 무료이고 그 뒤로는 하나에 월 0.10달러입니다.',
    ),
  );
}
