import { generatedName, hexadecimal, resourceIdentifier, uuid } from '../../allocate/identifier.ts';
import { zonesOf } from '../../allocate/zones.ts';
import { arn, type Draft, type Identify, textOf } from '../contract/identity.ts';
import { firstInterface } from './network.ts';

/** Instances, launch templates and Auto Scaling groups. */
export const compute: Readonly<Record<string, Identify>> = {
  'AWS::EC2::Instance': instance,
  'AWS::EC2::LaunchTemplate': (draft) => {
    const id = resourceIdentifier(draft.subject, 'lt');
    return {
      physicalId: id,
      attributes: { LaunchTemplateId: id, DefaultVersionNumber: '1', LatestVersionNumber: String(1 + draft.revisions) },
    };
  },
  'AWS::EC2::KeyPair': (draft) => ({
    physicalId: textOf(draft, 'KeyName') ?? generatedName(draft.subject),
    attributes: {
      KeyFingerprint: hexadecimal(draft.subject, 'fingerprint', 40).replace(/..(?!$)/g, '$&:'),
      KeyPairId: resourceIdentifier(draft.subject, 'key'),
    },
  }),
  'AWS::EC2::Volume': (draft) => {
    const id = resourceIdentifier(draft.subject, 'vol');
    return { physicalId: id, attributes: { VolumeId: id } };
  },
  'AWS::EC2::VolumeAttachment': (draft) => ({
    physicalId: `${textOf(draft, 'VolumeId') ?? ''}|${textOf(draft, 'InstanceId') ?? ''}`,
    attributes: {},
  }),
  'AWS::EC2::PlacementGroup': (draft) => {
    const name = generatedName(draft.subject, 255);
    return { physicalId: name, attributes: { GroupName: name } };
  },
  'AWS::AutoScaling::AutoScalingGroup': (draft) => {
    const name = textOf(draft, 'AutoScalingGroupName') ?? generatedName(draft.subject, 255);
    const group = `autoScalingGroup:${uuid(draft.subject, 'group')}:autoScalingGroupName/${name}`;
    return { physicalId: name, attributes: { AutoScalingGroupARN: arn(draft, 'autoscaling', group) } };
  },
  'AWS::AutoScaling::LaunchConfiguration': (draft) => ({
    physicalId: textOf(draft, 'LaunchConfigurationName') ?? generatedName(draft.subject, 255),
    attributes: {},
  }),
  'AWS::AutoScaling::ScalingPolicy': (draft) => {
    const group = textOf(draft, 'AutoScalingGroupName') ?? '';
    const name = generatedName(draft.subject, 255);
    const policy = arn(
      draft,
      'autoscaling',
      `scalingPolicy:${uuid(draft.subject, 'policy')}:autoScalingGroupName/${group}:policyName/${name}`,
    );
    return { physicalId: policy, attributes: { Arn: policy, PolicyName: name } };
  },
  'AWS::AutoScaling::LifecycleHook': (draft) => ({
    physicalId: textOf(draft, 'LifecycleHookName') ?? generatedName(draft.subject, 255),
    attributes: {},
  }),
  'AWS::AutoScaling::ScheduledAction': (draft) => {
    const name = generatedName(draft.subject, 255);
    return { physicalId: name, attributes: { ScheduledActionName: name } };
  },
  'AWS::AutoScaling::WarmPool': (draft) => ({
    physicalId: textOf(draft, 'AutoScalingGroupName') ?? generatedName(draft.subject),
    attributes: {},
  }),
};

function instance(draft: Draft) {
  const id = resourceIdentifier(draft.subject, 'i');
  const first = firstInterface(draft);
  const stated = typeof first?.NetworkInterfaceId === 'string' ? draft.find(first.NetworkInterfaceId) : undefined;
  const subnetId =
    textOf(draft, 'SubnetId') ?? (typeof first?.SubnetId === 'string' ? first.SubnetId : undefined) ?? undefined;
  const subnet = draft.find(subnetId ?? String(stated?.properties.SubnetId ?? ''));
  const wanted =
    textOf(draft, 'PrivateIpAddress') ?? (first ? textOf({ properties: first }, 'PrivateIpAddress') : undefined);
  const address = stated
    ? String(stated.attributes.PrimaryPrivateIpAddress)
    : (draft.privateAddress(subnetId, draft.key, wanted) ?? wanted ?? '');
  const isPublic = first?.AssociatePublicIpAddress ?? (stated ? false : subnet?.properties.MapPublicIpOnLaunch);
  const publicAddress = String(isPublic) === 'true' ? draft.publicAddress(draft.key) : '';
  const { region } = draft.subject;
  const privateDomain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const publicDomain = region === 'us-east-1' ? 'compute-1' : `${region}.compute`;
  return {
    physicalId: id,
    attributes: {
      InstanceId: id,
      AvailabilityZone:
        textOf(draft, 'AvailabilityZone') ?? subnet?.attributes.AvailabilityZone ?? (zonesOf(region)[0] as string),
      PrivateIp: address,
      PrivateDnsName: address && `ip-${address.replaceAll('.', '-')}.${privateDomain}`,
      PublicIp: publicAddress,
      PublicDnsName: publicAddress && `ec2-${publicAddress.replaceAll('.', '-')}.${publicDomain}.${draft.urlSuffix}`,
      VpcId: subnet?.attributes.VpcId ?? '',
    },
  };
}
