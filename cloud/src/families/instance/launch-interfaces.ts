import type { Inventory, Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, objects, text, texts } from '../../property.ts';
import { launchData } from '../launch-template/launch-data.ts';
import { type ConnectionTracking, connectionTracking } from '../network-interface/connection-tracking.ts';
import { chosenSubnet } from './launch-subnet.ts';

/** What a launch says about one interface of the new instance. */
export interface LaunchInterface {
  readonly deviceIndex: number;
  /** An interface of the template to attach instead of a new one. */
  readonly existing: string | undefined;
  readonly subnet: string | undefined;
  readonly privateAddresses: readonly string[];
  /** `undefined` leaves it to the subnet. */
  readonly publicAddress: boolean | undefined;
  /** Ids, and names of groups of the default VPC. Empty means the VPC's default group. */
  readonly securityGroups: readonly string[];
  readonly connectionTracking?: ConnectionTracking;
}

/**
 * The interfaces that an instance, or a member of an Auto Scaling group, starts with, by device index.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
 */
export function launchInterfaces(inventory: Inventory, launched: Resource): LaunchInterface[] {
  const data = launchData(inventory, launched);
  const listed = objects(data, 'NetworkInterfaces');
  const chosen = chosenSubnet(inventory, launched, data);
  if (listed.length === 0) return [wholeInstance(data, chosen)];
  return listed
    .map((each, position) => ({
      deviceIndex: number(each, 'DeviceIndex') ?? position,
      existing: text(each, 'NetworkInterfaceId'),
      subnet: text(each, 'SubnetId') ?? text(data, 'SubnetId') ?? chosen,
      privateAddresses: privateAddresses(each),
      publicAddress: flag(each, 'AssociatePublicIpAddress'),
      securityGroups: [...texts(each, 'GroupSet'), ...texts(each, 'Groups')],
      ...connectionTracking(each),
    }))
    .sort((one, other) => one.deviceIndex - other.deviceIndex);
}

function wholeInstance(data: JsonObject, chosen: string | undefined): LaunchInterface {
  return {
    deviceIndex: 0,
    existing: undefined,
    subnet: text(data, 'SubnetId') ?? chosen,
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
