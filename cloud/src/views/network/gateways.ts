import { isPrivate } from '../../families/nat-gateway/nat-gateway.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import { nameOf, text } from '../../property.ts';
import type { InternetGateway, NatGateway, NetworkInterface, Subnet, Vpc } from '../network.ts';

export function internetGatewaysOf(inventory: Inventory, vpcs: readonly Vpc[]): InternetGateway[] {
  const attachments = ofType(inventory, 'AWS::EC2::VPCGatewayAttachment');
  return ofType(inventory, 'AWS::EC2::InternetGateway').map((resource) => {
    const attached = attachments.find(
      ({ properties }) => text(properties, 'InternetGatewayId') === resource.physicalId,
    );
    const vpc = vpcs.find((each) => attached && each.id === text(attached.properties, 'VpcId'));
    return { id: resource.physicalId, statedBy: resource.key, name: nameOf(resource), vpc: vpc?.id ?? null };
  });
}

export function natGatewaysOf(
  inventory: Inventory,
  subnets: readonly Subnet[],
  interfaces: readonly NetworkInterface[],
): NatGateway[] {
  return ofType(inventory, 'AWS::EC2::NatGateway').flatMap((resource): NatGateway[] => {
    const id = resource.physicalId;
    const subnet = subnets.find((each) => each.id === text(resource.properties, 'SubnetId'));
    const own = interfaces.find(({ owner }) => owner.kind === 'nat-gateway' && owner.id === id);
    if (!subnet || !own) return [];
    return [
      {
        id,
        statedBy: resource.key,
        name: nameOf(resource),
        vpc: subnet.vpc,
        subnet: subnet.id,
        interface: own.id,
        connectivity: isPrivate(resource.properties) ? 'private' : 'public',
      },
    ];
  });
}
