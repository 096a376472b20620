import type { Address, Prefix } from '../address.ts';
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
  | { readonly protocol: 'icmp'; readonly type: number | null; readonly code: number | null }
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

/** Seconds of silence; what is left out is AWS's default: 432,000, 180 and 30. */
export interface ConnectionTracking {
  readonly tcpEstablished?: number;
  /** UDP that was answered more than once. */
  readonly udpStream?: number;
  readonly udp?: number;
}

/** Whose interface it is. `id` is the physical id of the owner, `index` the device index. */
type InterfaceOwner =
  | { readonly kind: 'instance'; readonly id: string; readonly index: number }
  | { readonly kind: 'load-balancer'; readonly id: string; readonly zone: string }
  | { readonly kind: 'database'; readonly id: string; readonly role: 'primary' | 'standby' }
  | { readonly kind: 'nat-gateway'; readonly id: string }
  | { readonly kind: 'endpoint'; readonly id: string }
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
