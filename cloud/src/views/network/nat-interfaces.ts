import { nodeOwner } from '../../allocate/addresses.ts';
import { ofType } from '../../inventory.ts';
import { nameOf, text } from '../../property.ts';
import type { NetworkInterface } from '../network.ts';
import type { Site } from './site.ts';
import { suppliedId } from './supplied.ts';

/**
 * The interface of each NAT gateway: no group filters it, and it forwards what is not for itself.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export function natInterfaces(site: Site): NetworkInterface[] {
  return ofType(site.inventory, 'AWS::EC2::NatGateway').flatMap((gateway): NetworkInterface[] => {
    const { properties, physicalId } = gateway;
    const subnet = site.subnet(text(properties, 'SubnetId'));
    if (!subnet) return [];
    return [
      {
        id: suppliedId('eni', physicalId, 0),
        statedBy: gateway.key,
        name: nameOf(gateway),
        vpc: subnet.vpc,
        subnet: subnet.id,
        addresses: site.privateAddresses(subnet, nodeOwner(gateway.key), [text(properties, 'PrivateIpAddress')]),
        publicAddress: site.elastic.byAllocation.get(text(properties, 'AllocationId') ?? '') ?? null,
        securityGroups: [],
        filtered: false,
        sourceDestinationCheck: false,
        owner: { kind: 'nat-gateway', id: physicalId },
      },
    ];
  });
}
