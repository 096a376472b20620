import { findResource, type Inventory, type Resource } from '../../inventory.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { object, objects, text, texts } from '../../property.ts';
import { launchData } from '../launch-template/launch-data.ts';
import { defaultSubnetFor, defaultSubnetsIn, homeOf } from '../vpc/default-vpc.ts';

/**
 * The subnet that AWS chooses for an interface of an instance that names none: a default one, of the instance's zone. `undefined` where a value that
 * decides is not known here, and for members of a group, whose subnet the group chooses.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
 */
export function chosenSubnet(inventory: Inventory, launched: Resource, launch: JsonObject): string | undefined {
  if (launched.type !== 'AWS::EC2::Instance' || isLaunchOpen(inventory, launched)) return undefined;
  return defaultSubnetFor(homeOf(inventory, launched), launch);
}

/**
 * The subnets that a group launches into: those it names, or the one that its launch template names, or else the default subnets of its zones.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html
 */
export function groupSubnets(inventory: Inventory, group: Resource): string[] {
  const stated = texts(group.properties, 'VPCZoneIdentifier');
  if (stated.length > 0) return stated;
  if (isUnknown(inventory, group, ['VPCZoneIdentifier']) || isLaunchOpen(inventory, group)) return [];
  const launched = objects(launchData(inventory, group), 'NetworkInterfaces').flatMap(
    (each) => text(each, 'SubnetId') ?? [],
  );
  return launched.length > 0 ? launched.slice(0, 1) : defaultSubnetsIn(homeOf(inventory, group), group.properties);
}

/** Whether what decides where an instance is launched is not known: its own value, or its launch template's. */
function isLaunchOpen(inventory: Inventory, launched: Resource): boolean {
  const { properties } = launched;
  if (isUnknown(inventory, launched, ['SubnetId', 'NetworkInterfaces', 'AvailabilityZone', 'LaunchTemplate']))
    return true;
  const mixed = object(
    object(object(properties, 'MixedInstancesPolicy'), 'LaunchTemplate'),
    'LaunchTemplateSpecification',
  );
  const named = { ...mixed, ...object(properties, 'LaunchTemplate') };
  const reference = text(named, 'LaunchTemplateId') ?? text(named, 'LaunchTemplateName');
  if (reference === undefined) return properties.LaunchTemplate !== undefined;
  const template =
    findResource(inventory, reference) ??
    inventory.resources.find((each) => text(each.properties, 'LaunchTemplateName') === reference);
  return !isObject(template?.properties.LaunchTemplateData);
}

/** Whether a property of the resource is stated and its value not known here. */
export function isUnknown(inventory: Inventory, { key }: Resource, properties: readonly string[]): boolean {
  return inventory.notKnown.some(
    (each) =>
      each.key === key && (each.path === 'Properties' || properties.some((name) => each.path === `Properties.${name}`)),
  );
}
