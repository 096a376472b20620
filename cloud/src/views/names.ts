import { type Address, formatAddress, type Prefix } from '../address.ts';
import type { Address6 } from '../address6.ts';
import { serviceAddress } from '../allocate/public-addresses.ts';
import { launchData } from '../families/launch-template/launch-data.ts';
import { resourceNameRecords } from '../families/subnet/resource-names.ts';
import { findResource, type Inventory, ofType, type ResourceKey } from '../inventory.ts';
import { attribute, flag, text } from '../property.ts';
import { classicBalancersOf } from './balancing/classic.ts';
import { type HostedZone, hostedZones } from './names/hosted-zones.ts';
import { type InterfaceEndpointName, interfaceEndpointNames } from './names/interface-endpoints.ts';
import { serviceNames } from './names/service-names.ts';
import { address6Of, type NetworkInterface, type NetworkView } from './network.ts';

/**
 * Every name that something in the inventory answers to, and what stands behind it. Who is told which address is
 * for the resolver to decide: each VPC has its own view of the names, and the internet another.
 */
export interface NamesView {
  readonly region: string;
  readonly vpcs: readonly NamingVpc[];
  readonly balancers: readonly BalancerName[];
  readonly databases: readonly DatabaseName[];
  readonly instances: readonly InstanceName[];
  readonly services: readonly ServiceName[];
  readonly interfaceEndpoints: readonly InterfaceEndpointName[];
  readonly zones: readonly HostedZone[];
}

export interface NamingVpc {
  readonly id: string;
  readonly ranges: readonly Prefix[];
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
  /** VPCs whose instances' public names resolve here to private addresses, by the peering's DNS option. */
  readonly resolvesPrivately: readonly string[];
}

/** The name of a load balancer, with one node for each zone that it stands in. */
interface BalancerName {
  readonly id: string;
  readonly statedBy: ResourceKey;
  readonly name: string;
  readonly internetFacing: boolean;
  readonly nodes: readonly {
    readonly zone: string;
    readonly private: Address;
    readonly public: Address | null;
    readonly six: Address6 | null;
  }[];
}

interface DatabaseName {
  readonly id: string;
  readonly vpc: string;
  readonly name: string;
  readonly primary: Address;
  readonly standby: Address | null;
  /** In dual-stack mode, the primary's and the standby's. */
  readonly six: { readonly primary: Address6 | null; readonly standby: Address6 | null };
  /** Where the instance is publicly accessible: what everyone outside its VPC is told. */
  readonly public: Address | null;
}

interface InstanceName {
  readonly id: string;
  readonly vpc: string;
  readonly privateName: string;
  readonly private: Address;
  /** Given where the VPC has `EnableDnsHostnames` and the instance a public address. */
  readonly publicName: string | null;
  readonly public: Address | null;
  /** `i-…REGION.compute.internal`, where the subnet or the launch enables records of it. */
  readonly resourceName: { readonly name: string; readonly four: boolean; readonly six: Address6 | null } | null;
}

/** A name of one of AWS's own services, and the address of its public endpoint. `*.` at the front matches one label. */
interface ServiceName {
  readonly service: string;
  readonly name: string;
  readonly address: Address;
}

export function namesView(inventory: Inventory, network: NetworkView): NamesView {
  const { region } = inventory;
  return {
    region,
    vpcs: network.vpcs.map(({ id, ranges, dnsSupport, dnsHostnames }) => ({
      id,
      ranges,
      dnsSupport,
      dnsHostnames,
      resolvesPrivately: peersToldPrivately(network, id),
    })),
    balancers: balancers(inventory, network),
    databases: databases(inventory, network),
    instances: instances(inventory, network),
    services: serviceNames(region).map(({ service, name }) => ({ service, name, address: serviceAddress(service) })),
    interfaceEndpoints: interfaceEndpointNames(inventory, network),
    zones: hostedZones(inventory),
  };
}

/**
 * The requester's option is about the requester's own names, asked for from the accepter, and the other way round; it
 * needs both DNS attributes in both VPCs.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-dns.html
 */
function peersToldPrivately(network: NetworkView, asker: string): string[] {
  const named = (id: string) => {
    const vpc = network.vpcs.find((each) => each.id === id);
    return vpc?.dnsSupport && vpc.dnsHostnames;
  };
  return network.peerings
    .filter((peering) => named(peering.requester) && named(peering.accepter))
    .flatMap((peering) => {
      if (peering.accepter === asker && peering.requesterDnsResolution) return [peering.requester];
      if (peering.requester === asker && peering.accepterDnsResolution) return [peering.accepter];
      return [];
    });
}

function balancers(inventory: Inventory, network: NetworkView): BalancerName[] {
  const named = [...ofType(inventory, 'AWS::ElasticLoadBalancingV2::LoadBalancer'), ...classicBalancersOf(inventory)];
  return named.flatMap((resource) => {
    const name = attribute(resource, 'DNSName');
    if (name === undefined) return [];
    const nodes = network.interfaces.flatMap(({ id, owner, addresses, publicAddress }) =>
      owner.kind === 'load-balancer' && owner.id === resource.physicalId
        ? [{ zone: owner.zone, private: addresses[0]!, public: publicAddress, six: address6Of(network, id) }]
        : [],
    );
    const internetFacing = text(resource.properties, 'Scheme') !== 'internal';
    return [{ id: resource.physicalId, statedBy: resource.key, name: name.toLowerCase(), internetFacing, nodes }];
  });
}

function databases(inventory: Inventory, network: NetworkView): DatabaseName[] {
  return ofType(inventory, 'AWS::RDS::DBInstance').flatMap((resource) => {
    const name = attribute(resource, 'Endpoint.Address');
    const own = network.interfaces.filter(({ owner }) => owner.kind === 'database' && owner.id === resource.physicalId);
    const inRole = (role: string) => own.find(({ owner }) => owner.kind === 'database' && owner.role === role);
    const primary = inRole('primary');
    const six = (each: NetworkInterface | undefined) => (each ? address6Of(network, each.id) : null);
    if (name === undefined || primary === undefined) return [];
    return [
      {
        id: resource.physicalId,
        vpc: primary.vpc,
        name: name.toLowerCase(),
        primary: primary.addresses[0]!,
        standby: inRole('standby')?.addresses[0] ?? null,
        six: { primary: six(primary), standby: six(inRole('standby')) },
        public: flag(resource.properties, 'PubliclyAccessible') ? primary.publicAddress : null,
      },
    ];
  });
}

function instances(inventory: Inventory, network: NetworkView): InstanceName[] {
  const { region } = inventory;
  const hostnames = new Set(network.vpcs.filter((vpc) => vpc.dnsHostnames).map((vpc) => vpc.id));
  return network.interfaces.flatMap((each: NetworkInterface) => {
    if (each.owner.kind !== 'instance') return [];
    const address = each.addresses[0]!;
    return [
      {
        id: each.owner.id,
        vpc: each.vpc,
        private: address,
        privateName: privateName(region, address),
        public: each.publicAddress,
        publicName:
          each.publicAddress !== null && hostnames.has(each.vpc) ? publicName(region, each.publicAddress) : null,
        resourceName: each.owner.index === 0 ? resourceName(inventory, network, each, each.owner.id) : null,
      },
    ];
  });
}

function resourceName(
  inventory: Inventory,
  network: NetworkView,
  each: NetworkInterface,
  instance: string,
): InstanceName['resourceName'] {
  const stated =
    ofType(inventory, 'AWS::EC2::Instance').find(({ physicalId }) => physicalId === instance) ??
    (each.statedBy === null ? undefined : findResource(inventory, each.statedBy));
  const subnet = ofType(inventory, 'AWS::EC2::Subnet').find(({ physicalId }) => physicalId === each.subnet);
  if (!stated || !subnet) return null;
  const { four, six } = resourceNameRecords(launchData(inventory, stated), subnet.properties);
  return four || six
    ? { name: `${instance}.${domainOf(inventory.region)}`, four, six: six ? address6Of(network, each.id) : null }
    : null;
}

function domainOf(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html#vpc-dns-hostnames */
function privateName(region: string, address: Address): string {
  return `ip-${formatAddress(address).replaceAll('.', '-')}.${domainOf(region)}`;
}

function publicName(region: string, address: Address): string {
  const dashed = `ec2-${formatAddress(address).replaceAll('.', '-')}`;
  return region === 'us-east-1' ? `${dashed}.compute-1.amazonaws.com` : `${dashed}.${region}.compute.amazonaws.com`;
}
