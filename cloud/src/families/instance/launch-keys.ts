import { ofType, unknownProperties } from '../../inventory.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { object, objects, text } from '../../property.ts';
import { type Call, ec2Arn, type Keys, notKnown, stated, texts } from '../contract/request-keys.ts';
import { launchData } from '../launch-template/launch-data.ts';
import { volumeKeys } from '../volume/volume-keys.ts';

/**
 * Keys of EC2 for a launch, which is decided once for each thing that it takes or makes, each with keys of its own.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-ec2-console.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function launch(call: Call): Keys | readonly Keys[] {
  const { inventory, resource } = call;
  const data = launchData(inventory, resource);
  // Every key that it may bring is then not known.
  if (isLaunchedFromOutside(call)) return {};
  switch (call.on) {
    case 'instance':
      return instanceKeys(call, data);
    case 'volume':
      return volumesKeys(call, data);
    case 'image':
      return { 'ec2:ImageID': stated(data.ImageId), 'ec2:ImageType': 'machine' };
    case 'subnet':
    case 'security-group':
      return placeKeys(call, data);
    case 'network-interface':
      return { ...placeKeys(call, data), 'ec2:AssociatePublicIpAddress': publicAddress(data) };
    case 'key-pair':
      return { 'ec2:KeyPairName': stated(data.KeyName) };
    default:
      return {};
  }
}

/** By a launch template or configuration that the templates do not have, or of which they do not tell which one it is. */
function isLaunchedFromOutside({ inventory, resource, find }: Call): boolean {
  const { properties } = resource;
  const sources = ['LaunchTemplate', 'MixedInstancesPolicy', 'LaunchConfigurationName'];
  if (unknownProperties(inventory, resource).some((each) => sources.includes(each))) return true;
  const mixed = object(object(properties, 'MixedInstancesPolicy'), 'LaunchTemplate');
  const { LaunchTemplateId, LaunchTemplateName } = {
    ...object(mixed, 'LaunchTemplateSpecification'),
    ...object(properties, 'LaunchTemplate'),
  };
  const isNamed = (name: Json | undefined) =>
    ofType(inventory, 'AWS::EC2::LaunchTemplate').some((each) => each.properties.LaunchTemplateName === name);
  if (LaunchTemplateId !== undefined) return find(LaunchTemplateId) === undefined;
  if (LaunchTemplateName !== undefined) return !isNamed(LaunchTemplateName);
  return properties.LaunchConfigurationName !== undefined && find(properties.LaunchConfigurationName) === undefined;
}

function instanceKeys(call: Call, data: JsonObject): Keys {
  const { inventory, resource } = call;
  const options = object(data, 'MetadataOptions');
  const specification = { ...object(resource.properties, 'LaunchTemplate') };
  const mixed = object(object(resource.properties, 'MixedInstancesPolicy'), 'LaunchTemplate');
  const template = call.find(
    specification.LaunchTemplateId ?? object(mixed, 'LaunchTemplateSpecification').LaunchTemplateId,
  );
  const market = object(data, 'InstanceMarketOptions').MarketType;
  const group = stated(data.PlacementGroupName) ?? stated(object(data, 'Placement').GroupName);
  return {
    'ec2:InstanceType': stated(data.InstanceType) ?? notKnown,
    'ec2:AvailabilityZone': zone(call, data),
    'ec2:Tenancy': stated(data.Tenancy) ?? stated(object(data, 'Placement').Tenancy) ?? 'default',
    'ec2:EbsOptimized': stated(data.EbsOptimized) ?? 'false',
    'ec2:InstanceMarketType': market === 'spot' || data.SpotPrice !== undefined ? 'spot' : 'on-demand',
    'ec2:IsLaunchTemplateResource': template ? 'true' : 'false',
    'ec2:LaunchTemplate': template ? ec2Arn(inventory, 'launch-template', template.physicalId) : undefined,
    'ec2:InstanceProfile': profileArn(call, data),
    'ec2:PlacementGroup': group === undefined ? undefined : ec2Arn(inventory, 'placement-group', group),
    'ec2:InstanceID': undefined,
    ...metadataKeys('ec2', options),
    'ec2:InstanceMetadataTags': stated(options.InstanceMetadataTags),
  };
}

/** What a request does not state is not in it: the account's and the image's defaults are applied later. */
export function metadataKeys(service: 'ec2' | 'autoscaling', options: JsonObject): Keys {
  return {
    [`${service}:MetadataHttpEndpoint`]: stated(options.HttpEndpoint),
    [`${service}:MetadataHttpPutResponseHopLimit`]: stated(options.HttpPutResponseHopLimit),
    [`${service}:MetadataHttpTokens`]: stated(options.HttpTokens),
  };
}

function profileArn({ inventory, find }: Call, data: JsonObject): string | undefined {
  const profile = data.IamInstanceProfile;
  const name = isObject(profile) ? (profile.Arn ?? profile.Name) : profile;
  if (typeof name !== 'string') return undefined;
  if (name.startsWith('arn:')) return name;
  const arn = find(name)?.attributes.Arn;
  return typeof arn === 'string' ? arn : `arn:aws:iam::${inventory.account}:instance-profile/${name}`;
}

/** Each volume that the launch states. The image's own, which no mapping states, is as the image and the account have it: not known. */
function volumesKeys({ inventory }: Call, data: JsonObject): readonly Keys[] {
  const disks = objects(data, 'BlockDeviceMappings').filter((each) => isObject(each.Ebs));
  const isRoot = (name: Json | undefined) => name === '/dev/xvda' || name === '/dev/sda1';
  const own = disks.map((each) => volumeKeys(inventory, object(each, 'Ebs'), undefined));
  return disks.some((each) => isRoot(each.DeviceName)) ? own : [...own, {}];
}

function placeKeys(call: Call, data: JsonObject): Keys {
  const subnet = subnetOf(call, data);
  const vpc = subnet ? text(subnet.properties, 'VpcId') : undefined;
  return {
    'ec2:AvailabilityZone': zone(call, data),
    'ec2:Subnet': subnet ? ec2Arn(call.inventory, 'subnet', subnet.physicalId) : notKnown,
    'ec2:Vpc': vpc ? ec2Arn(call.inventory, 'vpc', vpc) : notKnown,
  };
}

function subnetOf({ find, resource }: Call, data: JsonObject) {
  const first = objects(data, 'NetworkInterfaces')[0];
  const groups = texts(resource.properties.VPCZoneIdentifier);
  return find(data.SubnetId ?? first?.SubnetId ?? (groups.length === 1 ? groups[0] : undefined));
}

function zone(call: Call, data: JsonObject): string | typeof notKnown {
  const subnet = subnetOf(call, data);
  return (
    stated(data.AvailabilityZone) ??
    stated(subnet?.properties.AvailabilityZone ?? subnet?.attributes.AvailabilityZone) ??
    notKnown
  );
}

function publicAddress(data: JsonObject): string | typeof notKnown {
  return stated(objects(data, 'NetworkInterfaces')[0]?.AssociatePublicIpAddress) ?? notKnown;
}
