import { overlap } from '../../address.ts';
import { type Inventory, ofType } from '../../inventory.ts';
import type { Peering, Vpc } from '../network.ts';
import { flag, nameOf, text } from './property.ts';

/**
 * Peering connections that are active: both VPCs are in the templates and no range of one overlaps a range of the other.
 * Routes to any other peering are blackholes.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function peeringsOf(inventory: Inventory, vpcs: readonly Vpc[]): Peering[] {
  return ofType(inventory, 'AWS::EC2::VPCPeeringConnection').flatMap((resource): Peering[] => {
    const requester = vpcs.find((vpc) => vpc.id === text(resource.properties, 'VpcId'));
    const accepter = vpcs.find((vpc) => vpc.id === text(resource.properties, 'PeerVpcId'));
    if (!requester || !accepter || requester === accepter || overlapping(requester, accepter)) return [];
    return [
      {
        id: resource.physicalId,
        statedBy: resource.key,
        name: nameOf(resource),
        requester: requester.id,
        accepter: accepter.id,
        requesterDnsResolution: flag(resource.properties, 'RequesterAllowDnsResolutionFromRemoteVpc') ?? false,
        accepterDnsResolution: flag(resource.properties, 'AccepterAllowDnsResolutionFromRemoteVpc') ?? false,
      },
    ];
  });
}

function overlapping(one: Vpc, other: Vpc): boolean {
  return one.ranges.some((range) => other.ranges.some((against) => overlap(range, against)));
}
