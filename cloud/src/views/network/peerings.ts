import { overlap } from '../../address.ts';
import {
  type CustomResourceCall,
  customResourceCall,
  peeringOptions,
} from '../../families/custom-resource/custom-resource-call.ts';
import { type Inventory, ofType, type Resource } from '../../inventory.ts';
import { flag, nameOf, object, text } from '../../property.ts';
import type { Peering, Unknown, Vpc } from '../network.ts';
import { behind } from './unknown.ts';

/**
 * Peering connections that are active: both VPCs are in the templates and no range of one overlaps a range of the other.
 * Routes to any other peering are blackholes.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function peeringsOf(inventory: Inventory, vpcs: readonly Vpc[]): Peering[] {
  const options = customCalls(inventory).filter(({ action }) => action === peeringOptions);
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
        requesterDnsResolution: allowsDnsResolution(options, resource, 'Requester'),
        accepterDnsResolution: allowsDnsResolution(options, resource, 'Accepter'),
      },
    ];
  });
}

/** Peerings whose other side is not in the templates: they lead there, and something may come from there. */
export function peeringsBeyond(
  inventory: Inventory,
  vpcs: readonly Vpc[],
): { id: string; vpc: string; unknown: Unknown }[] {
  return ofType(inventory, 'AWS::EC2::VPCPeeringConnection').flatMap((resource) => {
    const ends = ['VpcId', 'PeerVpcId'].map((name) => text(resource.properties, name));
    const here = vpcs.filter((vpc) => ends.includes(vpc.id));
    return here.length === 1 && ends[0] !== ends[1]
      ? [{ id: resource.physicalId, vpc: here[0]!.id, unknown: behind(nameOf(resource)) }]
      : [];
  });
}

function customCalls(inventory: Inventory): CustomResourceCall[] {
  return ofType(inventory, 'Custom::AWS').flatMap(({ properties }) => customResourceCall(properties) ?? []);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html */
function allowsDnsResolution(
  calls: readonly CustomResourceCall[],
  peering: Resource,
  side: 'Requester' | 'Accepter',
): boolean {
  const stated = calls
    .filter(({ parameters }) => text(parameters, 'VpcPeeringConnectionId') === peering.physicalId)
    .map(({ parameters }) => object(parameters, `${side}PeeringConnectionOptions`))
    .findLast((options) => options.AllowDnsResolutionFromRemoteVpc !== undefined);
  return stated !== undefined && flag(stated, 'AllowDnsResolutionFromRemoteVpc') === true;
}

function overlapping(one: Vpc, other: Vpc): boolean {
  return one.ranges.some((range) => other.ranges.some((against) => overlap(range, against)));
}
