import { classicSubnets } from '../families/classic-load-balancer/classic-subnets.ts';
import { launchInterfaces } from '../families/instance/launch-interfaces.ts';
import { groupSubnets } from '../families/instance/launch-subnet.ts';
import { defaultVpc, type Home, homeOf } from '../families/vpc/default-vpc.ts';
import type { Inventory, Resource } from '../inventory.ts';
import { attribute } from '../property.ts';
import { databaseSubnets } from '../views/network/placement/subnet-group.ts';

/** The default VPCs that something of the templates stands in, or names by its id or that of one of its subnets. */
export function defaultVpcsInUse(inventory: Inventory): Resource[] {
  const homes = new Map<string, Home>();
  for (const resource of inventory.resources) {
    const home = homeOf(inventory, resource);
    homes.set(`${home.account} ${home.region}`, home);
  }
  return [...homes.values()].flatMap((home) => {
    const made = defaultVpc(home);
    const places = made
      .filter(({ type }) => ['AWS::EC2::VPC', 'AWS::EC2::Subnet'].includes(type))
      .map(({ physicalId }) => physicalId);
    const within: Inventory = { ...inventory, outside: made };
    const isUsed = inventory.resources.some((resource) => {
      if (placesOf(within, resource).some((id) => places.includes(id))) return true;
      const written = JSON.stringify(resource.properties);
      return places.some((id) => written.includes(id));
    });
    return isUsed ? made : [];
  });
}

/** Ids of subnets or of a VPC that a resource stands in without naming them. */
function placesOf(inventory: Inventory, resource: Resource): string[] {
  switch (resource.type) {
    case 'AWS::EC2::Instance':
      return launchInterfaces(inventory, resource).flatMap(({ subnet }) => subnet ?? []);
    case 'AWS::AutoScaling::AutoScalingGroup':
      return groupSubnets(inventory, resource);
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return classicSubnets(inventory, resource);
    case 'AWS::RDS::DBInstance':
      return databaseSubnets(inventory, resource);
    case 'AWS::EC2::SecurityGroup':
      return [attribute(resource, 'VpcId') ?? []].flat();
    default:
      return [];
  }
}
