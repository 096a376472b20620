import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { type Change, get, network, out, ref, refusals } from '../refusals.fixture.ts';

const nic = (properties: JsonObject): JsonObject => ({ DeviceIndex: '0', SubnetId: ref('A'), ...properties });
const disk = (Ebs: JsonObject): JsonObject => ({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs }] });
const volume = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::EC2::Volume',
  Properties: { AvailabilityZone: 'ap-northeast-2a', Size: 100, ...properties },
});
const attachment = {
  Type: 'AWS::EC2::VolumeAttachment',
  Properties: { VolumeId: ref('V'), InstanceId: ref('I'), Device: '/dev/sdf' },
};
const profile = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: ['one'] } };
const launch = (data: JsonObject, more: JsonObject = {}): Record<string, Change> => ({
  Lt: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data, ...more } },
});
const base = {
  ...network,
  Ip: profile,
  I: {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', SubnetId: ref('A') },
  },
};

describe('AWS refuses', () => {
  const faults: readonly (readonly [string, Record<string, Change>])[] = [
    ['PROFILE_BY_NAME I IamInstanceProfile', { I: { IamInstanceProfile: get('Ip', 'Arn') } }],
    [
      'PROFILE_BY_NAME Lt LaunchTemplateData.IamInstanceProfile.Name',
      launch({ IamInstanceProfile: { Name: get('Ip', 'Arn') } }),
    ],
    [
      'PROFILE_BY_NAME Lt LaunchTemplateData.IamInstanceProfile.Arn',
      launch({ IamInstanceProfile: { Arn: ref('Ip') } }),
    ],
    [
      'EXCLUSIVE_PROPERTIES Lt LaunchTemplateData.IamInstanceProfile.Arn',
      launch({ IamInstanceProfile: { Name: ref('Ip'), Arn: get('Ip', 'Arn') } }),
    ],
    ['NAME_LENGTH Lt LaunchTemplateName', launch({}, { LaunchTemplateName: 'ab' })],
    ['NAME_CHARACTERS Lt LaunchTemplateName', launch({}, { LaunchTemplateName: 'my template' })],
    ['WRONG_FORM I ImageId', { I: { ImageId: 'ubuntu' } }],
    ['WRONG_FORM I InstanceType', { I: { InstanceType: 'micro' } }],
    [
      'NUMBER_OUT_OF_RANGE Lt LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
      launch({ MetadataOptions: { HttpPutResponseHopLimit: 65 } }),
    ],
    ['USER_DATA_NOT_ENCODED I UserData', { I: { UserData: '#!/bin/bash\ndnf install -y nginx' } }],
    [
      'NOT_FOR_THIS_KIND I CreditSpecification',
      { I: { InstanceType: 'm5.large', CreditSpecification: { CPUCredits: 'standard' } } },
    ],
    ['EXCLUSIVE_PROPERTIES I SubnetId', { I: { NetworkInterfaces: [nic({})] } }],
    [
      'EXCLUSIVE_PROPERTIES I SecurityGroupIds',
      { I: { SubnetId: out, SecurityGroupIds: [ref('Group')], NetworkInterfaces: [nic({})] } },
    ],
    [
      'EXCLUSIVE_PROPERTIES Lt LaunchTemplateData.SecurityGroupIds',
      launch({ SecurityGroupIds: [ref('Group')], NetworkInterfaces: [{ DeviceIndex: 0 }] }),
    ],
    ['EXCLUSIVE_PROPERTIES I SecurityGroups', { I: { SecurityGroups: ['web'] } }],
    ['INTERFACES I NetworkInterfaces.1.DeviceIndex', { I: { SubnetId: out, NetworkInterfaces: [nic({}), nic({})] } }],
    [
      'INTERFACES I NetworkInterfaces.0.AssociatePublicIpAddress',
      { I: { SubnetId: out, NetworkInterfaces: [nic({ AssociatePublicIpAddress: true }), nic({ DeviceIndex: '1' })] } },
    ],
    ['VOLUME I BlockDeviceMappings.0.Ebs.VolumeSize', { I: disk({ VolumeType: 'io1', VolumeSize: 2, Iops: 100 }) }],
    ['VOLUME I BlockDeviceMappings.0.Ebs.VolumeType', { I: disk({ VolumeType: 'gp4', VolumeSize: 20 }) }],
    ['VOLUME I BlockDeviceMappings.0.Ebs.Iops', { I: disk({ VolumeType: 'gp2', VolumeSize: 20, Iops: 3000 }) }],
    [
      'VOLUME Lt LaunchTemplateData.BlockDeviceMappings.0.Ebs.Iops',
      launch(disk({ VolumeType: 'gp3', VolumeSize: 10, Iops: 6000 })),
    ],
    [
      'DEVICE_TWICE I BlockDeviceMappings.1.DeviceName',
      {
        I: {
          BlockDeviceMappings: [
            { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 9 } },
            { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 9 } },
          ],
        },
      },
    ],
    ['VOLUME V Iops', { V: volume({ VolumeType: 'io1', Iops: 5001 }) }],
    ['VOLUME V VolumeType', { V: volume({ VolumeType: 'io2' }) }],
    ['VOLUME V Throughput', { V: volume({ VolumeType: 'gp3', Throughput: 800 }) }],
    ['VOLUME V Size', { V: volume({ VolumeType: 'st1' }) }],
    ['MISSING_COMPANION V', { V: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'ap-northeast-2a' } } }],
    ['OTHER_ZONE At VolumeId', { V: volume({ AvailabilityZone: 'ap-northeast-2b' }), At: attachment }],
  ];
  test.each(faults)('%s', async (found, changes) => {
    expect(await refusals(base, changes)).toEqual([found]);
  });
});

describe('AWS takes', () => {
  const nearMisses: readonly (readonly [string, Record<string, Change>])[] = [
    ['the base', {}],
    ['a profile by name', { I: { IamInstanceProfile: ref('Ip') } }],
    ['a profile by ARN in a template', launch({ IamInstanceProfile: { Arn: get('Ip', 'Arn') } })],
    ['an image of a parameter in a template', launch({ ImageId: 'resolve:ssm:/aws/service/ami' })],
    ['user data in base64', { I: { UserData: { 'Fn::Base64': '#!/bin/bash\necho hi' } } }],
    [
      'groups within the interface',
      { I: { SubnetId: out, NetworkInterfaces: [nic({ AssociatePublicIpAddress: true, GroupSet: [ref('Group')] })] } },
    ],
    ['gp3 with its most', { V: volume({ VolumeType: 'gp3', Iops: 4000, Throughput: 1000 }) }],
    ['a small gp3 with its base', { V: volume({ VolumeType: 'gp3', Size: 1, Iops: 3000, Throughput: 125 }) }],
    ['io1 at its ratio', { V: volume({ VolumeType: 'io1', Iops: 5000 }) }],
    ['a volume in the zone', { V: volume({}), At: attachment }],
    ['credits of t3', { I: { CreditSpecification: { CPUCredits: 'unlimited' } } }],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await refusals(base, changes)).toEqual([]);
  });
});
