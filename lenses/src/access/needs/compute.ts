import { given, needsOf, type TypeNeeds, tagged, valued } from '@terrace/cloud/families/contract/need';
import { because, ownKey, pages, passesRole, serviceLinkedRole } from '@terrace/cloud/families/contract/reasons';

/** https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html */
const scaledByAlarms = 'cloudwatch:PutMetricAlarm DescribeAlarms DeleteAlarms';
const scheduled = given('ScheduledActions', 'application-autoscaling:PutScheduledAction DescribeScheduledActions');
const ofFunctions = valued(
  'ServiceNamespace',
  ['lambda'],
  'lambda:GetProvisionedConcurrencyConfig PutProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig',
);
/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const firstTarget = ['dynamodb', 'ec2', 'ecs', 'elasticache', 'lambda', 'rds'].map((service) =>
  valued(
    'ServiceNamespace',
    [service],
    'iam:CreateServiceLinkedRole',
    serviceLinkedRole(`${service}.application-autoscaling.amazonaws.com`),
  ),
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
const keptKey = because(
  'CloudFormation keeps the private key of a new key pair in Parameter Store',
  'CloudFormation이 새 키 페어의 프라이빗 키를 Parameter Store에 보관합니다',
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html',
);

const profile = passesRole('ec2.amazonaws.com', 'IamInstanceProfile', 'LaunchTemplate');
const choices = because(
  'the launch wizard lists images, types, key pairs, networks and groups to choose from',
  '시작 마법사가 AMI, 유형, 키 페어, 네트워크, 보안 그룹 목록을 보여 줍니다',
  pages.ec2Console,
);
const profiles = because(
  'the console lists the instance profiles to choose from',
  '콘솔이 선택할 인스턴스 프로파일 목록을 보여 줍니다',
  pages.ec2Console,
);
/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html */
const launches = because(
  'Auto Scaling tries in your name whether the launch template can be launched',
  'Auto Scaling이 호출자 권한으로 시작 템플릿을 실행할 수 있는지 시험합니다',
  pages.launchTemplate,
);
const targets = because(
  'Auto Scaling looks at the target groups that the group joins',
  'Auto Scaling이 그룹이 속할 대상 그룹을 살펴봅니다',
  'https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html',
);
const association = because(
  'the template associates an SSM document with the instance',
  '템플릿이 인스턴스에 SSM 문서를 연결합니다',
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-associations-creating.html',
);

const instanceReads =
  'ec2:DescribeInstances DescribeInstanceAttribute DescribeInstanceCreditSpecifications DescribeNetworkInterfaces DescribeVolumes';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
export const computeNeeds: readonly TypeNeeds[] = [
  needsOf('AWS::EC2::Instance', ['instance', '인스턴스'], 'ec2/instance', {
    create: [
      'ec2:RunInstances DescribeSubnets DescribeSecurityGroups DescribeVpcs',
      instanceReads,
      given('LaunchTemplate', 'ec2:DescribeLaunchTemplates DescribeLaunchTemplateVersions'),
      given('KeyName', 'ec2:DescribeKeyPairs'),
      given('IamInstanceProfile LaunchTemplate', 'iam:PassRole', profile),
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
        reason: choices,
      },
      given('IamInstanceProfile', 'iam:ListInstanceProfiles', profiles),
    ],
  }),
  needsOf('AWS::EC2::LaunchTemplate', ['launch template', '시작 템플릿'], 'ec2/launch-template', {
    create: [
      'ec2:CreateLaunchTemplate',
      given('TagSpecifications LaunchTemplateData.TagSpecifications', 'ec2:CreateTags'),
    ],
    read: ['ec2:DescribeLaunchTemplates'],
    update: ['ec2:CreateLaunchTemplateVersion', 'ec2:CreateTags DeleteTags'],
    delete: ['ec2:DeleteLaunchTemplate DescribeLaunchTemplates', given('TagSpecifications', 'ec2:DeleteTags')],
    console: [
      {
        ...given(
          'LaunchTemplateData',
          'ec2:DescribeImages DescribeInstanceTypes DescribeKeyPairs DescribeSecurityGroups DescribeSubnets',
        ),
        reason: choices,
      },
      given('LaunchTemplateData.IamInstanceProfile', 'iam:ListInstanceProfiles', profiles),
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
  needsOf(
    'AWS::AutoScaling::AutoScalingGroup',
    ['Auto Scaling group', 'Auto Scaling 그룹'],
    'autoscaling/autoScalingGroup',
    {
      create: [
        'autoscaling:CreateAutoScalingGroup UpdateAutoScalingGroup DescribeAutoScalingGroups DescribeScalingActivities',
        given(
          'LaunchTemplate MixedInstancesPolicy',
          'ec2:RunInstances DescribeLaunchTemplates DescribeLaunchTemplateVersions',
          launches,
        ),
        given('VPCZoneIdentifier', 'ec2:DescribeSubnets', launches),
        given('LaunchTemplate MixedInstancesPolicy', 'iam:PassRole', passesRole('ec2.amazonaws.com', 'LaunchTemplate')),
        given('TargetGroupARNs', 'elasticloadbalancing:DescribeTargetGroups', targets),
        given('MetricsCollection', 'autoscaling:EnableMetricsCollection'),
        given('NotificationConfigurations NotificationConfiguration', 'autoscaling:PutNotificationConfiguration'),
        given('TrafficSources', 'vpc-lattice:DeregisterTargets GetTargetGroup ListTargets RegisterTargets'),
        given('MixedInstancesPolicy.InstancesDistribution', 'ssm:GetParameters', launches),
        given('MaxSize', 'iam:CreateServiceLinkedRole', serviceLinkedRole('autoscaling.amazonaws.com')),
        given('AvailabilityZoneImpairmentPolicy', 'cloudwatch:PutMetricAlarm'),
        tagged('autoscaling:CreateOrUpdateTags'),
      ],
      read: ['autoscaling:DescribeAutoScalingGroups'],
      update: [
        'autoscaling:UpdateAutoScalingGroup DescribeAutoScalingGroups CreateOrUpdateTags DeleteTags',
        given(
          'LaunchTemplate MixedInstancesPolicy',
          'ec2:RunInstances DescribeLaunchTemplates DescribeLaunchTemplateVersions',
          launches,
        ),
        given('LaunchTemplate MixedInstancesPolicy', 'iam:PassRole', passesRole('ec2.amazonaws.com', 'LaunchTemplate')),
        given('TargetGroupARNs', 'elasticloadbalancing:DescribeTargetGroups', targets),
        given('TargetGroupARNs', 'autoscaling:AttachLoadBalancerTargetGroups DetachLoadBalancerTargetGroups'),
        given('LoadBalancerNames', 'autoscaling:AttachLoadBalancers DetachLoadBalancers'),
        given(
          'TrafficSources',
          'autoscaling:AttachTrafficSources DetachTrafficSources vpc-lattice:DeregisterTargets GetTargetGroup ListTargets RegisterTargets',
        ),
        given('MetricsCollection', 'autoscaling:EnableMetricsCollection DisableMetricsCollection'),
        given(
          'NotificationConfigurations NotificationConfiguration',
          'autoscaling:PutNotificationConfiguration DeleteNotificationConfiguration',
        ),
        given('LifecycleHookSpecificationList', 'autoscaling:PutLifecycleHook DeleteLifecycleHook'),
        given('MixedInstancesPolicy.InstancesDistribution', 'ssm:GetParameters', launches),
        given('MaxSize', 'iam:CreateServiceLinkedRole', serviceLinkedRole('autoscaling.amazonaws.com')),
        given('AvailabilityZoneImpairmentPolicy', 'cloudwatch:PutMetricAlarm'),
      ],
      delete: ['autoscaling:DeleteAutoScalingGroup UpdateAutoScalingGroup DescribeAutoScalingGroups'],
      console: [
        { ...given('MaxSize', 'ec2:DescribeVpcs DescribeAvailabilityZones DescribeInstanceTypes'), reason: choices },
      ],
    },
  ),
  needsOf(
    'AWS::AutoScaling::LaunchConfiguration',
    ['launch configuration', '시작 구성'],
    'autoscaling/launchConfiguration',
    {
      create: [
        'autoscaling:CreateLaunchConfiguration DescribeLaunchConfigurations',
        given('IamInstanceProfile', 'iam:PassRole', profile),
      ],
      read: ['autoscaling:DescribeLaunchConfigurations'],
      delete: ['autoscaling:DeleteLaunchConfiguration DescribeLaunchConfigurations'],
    },
  ),
  needsOf('AWS::AutoScaling::ScalingPolicy', ['scaling policy', '조정 정책'], null, {
    create: [
      'autoscaling:PutScalingPolicy DescribePolicies',
      given('PredictiveScalingConfiguration', 'cloudwatch:GetMetricData'),
    ],
    read: ['autoscaling:DescribePolicies'],
    update: [
      'autoscaling:PutScalingPolicy DescribePolicies',
      given('PredictiveScalingConfiguration', 'cloudwatch:GetMetricData'),
    ],
    delete: ['autoscaling:DeletePolicy DescribePolicies'],
  }),
  needsOf('AWS::AutoScaling::ScheduledAction', ['scheduled action', '예약된 작업'], null, {
    create: ['autoscaling:PutScheduledUpdateGroupAction DescribeScheduledActions'],
    read: ['autoscaling:DescribeScheduledActions'],
    update: ['autoscaling:PutScheduledUpdateGroupAction'],
    delete: ['autoscaling:DeleteScheduledAction DescribeScheduledActions'],
  }),
  needsOf('AWS::AutoScaling::LifecycleHook', ['lifecycle hook', '수명 주기 후크'], null, {
    create: [
      'autoscaling:PutLifecycleHook DescribeLifecycleHooks',
      given('RoleARN', 'iam:PassRole', passesRole('autoscaling.amazonaws.com', 'RoleARN')),
    ],
    read: ['autoscaling:DescribeLifecycleHooks'],
    update: [
      'autoscaling:PutLifecycleHook DescribeLifecycleHooks',
      given('RoleARN', 'iam:PassRole', passesRole('autoscaling.amazonaws.com', 'RoleARN')),
    ],
    delete: ['autoscaling:DeleteLifecycleHook DescribeLifecycleHooks'],
  }),
  needsOf('AWS::AutoScaling::WarmPool', ['warm pool', '웜 풀'], null, {
    create: ['autoscaling:PutWarmPool DescribeWarmPool DescribeAutoScalingGroups'],
    read: ['autoscaling:DescribeWarmPool'],
    update: ['autoscaling:PutWarmPool DescribeWarmPool DescribeAutoScalingGroups'],
    delete: ['autoscaling:DeleteWarmPool DescribeWarmPool'],
  }),
  needsOf(
    'AWS::ApplicationAutoScaling::ScalableTarget',
    ['scalable target', '조정 대상'],
    'application-autoscaling/ScalableTarget',
    {
      create: [
        'application-autoscaling:RegisterScalableTarget DescribeScalableTargets',
        given('RoleARN', 'iam:PassRole', passesRole('application-autoscaling.amazonaws.com', 'RoleARN')),
        scaledByAlarms,
        scheduled,
        ofFunctions,
        ...firstTarget,
      ],
      read: ['application-autoscaling:DescribeScalableTargets'],
      update: [
        'application-autoscaling:RegisterScalableTarget DescribeScalableTargets',
        scaledByAlarms,
        scheduled,
        given('ScheduledActions', 'application-autoscaling:DeleteScheduledAction'),
        ofFunctions,
      ],
      delete: ['application-autoscaling:DeregisterScalableTarget'],
    },
  ),
  needsOf('AWS::ApplicationAutoScaling::ScalingPolicy', ['scaling policy', '조정 정책'], null, {
    create: [
      'application-autoscaling:PutScalingPolicy DescribeScalingPolicies',
      given('PredictiveScalingPolicyConfiguration', 'cloudwatch:GetMetricData'),
    ],
    read: ['application-autoscaling:DescribeScalingPolicies'],
    update: [
      'application-autoscaling:PutScalingPolicy DescribeScalingPolicies',
      given('PredictiveScalingPolicyConfiguration', 'cloudwatch:GetMetricData'),
    ],
    delete: ['application-autoscaling:DeleteScalingPolicy', 'application-autoscaling:DescribeScalingPolicies'],
  }),
];
