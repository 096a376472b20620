import { describe, expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { changeOf, updateBehavior } from './resource-change.ts';

// cfn-update-behaviors
describe('a changed property', () => {
  test.each([
    ['AWS::EC2::VPC', 'EnableDnsSupport', 'in-place'],
    ['AWS::EC2::VPC', 'EnableDnsHostnames', 'in-place'],
    ['AWS::EC2::SecurityGroup', 'SecurityGroupEgress.0.CidrIp', 'interruption'],
    ['AWS::EC2::Instance', 'SecurityGroupIds', 'interruption'],
    ['AWS::EC2::Instance', 'UserData', 'interruption'],
    ['AWS::EC2::Subnet', 'MapPublicIpOnLaunch', 'in-place'],
    ['AWS::EC2::Subnet', 'CidrBlock', 'replacement'],
    ['AWS::EC2::VPC', 'CidrBlock', 'replacement'],
    ['AWS::EC2::VPC', 'Tags', 'in-place'],
    ['AWS::EC2::SecurityGroup', 'GroupDescription', 'replacement'],
    ['AWS::EC2::SecurityGroup', 'SecurityGroupIngress.0.FromPort', 'interruption'],
    ['AWS::EC2::Instance', 'ImageId', 'replacement'],
    ['AWS::EC2::Instance', 'InstanceType', 'interruption'],
    ['AWS::EC2::Instance', 'SubnetId', 'replacement'],
    ['AWS::RDS::DBInstance', 'DBInstanceClass', 'interruption'],
    ['AWS::EC2::Route', 'DestinationCidrBlock', 'replacement'],
  ])('%s.%s: %s', (type, path, behavior) => {
    expect(updateBehavior(type, path.split('.'))).toBe(behavior);
  });

  test('counts by the heaviest of all', () => {
    const resource = (properties: { [key: string]: Json }) => ({ type: 'AWS::EC2::Instance', properties });
    expect(
      changeOf(
        resource({ InstanceType: 't3.micro', Tags: [{ Key: 'a', Value: 'b' }] }),
        resource({ InstanceType: 't3.small', Tags: [{ Key: 'a', Value: 'c' }] }),
      ),
    ).toEqual({
      behavior: 'interruption',
      properties: [
        { path: 'InstanceType', behavior: 'interruption' },
        { path: 'Tags.0', behavior: 'in-place' },
      ],
    });
    expect(changeOf(resource({}), resource({})).behavior).toBeUndefined();
  });
});
