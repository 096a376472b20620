import { type Inventory, ofType } from '../../inventory.ts';
import { nameOf, text, texts } from '../../property.ts';
import type { ModelledNetwork, Vpc, VpnGateway } from '../network.ts';

/**
 * Virtual private gateways with the VPC that each is attached to.
 *
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html
 */
export function vpnGatewaysOf(inventory: Inventory, vpcs: readonly Vpc[]): VpnGateway[] {
  const attachments = ofType(inventory, 'AWS::EC2::VPCGatewayAttachment');
  return ofType(inventory, 'AWS::EC2::VPNGateway').map((resource) => {
    const attached = attachments.find(({ properties }) => text(properties, 'VpnGatewayId') === resource.physicalId);
    const vpc = vpcs.find((each) => attached && each.id === text(attached.properties, 'VpcId'));
    return { id: resource.physicalId, statedBy: resource.key, name: nameOf(resource), vpc: vpc?.id ?? null };
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html#EnableDisableRouteProp */
export function propagationsOf(inventory: Inventory): ModelledNetwork['propagations'] {
  return ofType(inventory, 'AWS::EC2::VPNGatewayRoutePropagation').flatMap(({ properties }) =>
    texts(properties, 'RouteTableIds').map((table) => ({ table, gateway: text(properties, 'VpnGatewayId') ?? '' })),
  );
}
