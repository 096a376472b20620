import { loadTexts } from '@terrace/cloud/assembly/load';
import { expect, test } from 'vitest';
import { operationsWarnings } from './warnings.ts';

const template = `
Resources:
  Nobody:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{Name: InstanceId, Value: i-0123456789abcdef0}]
      Statistic: Average
      Period: 60
      EvaluationPeriods: 1
      Threshold: 80
      ComparisonOperator: GreaterThanThreshold
  Policy:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: elsewhere, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1}
`;

test('warns of an alarm on a metric that nobody emits and of a policy without its group, each at its place', async () => {
  const loaded = await loadTexts({ 'service.yaml': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const shortage = { group: 'service/Policy', name: 'web', wanted: 3, has: 1, reason: 'full.' };
  const warnings = operationsWarnings([shortage], loaded.value).map(({ mistake }) => mistake);
  expect(warnings.map(({ code, place, cause }) => [code, place.logicalId, cause.en])).toEqual([
    [
      'METRIC_NOT_EMITTED',
      'Nobody',
      'No template has what AWS/EC2 CPUUtilization is to be of: InstanceId=i-0123456789abcdef0.',
    ],
    ['LAUNCH_FAILED', 'Policy', 'The group web wants 3 instances and has 1: full.'],
    [
      'POLICY_WITHOUT_GROUP',
      'Policy',
      'No template has the Auto Scaling group “elsewhere”: the policy changes nothing here.',
    ],
  ]);
});
