import { generatedName, hexadecimal, resourceIdentifier } from '../../allocate/identifier.ts';
import { zonesOf } from '../../allocate/zones.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { object, objects, text } from '../../property.ts';
import { type Draft, type Identify, textOf } from '../contract/identity.ts';
import { defaultSubnetFor } from '../vpc/default-vpc.ts';

export const identity: Readonly<Record<string, Identify>> = {
  'AWS::EC2::Instance': instance,
  'AWS::EC2::KeyPair': (draft) => ({
    physicalId: textOf(draft, 'KeyName') ?? generatedName(draft.subject),
    attributes: {
      KeyFingerprint: hexadecimal(draft.subject, 'fingerprint', 40).replace(/..(?!$)/g, '$&:'),
      KeyPairId: resourceIdentifier(draft.subject, 'key'),
    },
  }),
  'AWS::EC2::PlacementGroup': (draft) => {
    const name = generatedName(draft.subject, 255);
    return { physicalId: name, attributes: { GroupName: name } };
  },
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

function firstInterface(launch: JsonObject): JsonObject | undefined {
  return objects(launch, 'NetworkInterfaces').find((each) => String(each.DeviceIndex ?? '0') === '0');
}
