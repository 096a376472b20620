import { nodeOwner, publicNodeOwner } from '../../allocate/addresses.ts';
import { classicSubnets } from '../../families/classic-load-balancer/classic-subnets.ts';
import { generations } from '../../families/load-balancer/generations.ts';
import { ofType, type Resource } from '../../inventory.ts';
import { nameOf, objects, text, texts } from '../../property.ts';
import type { NetworkInterface, Subnet } from '../network.ts';
import { classicGroups } from './placement/classic-balancer-place.ts';
import type { Site } from './site.ts';
import { suppliedId } from './supplied.ts';

/**
 * One node for each zone of every load balancer. A Network Load Balancer without a group is filtered by ACLs only.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
export function balancerInterfaces(site: Site): NetworkInterface[] {
  return ofType(site.inventory, ...generations).flatMap((balancer) => nodesOf(site, balancer));
}

interface Mapping {
  readonly subnet: Subnet;
  readonly allocation: string | undefined;
  readonly privateAddress: string | undefined;
}

function nodesOf(site: Site, balancer: Resource): NetworkInterface[] {
  const { properties } = balancer;
  const isClassic = balancer.type === 'AWS::ElasticLoadBalancing::LoadBalancer';
  const kind = isClassic ? 'classic' : (text(properties, 'Type') ?? 'application');
  const groups = isClassic ? classicGroups(site.inventory, balancer) : texts(properties, 'SecurityGroups');
  const filtered = isClassic || kind === 'application' || groups.length > 0;
  const internetFacing = (text(properties, 'Scheme') ?? 'internet-facing') === 'internet-facing' && kind !== 'gateway';
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#ip-address-type
  const hasPublicAddress = internetFacing && text(properties, 'IpAddressType') !== 'dualstack-without-public-ipv4';
  return mappingsOf(site, balancer).map(({ subnet, allocation, privateAddress }): NetworkInterface => {
    return {
      id: suppliedId('eni', balancer.physicalId, subnet.zone),
      statedBy: balancer.key,
      name: `${nameOf(balancer)}/${subnet.zone}`,
      vpc: subnet.vpc,
      subnet: subnet.id,
      addresses: site.privateAddresses(subnet, nodeOwner(balancer.key), [privateAddress]),
      publicAddress: hasPublicAddress
        ? (site.elastic.byAllocation.get(allocation ?? '') ??
          site.publicAddress(publicNodeOwner(balancer.key, subnet.statedBy!)))
        : null,
      securityGroups: filtered ? site.groupsOrDefault(groups, subnet) : [],
      filtered,
      // A Network Load Balancer sends packets that keep their client's address.
      sourceDestinationCheck: isClassic || kind === 'application',
      owner: { kind: 'load-balancer', id: balancer.physicalId, zone: subnet.zone },
    };
  });
}

/** One subnet a zone: AWS refuses more. */
function mappingsOf(site: Site, balancer: Resource): Mapping[] {
  const { type, properties } = balancer;
  const subnets =
    type === 'AWS::ElasticLoadBalancing::LoadBalancer'
      ? classicSubnets(site.inventory, balancer)
      : texts(properties, 'Subnets');
  const stated = [
    ...objects(properties, 'SubnetMappings').map((each) => ({
      id: text(each, 'SubnetId'),
      allocation: text(each, 'AllocationId'),
      privateAddress: text(each, 'PrivateIPv4Address'),
    })),
    ...subnets.map((id) => ({ id, allocation: undefined, privateAddress: undefined })),
  ];
  const mappings = stated.flatMap(({ id, ...rest }) => {
    const subnet = site.subnet(id);
    return subnet ? [{ subnet, ...rest }] : [];
  });
  return mappings.filter(
    ({ subnet }, position) => mappings.findIndex((each) => each.subnet.zone === subnet.zone) === position,
  );
}
