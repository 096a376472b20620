import { generatedName, hexadecimal, resourceIdentifier, uuid } from '../../allocate/identifier.ts';
import { zonesOf } from '../../allocate/zones.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { object, text } from '../../property.ts';
import { arn, type Draft, type Identify, textOf } from '../contract/identity.ts';
import { defaultSubnetFor } from '../vpc/default-vpc.ts';
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
  const launch = { ...launchTemplate(draft), ...draft.properties };
  const first = firstInterface(launch);
  const stated = first && draft.find(text(first, 'NetworkInterfaceId') ?? '');
  const subnetId = stated ? text(stated.properties, 'SubnetId') : subnetOf(draft, launch);
  const subnet = draft.find(subnetId ?? '');
  const wanted = text(launch, 'PrivateIpAddress') ?? (first ? text(first, 'PrivateIpAddress') : undefined);
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

/** What the instance's launch template states; `undefined` where no template makes that. */
function launchTemplate(draft: Draft): JsonObject | undefined {
  const id = text(object(draft.properties, 'LaunchTemplate'), 'LaunchTemplateId');
  const data = id === undefined ? undefined : draft.find(id)?.properties.LaunchTemplateData;
  return isObject(data) ? data : undefined;
}

/** The subnet that the launch names, or else a default one; none where a value that decides is not known. */
function subnetOf(draft: Draft, launch: JsonObject): string | undefined {
  const stated = text(firstInterface(launch) ?? {}, 'SubnetId') ?? text(launch, 'SubnetId');
  if (stated !== undefined) return stated;
  const isOpen = ['SubnetId', 'NetworkInterfaces', 'AvailabilityZone', 'LaunchTemplate'].some(draft.isUnknown);
  const isElsewhere = draft.properties.LaunchTemplate !== undefined && !launchTemplate(draft);
  return isOpen || isElsewhere ? undefined : defaultSubnetFor(draft.subject, launch);
}
