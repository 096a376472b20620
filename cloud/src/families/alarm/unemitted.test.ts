import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { unemittedMetrics } from './unemitted.ts';

const balancer = 'arn:aws:elasticloadbalancing:ap-northeast-2:1:loadbalancer/app/web/1';
const targets = 'arn:aws:elasticloadbalancing:ap-northeast-2:1:targetgroup/web/2';

function why(Namespace: string, MetricName: string, dimensions: Readonly<Record<string, string>>): string | undefined {
  const resource = (type: string, physicalId: string, properties: JsonObject = {}) => ({
    type,
    physicalId,
    properties,
  });
  const alarm = {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: 'Average',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  };
  const resources = [
    resource('AWS::EC2::Instance', 'i-1'),
    resource('AWS::AutoScaling::AutoScalingGroup', 'web', { MetricsCollection: [{ Metrics: ['GroupMinSize'] }] }),
    resource('AWS::RDS::DBInstance', 'shop'),
    resource('AWS::ElasticLoadBalancingV2::LoadBalancer', balancer),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', targets),
    resource('AWS::CloudWatch::Alarm', 'alarm', alarm),
  ];
  return unemittedMetrics({ resources } as unknown as Inventory)[0]?.why.en;
}

describe('an alarm’s metric', () => {
  test.each<[string, string, Record<string, string>]>([
    ['AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1' }],
    ['AWS/EC2', 'CPUUtilization', { AutoScalingGroupName: 'web' }],
    ['AWS/EC2', 'CPUUtilization', { InstanceType: 't3.micro' }],
    ['AWS/AutoScaling', 'GroupMinSize', { AutoScalingGroupName: 'web' }],
    ['AWS/RDS', 'CPUUtilization', { DBInstanceIdentifier: 'shop' }],
    ['AWS/ApplicationELB', 'RequestCount', { LoadBalancer: 'app/web/1', TargetGroup: 'targetgroup/web/2' }],
    ['Shop', 'Orders', { InstanceId: 'i-9' }],
    // It is not evaluated, and that is said elsewhere.
    ['AWS/EC2', 'CPUCreditBalance', { InstanceId: 'i-9' }],
  ])('%s %s of %j is emitted, as far as the templates say', (namespace, name, dimensions) => {
    expect(why(namespace, name, dimensions)).toBeUndefined();
  });

  test.each<[string, string, Record<string, string>, RegExp]>([
    ['AWS/EC2', 'CPUUtilization', { InstanceId: 'i-9' }, /InstanceId=i-9/],
    ['AWS/EC2', 'CPUUtilization', { AutoScalingGroupName: 'was' }, /AutoScalingGroupName=was/],
    ['AWS/RDS', 'CPUUtilization', { DBInstanceIdentifier: 'other' }, /DBInstanceIdentifier=other/],
    ['AWS/ApplicationELB', 'RequestCount', { LoadBalancer: 'app/web/2' }, /LoadBalancer=app/],
    ['AWS/ApplicationELB', 'RequestCount', { LoadBalancer: balancer }, /LoadBalancer=arn/],
    ['AWS/AutoScaling', 'GroupMaxSize', { AutoScalingGroupName: 'web' }, /not asked to report GroupMaxSize/],
    ['AWS/AutoScaling', 'GroupMaxSize', {}, /not asked/],
  ])('%s %s of %j has nobody who emits it', (namespace, name, dimensions, said) => {
    expect(why(namespace, name, dimensions)).toMatch(said);
  });
});
