import type { Address, Prefix } from '../address.ts';
import type { Address6, Prefix6 } from '../address6.ts';
import type { ConnectionTracking } from '../families/network-interface/connection-tracking.ts';
import type { ResourceKey } from '../inventory.ts';
import type { Words } from '../words.ts';

/**
 * The network that an inventory describes: what the fabric builds and what the reach lens proves,
 * from one and the same data. Identifiers are physical ids (`vpc-…`, `subnet-…`, `eni-…`). Everything that AWS
 * supplies without being asked is written out: local routes, main tables, default groups and ACLs.
 */
export interface NetworkView {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly networkAcls: readonly NetworkAcl[];
  readonly securityGroups: readonly SecurityGroup[];
  readonly prefixLists: readonly PrefixList[];
  readonly interfaces: readonly NetworkInterface[];
  readonly internetGateways: readonly InternetGateway[];
  readonly natGateways: readonly NatGateway[];
  readonly peerings: readonly Peering[];
  readonly gatewayEndpoints: readonly GatewayEndpoint[];
  /** What proofs read and the fabric does not build, IPv6 excepted; nothing where it is left out. */
  readonly modelled?: ModelledNetwork;
}

/** What the template's author calls it: the resource that stated it and its Name tag. */
export interface Named {
  readonly id: string;
  /** The resource that stated it; `null` for what AWS supplies, such as a main route table. */
  readonly statedBy: ResourceKey | null;
  /** The Name tag, or else the logical id, or else the id. */
  readonly name: string;
}

export interface Vpc extends Named {
  /** Primary range first. */
  readonly ranges: readonly Prefix[];
  readonly mainRouteTable: string;
  readonly defaultNetworkAcl: string;
  readonly defaultSecurityGroup: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
}

export interface Subnet extends Named {
  readonly vpc: string;
  readonly range: Prefix;
  /** For example `ap-northeast-2a`. */
  readonly zone: string;
  /** The table in force: the associated one, or else the VPC's main table. */
  readonly routeTable: string;
  readonly networkAcl: string;
  readonly publicAddressOnLaunch: boolean;
}

export interface RouteTable extends Named {
  readonly vpc: string;
  readonly routes: readonly Route[];
}

export interface Route {
  readonly destination: Prefix;
  /** The prefix list that the destination came from, one route for each of its entries. */
  readonly prefixList: string | null;
  readonly target: RouteTarget;
  /** `null` for the local route and for a gateway endpoint's own routes. */
  readonly statedBy: ResourceKey | null;
}

/** Where a route sends what it matches; `id` is the physical id of the target. */
export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: string }
  | { readonly kind: 'nat-gateway'; readonly id: string }
  | { readonly kind: 'peering'; readonly id: string }
  | { readonly kind: 'interface'; readonly id: string }
  | { readonly kind: 'gateway-endpoint'; readonly id: string }
  | { readonly kind: 'transit-gateway'; readonly id: string }
  /** A virtual private gateway: what lies behind it is the user's to state. */
  | { readonly kind: 'vpn-gateway'; readonly id: string }
  /** It may lead anywhere: no proof goes past it. */
  | { readonly kind: 'unknown'; readonly id: string; readonly unknown: Unknown }
  /** The target is stated but not available: it wins by its prefix, and what it wins is dropped. */
  | { readonly kind: 'blackhole'; readonly reason: string; readonly because?: Words };

export interface NetworkAcl extends Named {
  readonly vpc: string;
  readonly isDefault: boolean;
  /** By rising rule number. The final deny is not listed. */
  readonly ingress: readonly AclEntry[];
  readonly egress: readonly AclEntry[];
}

export interface AclEntry {
  readonly ruleNumber: number;
  readonly action: 'allow' | 'deny';
  readonly traffic: Traffic;
  /** The source of ingress, the destination of egress. */
  readonly range: Prefix;
  readonly statedBy: ResourceKey | null;
}

/** What a rule matches besides addresses. */
export type Traffic =
  | { readonly protocol: 'all' }
  | { readonly protocol: 'tcp' | 'udp'; readonly ports: PortRange }
  /** `null` matches every type, or every code. */
  | { readonly protocol: 'icmp' | 'icmpv6'; readonly type: number | null; readonly code: number | null }
  /** An IP protocol number that has no ports here. */
  | { readonly protocol: 'other'; readonly number: number };

/** Both ends included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export interface SecurityGroup extends Named {
  readonly vpc: string;
  readonly isDefault: boolean;
  readonly ingress: readonly SecurityRule[];
  readonly egress: readonly SecurityRule[];
}

export interface SecurityRule {
  readonly traffic: Traffic;
  readonly peer: SecurityPeer;
  /** The group for an inline rule (with its place in the list), the rule's own resource otherwise, `null` for AWS's default rule. */
  readonly statedBy: ResourceKey | null;
  /** The inline rule's index within `SecurityGroupIngress` or `SecurityGroupEgress`; `null` for a resource of its own. */
  readonly index: number | null;
  readonly description: string | null;
}

/** Who is at the other end: the source of ingress, the destination of egress. */
export type SecurityPeer =
  | { readonly kind: 'range'; readonly range: Prefix }
  | { readonly kind: 'security-group'; readonly id: string }
  | { readonly kind: 'prefix-list'; readonly id: string };

export interface PrefixList extends Named {
  readonly entries: readonly Prefix[];
}

export interface NetworkInterface extends Named {
  readonly vpc: string;
  readonly subnet: string;
  /** Private addresses, the primary first. */
  readonly addresses: readonly Address[];
  /** Public or Elastic IP, mapped to the primary private address. */
  readonly publicAddress: Address | null;
  readonly securityGroups: readonly string[];
  /** A NAT gateway has none: nothing filters it but ACLs. */
  readonly filtered: boolean;
  readonly sourceDestinationCheck: boolean;
  /** Where it states for how long its security groups remember a silent connection. */
  readonly connectionTracking?: ConnectionTracking;
  readonly owner: InterfaceOwner;
}

/** Whose interface it is. `id` is the physical id of the owner, `index` the device index. */
export type InterfaceOwner =
  | { readonly kind: 'instance'; readonly id: string; readonly index: number }
  | { readonly kind: 'load-balancer'; readonly id: string; readonly zone: string }
  | { readonly kind: 'database'; readonly id: string; readonly role: 'primary' | 'standby' }
  | { readonly kind: 'nat-gateway'; readonly id: string }
  | { readonly kind: 'endpoint'; readonly id: string }
  /** A function, a file system, a cache and their like, or what runs outside; `type` is the resource's. */
  | { readonly kind: 'service'; readonly id: string; readonly type: string; readonly isAddressKnown?: boolean }
  /** A network interface of the template that nothing is attached to. */
  | { readonly kind: 'unattached' };

export interface InternetGateway extends Named {
  /** `null` while it is not attached. */
  readonly vpc: string | null;
}

export interface NatGateway extends Named {
  readonly vpc: string;
  readonly subnet: string;
  readonly interface: string;
  readonly connectivity: 'public' | 'private';
}

export interface Peering extends Named {
  readonly requester: string;
  readonly accepter: string;
  /** `AllowDnsResolutionFromRemoteVpc`, for each side. */
  readonly requesterDnsResolution: boolean;
  readonly accepterDnsResolution: boolean;
}

export interface GatewayEndpoint extends Named {
  readonly vpc: string;
  /** For example `s3`. */
  readonly service: string;
  readonly prefixList: string;
  readonly routeTables: readonly string[];
  /** The endpoint policy; `null` allows everything. */
  readonly policy: unknown;
}

/** Something that decides and that is not known: why, and what would have to be stated or modelled. */
export interface Unknown {
  readonly code: UnknownCode;
  readonly cause: Words;
  readonly next: Words;
}

export type UnknownCode =
  | 'UNKNOWN_TARGET'
  | 'UNKNOWN_BEHIND_GATEWAY'
  | 'UNKNOWN_TRANSLATION'
  | 'UNKNOWN_VALUE'
  | 'UNKNOWN_PREFIX_LIST'
  | 'UNKNOWN_GROUP'
  | 'UNKNOWN_ADDRESS'
  | 'UNKNOWN_FAMILY';

/** What a proof has to respect although no packet here ever passes it. */
export interface ModelledNetwork {
  readonly transitGateways: readonly TransitGateway[];
  readonly vpnGateways: readonly VpnGateway[];
  /** Route tables of gateways: they decide about what comes in by the gateway. */
  readonly edgeTables: readonly EdgeTable[];
  /** Interfaces of services, with no address: AWS chooses one of the subnet's. */
  readonly serviceInterfaces: readonly NetworkInterface[];
  /** By the balancer's id. A balancer that is not here is asked without its listeners. */
  readonly balancers: readonly BalancerPorts[];
  /** Rules, entries and routes with a value that nobody knows before deployment. */
  readonly unknownParts: readonly UnknownPart[];
  /** Routes that a virtual private gateway learns and puts into a table. */
  readonly propagations: readonly { readonly table: string; readonly gateway: string }[];
  /** VPCs that something unknown may send into: a peering or an attachment whose other side is not in the templates. */
  readonly unknownWaysIn: readonly { readonly vpc: string; readonly unknown: Unknown }[];
  readonly ipv6: Ipv6Network;
}

export interface VpnGateway extends Named {
  readonly vpc: string | null;
}

export interface EdgeTable {
  readonly gateway: string;
  readonly table: string;
}

/** https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html */
export interface TransitGateway extends Named {
  readonly attachments: readonly TransitAttachment[];
  readonly tables: readonly TransitTable[];
  /** `SecurityGroupReferencingSupport`: off unless enabled. */
  readonly groupReferences: boolean;
}

export interface TransitAttachment {
  readonly id: string;
  readonly name: string;
  readonly vpc: string | null;
  /** One in each zone that it serves. */
  readonly subnets: readonly string[];
  /** The table that decides about what comes from it; `null` where it has none. */
  readonly table: string | null;
  readonly groupReferences: boolean;
  /** What lies behind an attachment that is no VPC of the templates; `null` for a VPC. */
  readonly unknown: Unknown | null;
}

export interface TransitTable {
  readonly id: string;
  readonly name: string;
  readonly routes: readonly TransitRoute[];
  /** Attachments that put routes into it which nobody knows before they are announced. */
  readonly unknownRoutes: readonly Unknown[];
}

export interface TransitRoute {
  readonly destination: Prefix;
  /** An attachment's id; `null` is a blackhole. */
  readonly attachment: string | null;
  /** A static route goes before a propagated one of the same prefix. */
  readonly isStatic: boolean;
}

/** What a load balancer accepts and where it passes it on. */
export interface BalancerPorts {
  readonly id: string;
  readonly kind: 'application' | 'network' | 'gateway' | 'classic';
  readonly crossZone: boolean;
  readonly listeners: readonly BalancerListener[];
}

export interface BalancerListener {
  readonly protocols: readonly ('tcp' | 'udp')[];
  readonly port: number;
  /** A network load balancer's targets; other kinds make a connection of their own. */
  readonly targets: readonly BalancerTarget[];
  readonly unknownTargets: Unknown | null;
}

export interface BalancerTarget {
  /** An interface of the view, and the address that is registered; `null` is the interface's own. */
  readonly interface: string;
  readonly address: Address | null;
  readonly port: number;
  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
  readonly keepsClientAddress: boolean;
  readonly crossZone: boolean;
}

/** A rule of a group, an entry of an ACL or a route of a table whose other end is not known. */
export interface UnknownPart {
  readonly kind: 'ingress' | 'egress' | 'acl-ingress' | 'acl-egress' | 'route';
  /** Id of the group, the ACL or the table that it stands in. */
  readonly within: string;
  /** For rules and entries; `null` for a route, which is about all traffic. */
  readonly traffic: Traffic | null;
  readonly unknown: Unknown;
}

/** The same network in the other family: no address is translated there. */
export interface Ipv6Network {
  /** By VPC. */
  readonly ranges: Readonly<Record<string, readonly Prefix6[]>>;
  /** By subnet. */
  readonly subnets: Readonly<Record<string, readonly Prefix6[]>>;
  /** By interface: where its one address lies. One that AWS chooses may be any of its subnet's. */
  readonly interfaces: Readonly<Record<string, Prefix6>>;
  /** By interface: the addresses that it has in the region. One that AWS chooses is made from the interface's id, so that it stays. */
  readonly addresses: Readonly<Record<string, readonly Address6[]>>;
  /** Interfaces that no internet gateway passes anything to. */
  readonly closed: readonly string[];
  /** By route table, without local routes. */
  readonly routes: Readonly<Record<string, readonly Route6[]>>;
  /** By security group, AWS's own rule of all that goes out included. */
  readonly rules: Readonly<Record<string, Directions<Rule6>>>;
  /** By ACL, in order of their numbers, AWS's own of default ACLs included. */
  readonly entries: Readonly<Record<string, Directions<Entry6>>>;
}

export interface Directions<T> {
  readonly ingress: readonly T[];
  readonly egress: readonly T[];
}

export interface Route6 {
  readonly destination: Prefix6;
  readonly target: RouteTarget | { readonly kind: 'egress-only-gateway'; readonly id: string };
}

export interface Rule6 {
  readonly traffic: Traffic;
  readonly range: Prefix6;
}

export interface Entry6 extends Rule6 {
  readonly ruleNumber: number;
  readonly action: 'allow' | 'deny';
}

/** The IPv6 address that an interface is called by; `null` without one. */
export function address6Of({ modelled }: Pick<NetworkView, 'modelled'>, id: string): Address6 | null {
  return modelled?.ipv6.addresses[id]?.[0] ?? null;
}
