import { publicNodeOwner } from '../../../allocate/addresses.ts';
import type { ServicePlacement } from '../../../families/contract/placement.ts';
import { servicePlacements } from '../../../families/registry.ts';
import { type Inventory, ofType, type Resource } from '../../../inventory.ts';
import { isObject, type Json, type JsonObject } from '../../../json.ts';
import { flag, nameOf, text, texts } from '../../../property.ts';
import type { NetworkInterface, Subnet } from '../../network.ts';
import type { Site } from '../site.ts';
import { suppliedId } from '../supplied.ts';
import { neighbourInterfaces } from './neighbour-interfaces.ts';

/** Types whose interfaces are read elsewhere, or that name subnets and hold no interface. */
const holdsNothing =
  /^(?!AWS::)|SubnetGroup$|Association$|Attachment$|::LaunchTemplate$|::LaunchConfiguration$|::FlowLog$|::NetworkAcl|::Route|::SecurityGroup|::Subnet|::VPC|::VPN|::Instance$|::NetworkInterface|::NatGateway$|::AutoScalingGroup$|LoadBalancing|^AWS::RDS::DB(Instance|Cluster)$|DBCluster$|::EC2::|::CloudFormation::|::IAM::|::SSM::|::Events::|::Scheduler::|::StepFunctions::|::Logs::|::CloudWatch::|::Lambda::(?!Function)|::ECS::(?!Service)|::Config::|::RAM::/;

/**
 * The interfaces of functions, file systems, caches and their like, one for each subnet that they may stand in. AWS chooses their addresses
 * and does not say them in advance, so they have none here: each has an address of its subnet.
 */
export function serviceInterfaces(site: Site): NetworkInterface[] {
  const own = site.inventory.resources.flatMap((resource) => {
    const placement = servicePlacements[resource.type];
    return placement ? placed(site, resource, placement) : possibleHolder(site, resource);
  });
  return [...own, ...neighbourInterfaces(site)];
}

function placed(site: Site, resource: Resource, placement: ServicePlacement): NetworkInterface[] {
  const properties = { ...parentOf(site.inventory, resource, placement)?.properties, ...resource.properties };
  const subnets = subnetsIn(site, properties, placement);
  const groups = listAt(properties, placement.groups);
  const wantsPublic = placement.publicAddress ? publicWish(properties, placement.publicAddress) : false;
  return subnets.map((subnet) => ({
    ...holder(resource, subnet, subnets.length > 1, site.groupsOrDefault(groups, subnet)),
    publicAddress: wantsPublic ? site.publicAddress(publicNodeOwner(resource.key, subnet.statedBy!)) : null,
  }));
}

function holder(
  resource: Resource,
  subnet: Subnet,
  isOneOfMany: boolean,
  securityGroups: readonly string[],
): NetworkInterface {
  return {
    id: suppliedId('eni', resource.physicalId, subnet.id),
    statedBy: resource.key,
    name: isOneOfMany ? `${nameOf(resource)}/${subnet.name}` : nameOf(resource),
    vpc: subnet.vpc,
    subnet: subnet.id,
    addresses: [],
    publicAddress: null,
    securityGroups,
    filtered: true,
    sourceDestinationCheck: true,
    owner: { kind: 'service', id: resource.physicalId, type: resource.type },
  };
}

/** A type that is not known and names subnets may hold an interface in each; what groups filter it is read as far as it names any. */
function possibleHolder(site: Site, resource: Resource): NetworkInterface[] {
  if (holdsNothing.test(resource.type)) return [];
  const named = [...new Set(textsWithin(resource.properties))];
  const subnets = named.flatMap((each) => site.subnet(each) ?? []);
  const groups = named.filter((each) => each.startsWith('sg-'));
  return subnets.map((subnet) =>
    holder(resource, subnet, subnets.length > 1, groups.length > 0 ? groups : [`groups of ${resource.logicalId}`]),
  );
}

function textsWithin(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsWithin);
  return isObject(value) ? Object.values(value).flatMap(textsWithin) : [];
}

function parentOf(inventory: Inventory, { properties }: Resource, { parent }: ServicePlacement): Resource | undefined {
  const reference = parent && text(properties, parent.reference);
  return reference === undefined
    ? undefined
    : ofType(inventory, parent!.type).find((each) => each.physicalId.toLowerCase() === reference.toLowerCase());
}

function subnetsIn(site: Site, properties: JsonObject, { subnets, subnetGroup }: ServicePlacement): Subnet[] {
  const stated = listAt(properties, subnets);
  const ids =
    subnetGroup === undefined
      ? stated
      : ofType(site.inventory, subnetGroup)
          .filter((each) => stated.some((name) => name.toLowerCase() === each.physicalId.toLowerCase()))
          .flatMap((each) => texts(each.properties, 'SubnetIds'));
  return [...new Set(ids)].flatMap((id) => site.subnet(id) ?? []);
}

function publicWish(
  properties: JsonObject,
  { property, unless }: NonNullable<ServicePlacement['publicAddress']>,
): boolean {
  const [within, name] = descend(properties, property);
  return text(within, name) === 'ENABLED' || (flag(within, name) ?? unless);
}

function listAt(properties: JsonObject, path: string): string[] {
  const [within, name] = descend(properties, path);
  return texts(within, name);
}

function descend(properties: JsonObject, path: string): [within: JsonObject, name: string] {
  const steps = path.split('.');
  let within = properties;
  for (const step of steps.slice(0, -1)) within = isObject(within[step]) ? within[step] : {};
  return [within, steps.at(-1)!];
}
