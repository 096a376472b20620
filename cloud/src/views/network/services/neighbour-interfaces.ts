import { parseAddress } from '../../../address.ts';
import { generations } from '../../../families/load-balancer/generations.ts';
import type { Resource } from '../../../inventory.ts';
import { attribute, nameOf, text, texts } from '../../../property.ts';
import type { NetworkInterface } from '../../network.ts';
import type { Site } from '../site.ts';
import { suppliedId } from '../supplied.ts';

/**
 * The interfaces of what runs outside, in VPCs that the templates' resources stand in. Those that were listed have their own addresses; an instance, a
 * balancer or a database whose interfaces were not listed has one for each of its subnets, at an address that is not known.
 */
export function neighbourInterfaces(site: Site): NetworkInterface[] {
  const { neighbours = [] } = site.inventory;
  const listed = neighbours.filter(({ type }) => type === 'AWS::EC2::NetworkInterface');
  const taken = new Set(listed.map(({ properties }) => text(properties, 'PrivateIpAddress')));
  const balancers = new Set(listed.map(({ properties }) => text(properties, 'Description')));
  const isListed = (each: Resource) =>
    taken.has(text(each.properties, 'PrivateIpAddress') ?? '') ||
    balancers.has(`ELB ${attribute(each, 'LoadBalancerFullName')}`);
  return neighbours
    .filter((each) => listed.includes(each) || !isListed(each))
    .flatMap((each) => interfacesOf(site, each));
}

function interfacesOf(site: Site, resource: Resource): NetworkInterface[] {
  const { properties, physicalId, type } = resource;
  const stated = ['Subnets', 'SubnetIds'].flatMap((name) => texts(properties, name));
  const subnets = [...[text(properties, 'SubnetId') ?? []].flat(), ...stated].flatMap((id) => site.subnet(id) ?? []);
  const groups = ['SecurityGroupIds', 'SecurityGroups', 'VPCSecurityGroups'].flatMap((name) => texts(properties, name));
  const address = parseAddress(text(properties, 'PrivateIpAddress') ?? '');
  const publicAddress = parseAddress(attribute(resource, 'PublicIp') ?? '');
  return subnets.map((subnet) => ({
    id: type === 'AWS::EC2::NetworkInterface' ? physicalId : suppliedId('eni', physicalId, subnet.id),
    statedBy: resource.key,
    name: subnets.length > 1 ? `${nameOf(resource)}/${subnet.zone}` : nameOf(resource),
    vpc: subnet.vpc,
    subnet: subnet.id,
    addresses: address === undefined ? [] : [address],
    publicAddress: publicAddress ?? null,
    securityGroups: type.includes('LoadBalancer') ? groups : site.groupsOrDefault(groups, subnet),
    filtered: !type.includes('LoadBalancer') || groups.length > 0,
    sourceDestinationCheck: true,
    owner: { kind: 'service', ...ownerOf(site, resource), isAddressKnown: address !== undefined },
  }));
}

/** An interface of a load balancer is described by it. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancers.html */
function ownerOf({ inventory }: Site, { type, physicalId, properties }: Resource): { id: string; type: string } {
  const described = /^ELB (.+)$/.exec(
    type === 'AWS::EC2::NetworkInterface' ? (text(properties, 'Description') ?? '') : '',
  );
  if (!described) return { id: physicalId, type };
  const balancer = inventory.neighbours?.find((each) => attribute(each, 'LoadBalancerFullName') === described[1]);
  return { id: balancer?.physicalId ?? described[1]!, type: balancer?.type ?? generations[0] };
}
