import { given, needsOf, type TypeNeeds, tagged } from '../contract/need.ts';
import { because, listsLaunchChoices, listsProfiles, ownKey, pages, passesRole } from '../contract/reasons.ts';

const association = because(
  'the template associates an SSM document with the instance',
  '템플릿이 인스턴스에 SSM 문서를 연결합니다',
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-associations-creating.html',
);

const instanceReads =
  'ec2:DescribeInstances DescribeInstanceAttribute DescribeInstanceCreditSpecifications DescribeNetworkInterfaces DescribeVolumes';

const keptKey = because(
  'CloudFormation keeps the private key of a new key pair in Parameter Store',
  'CloudFormation이 새 키 페어의 프라이빗 키를 Parameter Store에 보관합니다',
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html',
);

/**
 * A key pair that EC2 makes has its private half kept in Parameter Store.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html#create-key-pair-cloudformation
 */
const keptBySsm = (action: string) => ({
  ...given('KeyName', action, keptKey),
  when: (properties: { readonly PublicKeyMaterial?: unknown }) => properties.PublicKeyMaterial === undefined,
});

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::Instance', ['instance', '인스턴스'], 'ec2/instance', {
    create: [
      'ec2:RunInstances DescribeSubnets DescribeSecurityGroups DescribeVpcs',
      instanceReads,
      given('LaunchTemplate', 'ec2:DescribeLaunchTemplates DescribeLaunchTemplateVersions'),
      given('KeyName', 'ec2:DescribeKeyPairs'),
      given(
        'IamInstanceProfile LaunchTemplate',
        'iam:PassRole',
        passesRole('ec2.amazonaws.com', 'IamInstanceProfile', 'LaunchTemplate'),
      ),
      given(
        'IamInstanceProfile',
        'ec2:AssociateIamInstanceProfile DescribeIamInstanceProfileAssociations DisassociateIamInstanceProfile ReplaceIamInstanceProfileAssociation',
      ),
      given('SourceDestCheck DisableApiTermination InstanceInitiatedShutdownBehavior', 'ec2:ModifyInstanceAttribute'),
      given('CreditSpecification', 'ec2:ModifyInstanceCreditSpecification'),
      given('Affinity HostId Tenancy', 'ec2:ModifyInstancePlacement StartInstances'),
      given('PrivateDnsNameOptions', 'ec2:ModifyPrivateDnsNameOptions'),
      given('Monitoring', 'ec2:MonitorInstances'),
      given('Volumes', 'ec2:AttachVolume DetachVolume'),
      given('ElasticGpuSpecifications', 'ec2:DescribeElasticGpus'),
      given('SsmAssociations', 'ssm:CreateAssociation DescribeAssociation ListAssociations', association),
      given(
        'BlockDeviceMappings.*.Ebs.KmsKeyId',
        'kms:CreateGrant GenerateDataKeyWithoutPlaintext DescribeKey',
        ownKey(pages.ebsKms, 'BlockDeviceMappings.*.Ebs.KmsKeyId'),
      ),
      tagged('ec2:CreateTags'),
    ],
    read: [
      instanceReads,
      given('LaunchTemplate', 'ec2:DescribeLaunchTemplates'),
      given('ElasticGpuSpecifications', 'ec2:DescribeElasticGpus'),
      given('SsmAssociations', 'ssm:DescribeAssociation ListAssociations', association),
    ],
    update: [
      'ec2:DescribeInstances DescribeInstanceAttribute DescribeInstanceCreditSpecifications DescribeNetworkInterfaces',
      'ec2:DescribeSubnets DescribeSecurityGroups DescribeVpcs ModifyInstanceAttribute StartInstances StopInstances CreateTags DeleteTags',
      given('LaunchTemplate', 'ec2:DescribeLaunchTemplates'),
      given('KeyName', 'ec2:DescribeKeyPairs'),
      given(
        'IamInstanceProfile',
        'ec2:AssociateIamInstanceProfile DescribeIamInstanceProfileAssociations DisassociateIamInstanceProfile ReplaceIamInstanceProfileAssociation',
      ),
      given('CreditSpecification', 'ec2:ModifyInstanceCreditSpecification'),
      given('Affinity HostId Tenancy', 'ec2:ModifyInstancePlacement ModifyInstanceMaintenanceOptions'),
      given('PrivateDnsNameOptions', 'ec2:ModifyPrivateDnsNameOptions'),
      given('Monitoring', 'ec2:MonitorInstances UnmonitorInstances'),
      given('Volumes', 'ec2:AttachVolume DetachVolume'),
      given('ElasticGpuSpecifications', 'ec2:DescribeElasticGpus'),
      given(
        'SsmAssociations',
        'ssm:CreateAssociation DeleteAssociation DescribeAssociation ListAssociations',
        association,
      ),
      given('MetadataOptions', 'ec2:ModifyInstanceMetadataOptions'),
    ],
    delete: [
      'ec2:TerminateInstances',
      instanceReads,
      given('LaunchTemplate', 'ec2:DescribeLaunchTemplates'),
      given('ElasticGpuSpecifications', 'ec2:DescribeElasticGpus'),
      given('SsmAssociations', 'ssm:DescribeAssociation ListAssociations', association),
    ],
    console: [
      {
        ...given(
          'ImageId LaunchTemplate',
          'ec2:DescribeImages DescribeInstanceTypes DescribeKeyPairs DescribeAvailabilityZones DescribeVpcs DescribeSubnets DescribeSecurityGroups',
        ),
        reason: listsLaunchChoices,
      },
      given('IamInstanceProfile', 'iam:ListInstanceProfiles', listsProfiles),
    ],
  }),
  needsOf('AWS::EC2::KeyPair', ['key pair', '키 페어'], 'ec2/key-pair', {
    create: [
      given('PublicKeyMaterial', 'ec2:ImportKeyPair'),
      { ...given('KeyName', 'ec2:CreateKeyPair'), when: (p) => p.PublicKeyMaterial === undefined },
      tagged('ec2:CreateTags'),
      keptBySsm('ssm:PutParameter'),
    ],
    read: ['ec2:DescribeKeyPairs'],
    delete: ['ec2:DeleteKeyPair DescribeKeyPairs', keptBySsm('ssm:DeleteParameter')],
  }),
];
