import type { Address } from '@terrace/cloud/address';
import type { NetworkAcl, NetworkInterface, PortRange, Route, RouteTable, Subnet } from '@terrace/cloud/views/network';
import type { OtherEnd } from './filters.ts';
import { intersect, isEmpty, unite } from './intervals.ts';
import { allTraffic, noTraffic, type TrafficSet } from './traffic-set.ts';

/** One side of a connection: an interface by one of its addresses, or a machine on the internet. */
export interface Party {
  /** `null`: outside, on the internet. */
  readonly interface: NetworkInterface | null;
  readonly address: Address;
}

/** `forward` is the request's way, `return` the answer's. */
export type Way = 'forward' | 'return';

/** What a connection passes, in order. What is blocked is walked on as if it were open, so that every blocker is found. */
export type Step =
  | { readonly kind: 'loopback'; readonly way: Way; readonly interface: NetworkInterface }
  | {
      readonly kind: 'group';
      readonly way: Way;
      readonly interface: NetworkInterface;
      readonly direction: 'ingress' | 'egress';
      readonly other: OtherEnd;
      /** A component on the way took the sender's group membership away. */
      readonly membershipLost: NetworkInterface | null;
      readonly allowed: TrafficSet;
    }
  | {
      readonly kind: 'acl';
      readonly way: Way;
      readonly subnet: Subnet;
      readonly acl: NetworkAcl;
      readonly direction: 'ingress' | 'egress';
      readonly address: Address;
      readonly allowed: TrafficSet;
      /** On the way back: allowed for some of the ports that the client may have chosen. */
      readonly sometimes: TrafficSet;
      /** On the way back: the ports that the answer goes to. */
      readonly clientPorts: PortRange | null;
    }
  | {
      readonly kind: 'route';
      readonly way: Way;
      readonly subnet: Subnet;
      readonly table: RouteTable;
      readonly route: Route;
      readonly address: Address;
    }
  | { readonly kind: 'pass'; readonly way: Way; readonly by: Passage; readonly allowed: TrafficSet }
  | { readonly kind: 'arrival'; readonly way: Way; readonly at: Party }
  | { readonly kind: 'stop'; readonly way: Way; readonly stop: Stop };

/** What carries a packet from one place to another. */
export type Passage =
  | { readonly kind: 'internet-gateway'; readonly id: string; readonly source: Address; readonly destination: Address }
  | { readonly kind: 'nat-gateway'; readonly id: string; readonly source: Address; readonly destination: Address }
  | { readonly kind: 'peering'; readonly id: string }
  | { readonly kind: 'gateway-endpoint'; readonly id: string }
  | { readonly kind: 'interface'; readonly interface: NetworkInterface }
  | { readonly kind: 'local-service'; readonly service: 'resolver' | 'metadata' | 'time' };

/** What stops a connection whatever its port. */
export type Stop =
  | {
      readonly code: 'NO_ROUTE_TO_DESTINATION';
      readonly table: RouteTable;
      readonly subnet: Subnet;
      readonly address: Address;
    }
  | { readonly code: 'BAD_STATE_ROUTE'; readonly table: RouteTable; readonly route: Route; readonly address: Address }
  | { readonly code: 'NO_POSSIBLE_DESTINATION'; readonly address: Address; readonly where: string }
  | { readonly code: 'BAD_STATE_ATTACHMENT'; readonly interface: NetworkInterface }
  | {
      readonly code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR';
      readonly peering: string;
      readonly source: Address;
      readonly address: Address;
    }
  | { readonly code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'; readonly interface: NetworkInterface }
  | {
      readonly code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS';
      readonly interface: NetworkInterface | null;
      readonly address: Address;
    }
  | { readonly code: 'NO_INTERNET_GATEWAY'; readonly interface: NetworkInterface }
  | {
      readonly code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS';
      /** Whose table a route would have to stand in: the sender's. */
      readonly origin: { readonly table: RouteTable; readonly subnet: Subnet } | null;
      readonly table: RouteTable;
      readonly address: Address;
    }
  | { readonly code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC'; readonly interface: NetworkInterface; readonly source: Address }
  | { readonly code: 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS'; readonly address: Address }
  | { readonly code: 'NGW_NO_INBOUND'; readonly interface: NetworkInterface }
  | { readonly code: 'NGW_REQUIRES_SOURCE_IN_VPC'; readonly interface: NetworkInterface; readonly address: Address }
  | { readonly code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION'; readonly interface: NetworkInterface }
  | { readonly code: 'ROUTE_LOOP'; readonly table: RouteTable; readonly route: Route; readonly address: Address }
  | { readonly code: 'DNS_SUPPORT_DISABLED'; readonly vpc: string }
  | {
      readonly code: 'RETURN_GOES_ELSEWHERE';
      readonly table: RouteTable;
      readonly route: Route;
      readonly address: Address;
    };

/** A whole connection, there and back, for every kind of traffic at once. */
export interface Journey {
  readonly steps: readonly Step[];
  /** What gets there, answered or not. */
  readonly arrives: TrafficSet;
  /** What gets there and is answered, whatever port the client picks. */
  readonly allowed: TrafficSet;
  /** What gets there and is answered for some of the client's ports. */
  readonly sometimes: TrafficSet;
}

/** Collects the steps of a journey. */
export class Recorder {
  readonly steps: Step[] = [];
  #arrives: TrafficSet = allTraffic;
  #allowed: TrafficSet = allTraffic;
  #sometimes: TrafficSet = allTraffic;

  add(step: Step): void {
    this.steps.push(step);
    if (step.kind === 'stop') {
      this.#allowed = noTraffic;
      this.#sometimes = noTraffic;
      if (step.way === 'forward') this.#arrives = noTraffic;
    } else if (step.kind === 'group' || step.kind === 'pass') {
      this.#narrow(step.way, step.allowed, step.allowed);
    } else if (step.kind === 'acl') {
      this.#narrow(step.way, step.allowed, step.sometimes);
    }
  }

  finish(): Journey {
    return { steps: this.steps, arrives: this.#arrives, allowed: this.#allowed, sometimes: this.#sometimes };
  }

  #narrow(way: Way, allowed: TrafficSet, sometimes: TrafficSet): void {
    if (way === 'forward' && allowed !== allTraffic && !isEmpty(this.#arrives))
      this.#arrives = intersect(this.#arrives, allowed);
    if (allowed !== allTraffic && !isEmpty(this.#allowed)) this.#allowed = intersect(this.#allowed, allowed);
    if (isEmpty(this.#sometimes)) return;
    const either = sometimes === allowed ? allowed : unite(allowed, sometimes);
    if (either !== allTraffic) this.#sometimes = intersect(this.#sometimes, either);
  }
}
