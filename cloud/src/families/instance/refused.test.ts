import { describe } from 'vitest';
import { network, out, ref, table } from '../refusals.fixture.ts';

const base = {
  ...network,
  I: {
    Type: 'AWS::EC2::Instance',
    Properties: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', SubnetId: ref('A') },
  },
  Lt: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro' } },
  },
  V: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'ap-northeast-2a', Size: 10, VolumeType: 'gp3' } },
};
const disk = (ebs: object, more: object = {}) => ({
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: ebs, ...more }],
});
const face = (...list: object[]) => ({ NetworkInterfaces: list, SubnetId: out });
const of = (more: object) =>
  Object.fromEntries(Object.entries(more).map(([key, value]) => [`LaunchTemplateData.${key}`, value])) as never;

describe('an instance', () => {
  table(base, 'I', [
    ['', { ImageId: out }, { ImageId: out, LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: '1' } }],
    [
      'LaunchTemplate',
      {
        ImageId: out,
        LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: '1' },
        'Lt:LaunchTemplateData.ImageId': out,
      },
      { ImageId: out, LaunchTemplate: { LaunchTemplateName: 'elsewhere', Version: '1' } },
    ],
    ['InstanceType', { InstanceType: 't3.gigantic' }, { InstanceType: 't3.2xlarge' }],
    ['InstanceType', { InstanceType: 't3micro' }, { InstanceType: 'm7i-flex.large' }],
    ['ImageId', { ImageId: 'al2023' }, { ImageId: 'ami-12345678' }],
    ['SubnetId', { SubnetId: ref('Vpc') }, { SubnetId: ref('B') }],
    ['SubnetId', { SubnetId: 'text' }, { SubnetId: 'subnet-0123456789abcdef0' }],
    ['SecurityGroupIds.0', { SecurityGroupIds: ['web'] }, { SecurityGroupIds: [ref('Group')] }],
    ['PrivateIpAddress', { PrivateIpAddress: '10.0.2.9' }, { PrivateIpAddress: '10.0.1.9' }],
    ['PrivateIpAddress', { PrivateIpAddress: '10.0.1.3' }, { PrivateIpAddress: '10.0.1.4' }],
    [
      'IamInstanceProfile',
      { IamInstanceProfile: 'arn:aws:iam::111122223333:instance-profile/one' },
      { IamInstanceProfile: 'one' },
    ],
    ['Tenancy', { Tenancy: 'shared' }, { Tenancy: 'default' }],
    [
      'MetadataOptions.HttpTokens',
      { MetadataOptions: { HttpTokens: 'yes' } },
      { MetadataOptions: { HttpTokens: 'required' } },
    ],
    [
      'MetadataOptions.HttpPutResponseHopLimit',
      { MetadataOptions: { HttpPutResponseHopLimit: 65 } },
      { MetadataOptions: { HttpPutResponseHopLimit: 64 } },
    ],
    [
      'CreditSpecification',
      { InstanceType: 'm5.large', CreditSpecification: { CPUCredits: 'standard' } },
      { CreditSpecification: { CPUCredits: 'unlimited' } },
    ],
    [
      'CreditSpecification.CPUCredits',
      { CreditSpecification: { CPUCredits: 'free' } },
      { CreditSpecification: { CPUCredits: 'standard' } },
    ],
    [
      'UserData',
      { UserData: '#!/bin/bash\necho hello > /tmp/a' },
      { UserData: { 'Fn::Base64': '#!/bin/bash\necho hello' } },
    ],
    [
      'UserData',
      { UserData: { 'Fn::Base64': 'a'.repeat(16_385) } },
      { UserData: { 'Fn::Base64': 'a'.repeat(16_384) } },
    ],
    [
      'BlockDeviceMappings.0.Ebs.VolumeType',
      disk({ VolumeSize: 8, VolumeType: 'ssd' }),
      disk({ VolumeSize: 8, VolumeType: 'gp3' }),
    ],
    [
      'BlockDeviceMappings.0.Ebs.VolumeType',
      disk({ VolumeSize: 8, VolumeType: 'io1' }),
      disk({ VolumeSize: 8, VolumeType: 'io1', Iops: 400 }),
    ],
    [
      'BlockDeviceMappings.0.Ebs.Iops',
      disk({ VolumeSize: 8, VolumeType: 'io1', Iops: 401 }),
      disk({ VolumeSize: 8, VolumeType: 'io2', Iops: 401 }),
    ],
    [
      'BlockDeviceMappings.0.Ebs.Iops',
      disk({ VolumeSize: 8, VolumeType: 'gp2', Iops: 3000 }),
      disk({ VolumeSize: 8, VolumeType: 'gp3', Iops: 3000 }),
    ],
    [
      'BlockDeviceMappings.0.Ebs.Iops',
      disk({ VolumeSize: 8, VolumeType: 'gp3', Iops: 2999 }),
      disk({ VolumeSize: 8, VolumeType: 'gp3', Iops: 4000 }),
    ],
    [
      'BlockDeviceMappings.0.Ebs.VolumeSize',
      disk({ VolumeSize: 16_385, VolumeType: 'gp2' }),
      disk({ VolumeSize: 16_384, VolumeType: 'gp2' }),
    ],
    ['BlockDeviceMappings.0.Ebs.VolumeSize', disk({ VolumeSize: 0 }), disk({ VolumeSize: 1 })],
    [
      'BlockDeviceMappings.0.Ebs.VolumeSize',
      disk({ VolumeSize: 100, VolumeType: 'st1' }, { DeviceName: '/dev/sdf' }),
      disk({ VolumeSize: 125, VolumeType: 'st1' }, { DeviceName: '/dev/sdf' }),
    ],
    [
      'BlockDeviceMappings.0.Ebs',
      disk({ VolumeSize: 8 }, { VirtualName: 'ephemeral0' }),
      { BlockDeviceMappings: [{ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }] },
    ],
    [
      'BlockDeviceMappings.0.Ebs.KmsKeyId',
      disk({ VolumeSize: 8, Encrypted: false, KmsKeyId: 'alias/one' }),
      disk({ VolumeSize: 8, Encrypted: true, KmsKeyId: 'alias/one' }),
    ],
    [
      'BlockDeviceMappings.1.DeviceName',
      {
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } },
          { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 9 } },
        ],
      },
      {
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } },
          { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 9 } },
        ],
      },
    ],
    [
      'SubnetId',
      { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref('A') }] },
      face({ DeviceIndex: '0', SubnetId: ref('A') }),
    ],
    [
      'NetworkInterfaces.1.DeviceIndex',
      face({ DeviceIndex: '0', SubnetId: ref('A') }, { DeviceIndex: '0', SubnetId: ref('A') }),
      face({ DeviceIndex: '0', SubnetId: ref('A') }, { DeviceIndex: '1', SubnetId: ref('A') }),
    ],
    [
      'NetworkInterfaces.0',
      face({ SubnetId: ref('A') }),
      face({ DeviceIndex: '0', SubnetId: ref('A'), AssociatePublicIpAddress: true }),
    ],
    [
      'NetworkInterfaces.0.SubnetId',
      face({ DeviceIndex: '0', NetworkInterfaceId: 'eni-0123456789abcdef0', SubnetId: ref('A') }),
      face({ DeviceIndex: '0', NetworkInterfaceId: 'eni-0123456789abcdef0' }),
    ],
    ['AvailabilityZone', { AvailabilityZone: 'ap-northeast-2b' }, { AvailabilityZone: 'ap-northeast-2a' }],
    ['CpuOptions', { CpuOptions: { CoreCount: 1 } }, { CpuOptions: { CoreCount: 1, ThreadsPerCore: 1 } }],
    [
      'CpuOptions.ThreadsPerCore',
      { CpuOptions: { CoreCount: 1, ThreadsPerCore: 4 } },
      { CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 } },
    ],
    [
      'HibernationOptions',
      { HibernationOptions: { Configured: true }, EnclaveOptions: { Enabled: true }, InstanceType: 'm5.xlarge' },
      { HibernationOptions: { Configured: true }, EnclaveOptions: { Enabled: false } },
    ],
    [
      'Ipv6Addresses',
      { Ipv6AddressCount: 1, Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }] },
      { Ipv6AddressCount: 0 },
    ],
    [
      'Volumes.0.VolumeId',
      { Volumes: [{ Device: '/dev/sdf', VolumeId: 'data' }] },
      { Volumes: [{ Device: '/dev/sdf', VolumeId: ref('V') }] },
    ],
    ['KeyName', { KeyName: '' }, { KeyName: 'my key' }],
    [
      'LaunchTemplate',
      { LaunchTemplate: { LaunchTemplateId: ref('Lt') } },
      { LaunchTemplate: { LaunchTemplateId: ref('Lt'), Version: '1' } },
    ],
  ] as never);
  table(base, 'Lt', [
    ['LaunchTemplateName', { LaunchTemplateName: 'ab' }, { LaunchTemplateName: 'abc' }],
    ['LaunchTemplateName', { LaunchTemplateName: 'my template' }, { LaunchTemplateName: 'my(template)./_-' }],
    [
      'LaunchTemplateData.SecurityGroupIds',
      of({ SecurityGroupIds: [ref('Group')], NetworkInterfaces: [{ DeviceIndex: 0 }] }),
      of({ NetworkInterfaces: [{ DeviceIndex: 0, Groups: [ref('Group')] }] }),
    ],
    [
      'LaunchTemplateData.IamInstanceProfile.Arn',
      of({ IamInstanceProfile: { Arn: 'one' } }),
      of({ IamInstanceProfile: { Name: 'one' } }),
    ],
    [
      'LaunchTemplateData.UserData',
      of({ UserData: '#!/bin/bash\necho a > b' }),
      of({ UserData: { 'Fn::Base64': 'echo' } }),
    ],
    [
      'LaunchTemplateData.BlockDeviceMappings.0.Ebs.Throughput',
      of({
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3', Throughput: 124 } }],
      }),
      of({
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, VolumeType: 'gp3', Throughput: 125 } }],
      }),
    ],
    [
      'LaunchTemplateData.InstanceMarketOptions.MarketType',
      of({ InstanceMarketOptions: { MarketType: 'cheap' } }),
      of({ InstanceMarketOptions: { MarketType: 'spot' } }),
    ],
    [
      'LaunchTemplateData.InstanceRequirements',
      of({ InstanceRequirements: { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 512 } } }),
      of({ InstanceType: out, InstanceRequirements: { VCpuCount: { Min: 1 }, MemoryMiB: { Min: 512 } } }),
    ],
    [
      'LaunchTemplateData.TagSpecifications.0.ResourceType',
      of({ TagSpecifications: [{ ResourceType: 'server', Tags: [{ Key: 'a', Value: 'b' }] }] }),
      of({ TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }] }),
    ],
    [
      'TagSpecifications.0.ResourceType',
      { TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }] },
      { TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'a', Value: 'b' }] }] },
    ],
    ['LaunchTemplateData.Monitoring', of({ Monitoring: 'on' }), of({ Monitoring: { Enabled: true } })],
  ]);
  table(base, 'V', [
    ['', { Size: out }, { Size: out, SnapshotId: 'snap-0123456789abcdef0' }],
    ['', { AvailabilityZone: out }, { AvailabilityZone: 'ap-northeast-2b' }],
    ['Size', { Size: 65_537 }, { Size: 16_384 }],
    ['VolumeType', { VolumeType: 'io2' }, { VolumeType: 'io2', Iops: 1000 }],
    ['Throughput', { VolumeType: 'gp2', Throughput: 200 }, { Throughput: 200 }],
    ['Throughput', { Throughput: 2001, Iops: 10_000, Size: 40 }, { Throughput: 2000, Iops: 8000, Size: 40 }],
    ['Iops', { Iops: 6000, Size: 10 }, { Iops: 5000, Size: 10 }],
    ['VolumeType', { VolumeType: 'gp4' }, { VolumeType: 'standard' }],
    ['MultiAttachEnabled', { MultiAttachEnabled: true }, { VolumeType: 'io2', Iops: 1000, MultiAttachEnabled: true }],
    ['KmsKeyId', { Encrypted: false, KmsKeyId: 'alias/one' }, { Encrypted: true, KmsKeyId: 'alias/one' }],
  ]);
});
