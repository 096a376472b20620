import { type Address, parseAddress } from '../../address.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import { attribute, text } from '../../property.ts';

/**
 * Which Elastic IP addresses belong to what: by allocation (NAT gateways, Network Load Balancers), by network
 * interface, and by instance (its first interface).
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
 */
export interface ElasticAddresses {
  readonly byAllocation: ReadonlyMap<string, Address>;
  readonly byInterface: ReadonlyMap<string, Address>;
  readonly byInstance: ReadonlyMap<string, Address>;
}

export function elasticAddressesOf(inventory: Inventory): ElasticAddresses {
  const byAllocation = new Map<string, Address>();
  const byInterface = new Map<string, Address>();
  const byInstance = new Map<string, Address>();
  for (const resource of ofType(inventory, 'AWS::EC2::EIP')) {
    const address = parseAddress(attribute(resource, 'PublicIp') ?? resource.physicalId);
    if (address === undefined) throw new Error(`${resource.key} has no public address: ${resource.physicalId}`);
    byAllocation.set(attribute(resource, 'AllocationId') ?? resource.physicalId, address);
    const instance = text(resource.properties, 'InstanceId');
    if (instance) byInstance.set(instance, address);
  }
  for (const { properties } of ofType(inventory, 'AWS::EC2::EIPAssociation')) {
    const address =
      byAllocation.get(text(properties, 'AllocationId') ?? '') ?? parseAddress(text(properties, 'EIP') ?? '');
    if (address === undefined) continue;
    const networkInterface = text(properties, 'NetworkInterfaceId');
    const instance = text(properties, 'InstanceId');
    if (networkInterface) byInterface.set(networkInterface, address);
    else if (instance) byInstance.set(instance, address);
  }
  return { byAllocation, byInterface, byInstance };
}
