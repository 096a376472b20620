import { parseAddress, parsePrefix } from '../address.ts';
import type { Resource } from '../inventory.ts';
import { isObject, type Json } from '../json.ts';
import { type AddressBook, nodeOwner, publicAddressRequest, publicNodeOwner } from './addresses.ts';

/**
 * Gives addresses to everything that AWS puts into subnets for a resource: nodes of load balancers, NAT gateways, databases (one in each
 * subnet of their group, for failover), interface endpoints. Views read them with `addressOf`.
 *
 * @param subnetsOfClassic of a Classic Load Balancer, which may name zones in their place
 */
export function giveNodeAddresses(
  resources: readonly Resource[],
  book: AddressBook,
  subnetsOfClassic: (balancer: Resource) => readonly string[],
): void {
  const subnets = new Map<string, Resource>();
  const subnetGroups = new Map<string, Resource>();
  for (const resource of resources) {
    if (resource.type === 'AWS::EC2::Subnet') subnets.set(resource.physicalId, resource);
    if (resource.type === 'AWS::RDS::DBSubnetGroup') subnetGroups.set(resource.physicalId, resource);
  }
  const give = (resource: Resource, subnetId: Json | undefined, wanted?: Json): Resource | undefined => {
    const subnet = subnets.get(String(subnetId));
    const range = parsePrefix(String(subnet?.properties.CidrBlock ?? ''));
    if (!subnet || !range) return undefined;
    const address = typeof wanted === 'string' ? parseAddress(wanted) : undefined;
    book.give({
      owner: nodeOwner(resource.key),
      subnet: subnet.key,
      range,
      ...(address === undefined ? {} : { wanted: address }),
    });
    return subnet;
  };
  for (const resource of resources) {
    const { properties } = resource;
    switch (resource.type) {
      case 'AWS::ElasticLoadBalancingV2::LoadBalancer': {
        const isPublic = properties.Scheme !== 'internal';
        for (const node of loadBalancerNodes(resource)) {
          const subnet = give(resource, node.subnet, node.privateAddress);
          if (subnet && isPublic && node.allocation === undefined)
            book.give(publicAddressRequest(publicNodeOwner(resource.key, subnet.key)));
        }
        break;
      }
      case 'AWS::ElasticLoadBalancing::LoadBalancer':
        for (const each of subnetsOfClassic(resource)) {
          const subnet = give(resource, each);
          if (subnet && properties.Scheme !== 'internal')
            book.give(publicAddressRequest(publicNodeOwner(resource.key, subnet.key)));
        }
        break;
      case 'AWS::EC2::NatGateway':
        give(resource, properties.SubnetId, properties.PrivateIpAddress);
        break;
      case 'AWS::EC2::VPCEndpoint':
        if (properties.VpcEndpointType === 'Interface')
          for (const each of listOf(properties.SubnetIds)) give(resource, each);
        break;
      case 'AWS::RDS::DBInstance': {
        const group = subnetGroups.get(String(properties.DBSubnetGroupName ?? 'default'));
        for (const each of listOf(group?.properties.SubnetIds)) {
          const subnet = give(resource, each);
          if (subnet && String(properties.PubliclyAccessible) === 'true')
            book.give(publicAddressRequest(publicNodeOwner(resource.key, subnet.key)));
        }
        break;
      }
    }
  }
}

/** The subnets of a load balancer, with the address and Elastic IP that its mappings state. */
function loadBalancerNodes(
  resource: Resource,
): { readonly subnet: string; readonly privateAddress?: Json; readonly allocation?: string }[] {
  const mappings = listOf(resource.properties.SubnetMappings).filter(isObject);
  if (mappings.length === 0) return listOf(resource.properties.Subnets).map((subnet) => ({ subnet: String(subnet) }));
  return mappings.map((mapping) => ({
    subnet: String(mapping.SubnetId),
    ...(mapping.PrivateIPv4Address === undefined ? {} : { privateAddress: mapping.PrivateIPv4Address }),
    ...(mapping.AllocationId === undefined ? {} : { allocation: String(mapping.AllocationId) }),
  }));
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
