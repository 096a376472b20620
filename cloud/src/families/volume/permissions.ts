import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { ownKey, pages } from '../contract/reasons.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::Volume', ['volume', '볼륨'], 'ec2/volume', {
    create: [
      'ec2:CreateVolume DescribeVolumes DescribeVolumeAttribute',
      given('AutoEnableIO', 'ec2:ModifyVolumeAttribute'),
      given('KmsKeyId', 'kms:CreateGrant GenerateDataKeyWithoutPlaintext', ownKey(pages.ebsKms, 'KmsKeyId')),
      tagged('ec2:CreateTags'),
      given('SourceVolumeId', 'ec2:CopyVolumes'),
      {
        ...given('KmsKeyId', 'kms:ReEncryptFrom ReEncryptTo', ownKey(pages.ebsKms, 'KmsKeyId')),
        when: (properties) =>
          properties.KmsKeyId !== undefined && (properties.SnapshotId ?? properties.SourceVolumeId) !== undefined,
      },
    ],
    read: ['ec2:DescribeVolumes DescribeVolumeAttribute', tagged('ec2:DescribeTags')],
    update: [
      'ec2:ModifyVolume ModifyVolumeAttribute DescribeVolumeAttribute DescribeVolumesModifications DescribeVolumes CreateTags DeleteTags',
    ],
    delete: ['ec2:DeleteVolume DescribeVolumes CreateSnapshot DescribeSnapshots', tagged('ec2:DeleteTags')],
  }),
  needsOf('AWS::EC2::VolumeAttachment', ["volume's attachment", '볼륨 연결'], null, {
    create: ['ec2:AttachVolume DescribeVolumes'],
    read: ['ec2:DescribeVolumes'],
    delete: ['ec2:DetachVolume DescribeVolumes'],
  }),
];
