import { findResource, type Inventory, ofType, type Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, object, objects, text, texts } from './property.ts';

/** What a launch says about one interface of the new instance. */
export interface LaunchInterface {
  readonly deviceIndex: number;
  /** An interface of the template to attach instead of a new one. */
  readonly existing: string | undefined;
  readonly subnet: string | undefined;
  readonly privateAddresses: readonly string[];
  /** `undefined` leaves it to the subnet. */
  readonly publicAddress: boolean | undefined;
  /** Empty means the VPC's default group. */
  readonly securityGroups: readonly string[];
}

/**
 * The interfaces that an instance starts with, by device index. Its own properties come before its launch template's.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
 */
export function instanceLaunch(inventory: Inventory, { properties }: Resource): LaunchInterface[] {
  return launchInterfaces({ ...launchTemplateData(inventory, object(properties, 'LaunchTemplate')), ...properties });
}

/**
 * The interfaces that a member of an Auto Scaling group starts with, from its launch template, its mixed instances
 * policy or its launch configuration.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
 */
export function groupLaunch(inventory: Inventory, { properties }: Resource): LaunchInterface[] {
  const configuration = ofType(inventory, 'AWS::AutoScaling::LaunchConfiguration').find(
    (each) => each.physicalId === text(properties, 'LaunchConfigurationName'),
  );
  if (configuration) return launchInterfaces(configuration.properties);
  const mixed = object(object(properties, 'MixedInstancesPolicy'), 'LaunchTemplate');
  const specification = { ...object(mixed, 'LaunchTemplateSpecification'), ...object(properties, 'LaunchTemplate') };
  return launchInterfaces(launchTemplateData(inventory, specification));
}

function launchTemplateData(inventory: Inventory, specification: JsonObject): JsonObject {
  const id = text(specification, 'LaunchTemplateId');
  const name = text(specification, 'LaunchTemplateName');
  const template =
    (id === undefined ? undefined : findResource(inventory, id)) ??
    ofType(inventory, 'AWS::EC2::LaunchTemplate').find(
      (each) => name !== undefined && text(each.properties, 'LaunchTemplateName') === name,
    );
  return template ? object(template.properties, 'LaunchTemplateData') : {};
}

function launchInterfaces(data: JsonObject): LaunchInterface[] {
  const listed = objects(data, 'NetworkInterfaces');
  if (listed.length === 0) return [wholeInstance(data)];
  return listed
    .map((each, position) => ({
      deviceIndex: number(each, 'DeviceIndex') ?? position,
      existing: text(each, 'NetworkInterfaceId'),
      subnet: text(each, 'SubnetId') ?? text(data, 'SubnetId'),
      privateAddresses: privateAddresses(each),
      publicAddress: flag(each, 'AssociatePublicIpAddress'),
      securityGroups: [...texts(each, 'GroupSet'), ...texts(each, 'Groups')],
    }))
    .sort((one, other) => one.deviceIndex - other.deviceIndex);
}

function wholeInstance(data: JsonObject): LaunchInterface {
  return {
    deviceIndex: 0,
    existing: undefined,
    subnet: text(data, 'SubnetId'),
    privateAddresses: privateAddresses(data),
    publicAddress: flag(data, 'AssociatePublicIpAddress'),
    securityGroups: [...texts(data, 'SecurityGroupIds'), ...texts(data, 'SecurityGroups')],
  };
}

/** Stated private addresses, the primary first. */
export function privateAddresses(properties: JsonObject): string[] {
  const listed = objects(properties, 'PrivateIpAddresses');
  const primaryFirst = [...listed].sort(
    (one, other) => Number(flag(other, 'Primary') ?? false) - Number(flag(one, 'Primary') ?? false),
  );
  const all = [text(properties, 'PrivateIpAddress'), ...primaryFirst.map((each) => text(each, 'PrivateIpAddress'))];
  return [...new Set(all.filter((each) => each !== undefined))];
}
