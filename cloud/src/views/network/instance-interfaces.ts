import type { Address } from '../../address.ts';
import { instanceOwner, memberOwner } from '../../allocate/addresses.ts';
import { type LaunchInterface, launchInterfaces, privateAddresses } from '../../families/instance/launch-interfaces.ts';
import { connectionTracking } from '../../families/network-interface/connection-tracking.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { attribute, flag, nameOf, number, text, texts } from '../../property.ts';
import type { Fleet, FleetInstance } from '../fleet.ts';
import type { NetworkInterface } from '../network.ts';
import type { Site } from './site.ts';
import { suppliedId } from './supplied.ts';

/**
 * Interfaces of instances, stated ones and members of Auto Scaling groups, and interfaces of the template, attached or not.
 * A public address comes on launch only to interface 0 of an instance launched with one new interface.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
 */
export function instanceInterfaces(site: Site, fleet: Fleet): NetworkInterface[] {
  const { inventory } = site;
  const standalone = ofType(inventory, 'AWS::EC2::NetworkInterface');
  const attachments = attachmentsOf(inventory);
  const instances = ofType(inventory, 'AWS::EC2::Instance');
  const alive = new Set(fleet.instances.map((each) => each.id));
  return [
    ...standalone.flatMap((resource) => standaloneInterface(site, resource, attachments.get(resource.physicalId))),
    ...instances
      .filter((resource) => alive.has(resource.physicalId))
      .flatMap((resource) => statedInstance(site, resource)),
    ...fleet.instances.flatMap((member) => {
      const group = inventory.resources.find((each) => each.key === member.statedBy);
      return group?.type === 'AWS::AutoScaling::AutoScalingGroup' ? groupMember(site, group, member) : [];
    }),
  ];
}

interface Attachment {
  readonly instance: string;
  readonly index: number;
}

/** Interfaces of the template by what they are attached to, whichever side says so. */
function attachmentsOf(inventory: Inventory): ReadonlyMap<string, Attachment> {
  const attachments = new Map<string, Attachment>();
  for (const instance of ofType(inventory, 'AWS::EC2::Instance')) {
    for (const { existing, deviceIndex } of launchInterfaces(inventory, instance)) {
      if (existing) attachments.set(existing, { instance: instance.physicalId, index: deviceIndex });
    }
  }
  for (const { properties } of ofType(inventory, 'AWS::EC2::NetworkInterfaceAttachment')) {
    const attached = text(properties, 'NetworkInterfaceId');
    const instance = text(properties, 'InstanceId');
    if (attached && instance) attachments.set(attached, { instance, index: number(properties, 'DeviceIndex') ?? 1 });
  }
  return attachments;
}

function standaloneInterface(site: Site, resource: Resource, attachment: Attachment | undefined): NetworkInterface[] {
  const { properties, physicalId: id } = resource;
  const subnet = site.subnet(text(properties, 'SubnetId'));
  if (!subnet) return [];
  const stated = privateAddresses(properties);
  const onInstance = attachment?.index === 0 ? site.elastic.byInstance.get(attachment.instance) : undefined;
  return [
    {
      id,
      statedBy: resource.key,
      name: nameOf(resource),
      vpc: subnet.vpc,
      subnet: subnet.id,
      addresses: site.privateAddresses(
        subnet,
        instanceOwner(resource.key),
        stated.length > 0 ? stated : [attribute(resource, 'PrimaryPrivateIpAddress')],
        number(properties, 'SecondaryPrivateIpAddressCount') ?? 0,
      ),
      publicAddress: site.elastic.byInterface.get(id) ?? onInstance ?? null,
      securityGroups: site.groupsOrDefault(texts(properties, 'GroupSet'), subnet),
      filtered: true,
      sourceDestinationCheck: flag(properties, 'SourceDestCheck') ?? true,
      ...connectionTracking(properties),
      owner: attachment
        ? { kind: 'instance', id: attachment.instance, index: attachment.index }
        : { kind: 'unattached' },
    },
  ];
}

function statedInstance(site: Site, resource: Resource): NetworkInterface[] {
  const id = resource.physicalId;
  const check = flag(resource.properties, 'SourceDestCheck') ?? true;
  return launched(site, launchInterfaces(site.inventory, resource), {
    resource,
    id,
    name: nameOf(resource),
    owner: (index) => instanceOwner(resource.key, index),
    subnet: undefined,
    primary: attribute(resource, 'PrivateIp'),
    publicAddress: attribute(resource, 'PublicIp'),
    sourceDestinationCheck: check,
  });
}

function groupMember(site: Site, group: Resource, member: FleetInstance): NetworkInterface[] {
  return launched(site, launchInterfaces(site.inventory, group), {
    resource: group,
    id: member.id,
    name: `${nameOf(group)}/${member.ordinal}`,
    owner: (index) => instanceOwner(memberOwner(group.key, member.ordinal), index),
    subnet: member.subnet,
    primary: member.address,
    publicAddress: undefined,
    sourceDestinationCheck: true,
  });
}

interface Launch {
  readonly resource: Resource;
  readonly id: string;
  readonly name: string;
  readonly owner: (deviceIndex: number) => string;
  /** The subnet that the group chose; it goes before the launch template's. */
  readonly subnet: string | undefined;
  readonly primary: Address | string | undefined;
  readonly publicAddress: string | undefined;
  readonly sourceDestinationCheck: boolean;
}

function launched(site: Site, interfaces: readonly LaunchInterface[], launch: Launch): NetworkInterface[] {
  return interfaces.flatMap((each): NetworkInterface[] => {
    const index = each.deviceIndex;
    const subnet = site.subnet(launch.subnet ?? each.subnet);
    if (each.existing || !subnet) return [];
    const id = suppliedId('eni', launch.id, index);
    const owner = launch.owner(index);
    const wantsPublic = index === 0 && interfaces.length === 1 && (each.publicAddress ?? subnet.publicAddressOnLaunch);
    const elastic =
      site.elastic.byInterface.get(id) ?? (index === 0 ? site.elastic.byInstance.get(launch.id) : undefined);
    return [
      {
        id,
        statedBy: launch.resource.key,
        name: index === 0 ? launch.name : `${launch.name}:eth${index}`,
        vpc: subnet.vpc,
        subnet: subnet.id,
        addresses: site.privateAddresses(
          subnet,
          owner,
          each.privateAddresses.length > 0 ? each.privateAddresses : [index === 0 ? launch.primary : undefined],
        ),
        publicAddress: elastic ?? (wantsPublic ? site.publicAddress(owner, launch.publicAddress) : null),
        securityGroups: site.groupsOrDefault(each.securityGroups, subnet),
        filtered: true,
        sourceDestinationCheck: launch.sourceDestinationCheck,
        ...(each.connectionTracking ? { connectionTracking: each.connectionTracking } : {}),
        owner: { kind: 'instance', id: launch.id, index },
      },
    ];
  });
}
