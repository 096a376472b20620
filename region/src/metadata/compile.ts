import { createHash } from 'node:crypto';
import { formatAddress, formatPrefix } from '@terrace/cloud/address';
import { formatAddress6, formatPrefix6 } from '@terrace/cloud/address6';
import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import { isObject, type JsonObject } from '@terrace/cloud/json';
import { attribute, flag, number, object, objects, text, texts } from '@terrace/cloud/property';
import { distributionOf } from '@terrace/cloud/views/distribution';
import type { Fleet, FleetInstance } from '@terrace/cloud/views/fleet';
import type { NamesView } from '@terrace/cloud/views/names';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { macAddress } from '../fabric/names.ts';
import type { InstanceProfile, MetadataInstance, MetadataInterface, MetadataOptions } from './configuration.ts';

interface Views {
  readonly inventory: Inventory;
  readonly network: NetworkView;
  readonly fleet: Fleet;
  readonly names: NamesView;
}

/** What metadata tells each instance whose first interface is in this VPC. */
export function metadataOf(vpc: string, views: Views): MetadataInstance[] {
  return views.fleet.instances.flatMap((member) => {
    const statedBy = views.inventory.resources.find((each) => each.key === member.statedBy);
    const interfaces = views.network.interfaces
      .filter(({ owner }) => owner.kind === 'instance' && owner.id === member.id)
      .sort((one, other) => deviceOf(one) - deviceOf(other));
    const first = interfaces[0];
    if (!statedBy || first === undefined || first.vpc !== vpc) return [];
    return [metadataInstance(views, member, statedBy, interfaces)];
  });
}

function metadataInstance(
  { inventory, network, names }: Views,
  member: FleetInstance,
  statedBy: Resource,
  interfaces: readonly NetworkInterface[],
): MetadataInstance {
  const data = launchData(inventory, statedBy);
  const name = names.instances.find((each) => each.id === member.id && each.private === interfaces[0]!.addresses[0])!;
  const subnet = network.subnets.find((each) => each.id === interfaces[0]!.subnet)!;
  return {
    id: member.id,
    imageId: text(data, 'ImageId') ?? 'ami-00000000000000000',
    type: text(data, 'InstanceType') ?? 'm1.small',
    zone: subnet.zone,
    interfaces: interfaces.map((each) => metadataInterface(network, each)),
    privateName: name.privateName,
    publicName: name.publicName,
    launchIndex: member.ordinal,
    options: metadataOptions(object(data, 'MetadataOptions'), tokensByDefault(inventory, data)),
    profile: instanceProfile(inventory, data),
    userData: text(data, 'UserData') ?? null,
    tags: instanceTags(member, statedBy, data),
    lifecycleState: statedBy.type === 'AWS::AutoScaling::AutoScalingGroup' ? 'InService' : null,
  };
}

function metadataInterface(network: NetworkView, each: NetworkInterface): MetadataInterface {
  const subnet = network.subnets.find(({ id }) => id === each.subnet)!;
  const vpc = network.vpcs.find(({ id }) => id === each.vpc)!;
  const six = network.modelled?.ipv6;
  return {
    id: each.id,
    mac: macAddress(each.id),
    device: deviceOf(each),
    addresses: each.addresses.map(formatAddress),
    publicAddress: each.publicAddress === null ? null : formatAddress(each.publicAddress),
    addresses6: (six?.addresses[each.id] ?? []).map(formatAddress6),
    subnetRanges6: (six?.subnets[subnet.id] ?? []).map(formatPrefix6),
    vpcRanges6: (six?.ranges[vpc.id] ?? []).map(formatPrefix6),
    subnet: subnet.id,
    subnetRange: formatPrefix(subnet.range),
    vpc: vpc.id,
    vpcRanges: vpc.ranges.map(formatPrefix),
    securityGroups: each.securityGroups.map((id) => ({
      id,
      name: network.securityGroups.find((group) => group.id === id)?.name ?? id,
    })),
  };
}

function deviceOf({ owner }: NetworkInterface): number {
  return owner.kind === 'instance' ? owner.index : 0;
}

/** Images of Amazon Linux 2023, and of Ubuntu from 24.04 on, ask for tokens; older ones, Amazon Linux 2 too, answer without. */
function tokensByDefault(inventory: Inventory, data: JsonObject): MetadataOptions['tokens'] {
  const { distribution } = distributionOf(inventory, data);
  return distribution === 'amazon-linux-2023' || distribution === 'ubuntu-24.04' ? 'required' : 'optional';
}

/**
 * Where the launch says nothing, as the image has it: for Amazon Linux 2023 tokens are required and the hop limit is 2.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
function metadataOptions(stated: JsonObject, tokens: MetadataOptions['tokens']): MetadataOptions {
  return {
    enabled: text(stated, 'HttpEndpoint') !== 'disabled',
    tokens: statedTokens(stated) ?? tokens,
    hopLimit:
      number(stated, 'HttpPutResponseHopLimit') ?? (stated.HttpTokens === undefined && tokens === 'required' ? 2 : 1),
    tags: text(stated, 'InstanceMetadataTags') === 'enabled',
  };
}

function statedTokens(stated: JsonObject): MetadataOptions['tokens'] | undefined {
  const value = text(stated, 'HttpTokens');
  return value === 'optional' || value === 'required' ? value : undefined;
}

/** The role that the launch's instance profile holds; `null` without one. */
function instanceProfile(inventory: Inventory, data: JsonObject): InstanceProfile | null {
  const stated = data.IamInstanceProfile;
  const wanted = isObject(stated) ? [text(stated, 'Arn'), text(stated, 'Name')] : [text(data, 'IamInstanceProfile')];
  const profile = ofType(inventory, 'AWS::IAM::InstanceProfile').find((each) => {
    const arn = attribute(each, 'Arn');
    return wanted.some((name) => name !== undefined && (name === each.physicalId || name === arn));
  });
  const roleName = profile && texts(profile.properties, 'Roles')[0];
  const role = ofType(inventory, 'AWS::IAM::Role').find((each) => each.physicalId === roleName);
  if (!profile || !role) return null;
  const arn = attribute(role, 'Arn') ?? `arn:aws:iam::${inventory.account}:role/${role.physicalId}`;
  return {
    arn: attribute(profile, 'Arn') ?? `arn:aws:iam::${inventory.account}:instance-profile/${profile.physicalId}`,
    id: `AIPA${createHash('sha256').update(profile.key).digest('hex').slice(0, 17).toUpperCase()}`,
    role: { name: role.physicalId, arn },
  };
}

function instanceTags(member: FleetInstance, statedBy: Resource, data: JsonObject): Record<string, string> {
  if (statedBy.type === 'AWS::EC2::Instance') return { ...launchTags(data), ...statedBy.tags };
  const propagated = objects(statedBy.properties, 'Tags').filter((tag) => flag(tag, 'PropagateAtLaunch') ?? false);
  return {
    ...launchTags(data),
    ...keyed(propagated),
    'aws:autoscaling:groupName': statedBy.physicalId,
    'aws:cloudformation:logical-id': statedBy.logicalId,
    'aws:cloudformation:stack-name': member.statedBy.split('/')[0]!,
  };
}

function launchTags(data: JsonObject): Record<string, string> {
  const specifications = objects(data, 'TagSpecifications').filter((each) => text(each, 'ResourceType') === 'instance');
  return Object.assign({}, ...specifications.map((each) => keyed(objects(each, 'Tags'))));
}

function keyed(tags: readonly JsonObject[]): Record<string, string> {
  return Object.fromEntries(
    tags.flatMap((tag) => (text(tag, 'Key') ? [[text(tag, 'Key')!, text(tag, 'Value') ?? '']] : [])),
  );
}
