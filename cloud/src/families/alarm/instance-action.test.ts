import { describe, expect, test } from 'vitest';
import { readAlarm } from './alarm.ts';
import { instanceActionOf, instanceWatched } from './instance-action.ts';

describe('an action on an instance', () => {
  test.each([
    ['arn:aws:automate:ap-northeast-2:ec2:stop', 'stop'],
    ['arn:aws:automate:ap-northeast-2:ec2:terminate', 'terminate'],
    ['arn:aws-cn:automate:cn-north-1:ec2:reboot', 'reboot'],
    ['arn:aws:automate:ap-northeast-2:ec2:recover', 'recover'],
    ['arn:aws:swf:ap-northeast-2:123456789012:action/actions/AWS_EC2.InstanceId.Stop/1.0', 'stop'],
    ['arn:aws:swf:ap-northeast-2:123456789012:action/actions/AWS_EC2.InstanceId.Reboot/1.0', 'reboot'],
    ['arn:aws:swf:ap-northeast-2:123456789012:action/actions/AWS_EC2.InstanceId.Recover/1.0', null],
    ['arn:aws:automate:ap-northeast-2:ec2:hibernate', null],
    ['arn:aws:sns:ap-northeast-2:123456789012:ec2:stop', null],
  ])('%s: %s', (arn, action) => {
    expect(instanceActionOf(arn)).toBe(action);
  });

  test('is on the instance that the alarm watches', () => {
    const of = (more: object) =>
      instanceWatched(readAlarm({ Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', ...more }));
    expect(of({ Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }] })).toBe('i-1');
    expect(of({ Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'web' }] })).toBeNull();
    expect(of({ Metrics: [{ Id: 'e', Expression: '1' }] })).toBeNull();
  });
});
