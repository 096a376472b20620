import type { Address } from '@terrace/cloud/address';
import type { Address6 } from '@terrace/cloud/address6';
import type {
  NetworkAcl,
  NetworkInterface,
  PortRange,
  Route,
  Route6,
  RouteTable,
  Subnet,
  Unknown,
} from '@terrace/cloud/views/network';
import { intersect, isEmpty, subtract, unite } from '../traffic/intervals.ts';
import { allTraffic, noTraffic, type TrafficSet } from '../traffic/traffic-set.ts';
import type { Component } from './components.ts';
import type { OtherEnd } from './filters.ts';
import type { Perhaps } from './perhaps.ts';

/** One side of a connection: an interface by one of its addresses, or a machine on the internet. */
export interface Party {
  /** `null`: outside, on the internet. */
  readonly interface: NetworkInterface | null;
  readonly address: Address;
}

/** `forward` is the request's way, `return` the answer's. */
export type Way = 'forward' | 'return';

/** What a connection passes, in order. What is blocked is walked on as if it were open, so that every blocker is found. */
export type Step = WhatStep & {
  /** What of the traffic the step is about, where it is not all of it. */
  readonly of?: TrafficSet;
};

type WhatStep =
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
      /** What may pass besides, because of rules that are not known. */
      readonly perhaps: Perhaps | null;
      /** Another port is asked of this filter than of the connection: that of a balancer's target. */
      readonly asks?: TrafficSet;
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
      readonly perhaps: Perhaps | null;
      readonly asks?: TrafficSet;
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
  | { readonly kind: 'six'; readonly way: Way; readonly allowed: TrafficSet; readonly by: Part6 }
  | { readonly kind: 'arrival'; readonly way: Way; readonly at: Party }
  /** Nothing passes. */
  | { readonly kind: 'stop'; readonly way: Way; readonly stop: Stop }
  /** From here on it is not known what becomes of a packet. */
  | { readonly kind: 'doubt'; readonly way: Way; readonly at: Component; readonly unknown: Unknown };

/** A part of the way in IPv6, and what decides there. */
export type Part6 =
  | {
      readonly kind: 'groups';
      readonly interface: NetworkInterface;
      readonly direction: 'ingress' | 'egress';
      readonly other: End6;
    }
  | {
      readonly kind: 'acl';
      readonly acl: NetworkAcl;
      readonly subnet: Subnet;
      readonly direction: 'ingress' | 'egress';
      /** On the way back: the ports that the answer goes to. */
      readonly clientPorts: PortRange | null;
    }
  | {
      readonly kind: 'table';
      readonly table: RouteTable;
      readonly at: NetworkInterface;
      readonly to: End6;
      /** The route that wins; `null` where none does. */
      readonly route: Route6 | null;
      /** Why it does not get a packet on; `null` where it does. */
      readonly stopped: Stop6 | null;
    }
  /** No internet gateway passes IPv6 to it. */
  | { readonly kind: 'closed'; readonly interface: NetworkInterface };

/** Who is at an IPv6 address; `null` is somebody outside. */
export interface End6 {
  readonly address: Address6;
  readonly interface: NetworkInterface | null;
}

export type Stop6 =
  | 'NO_ROUTE_TO_DESTINATION'
  | 'BAD_STATE_ROUTE'
  | 'NO_POSSIBLE_DESTINATION'
  | 'EGRESS_ONLY_GATEWAY_NO_INBOUND'
  | 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'
  | 'ROUTE_LOOP';

/** What carries a packet from one place to another. */
export type Passage =
  | { readonly kind: 'internet-gateway'; readonly id: string; readonly source: Address; readonly destination: Address }
  | { readonly kind: 'nat-gateway'; readonly id: string; readonly source: Address; readonly destination: Address }
  | { readonly kind: 'peering'; readonly id: string }
  | { readonly kind: 'transit-gateway'; readonly id: string }
  | { readonly kind: 'load-balancer'; readonly interface: NetworkInterface; readonly to: NetworkInterface }
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
      readonly code:
        | 'TGW_ROUTE_AZ_RESTRICTION'
        | 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION'
        | 'TGW_RTB_BAD_STATE_ROUTE'
        | 'TGW_RTB_CANNOT_ROUTE';
      readonly gateway: string;
      /** Of the attachment or of the table that decides. */
      readonly name: string;
      readonly address: Address;
      readonly zone: string;
    }
  | { readonly code: 'ELBV2_LISTENERS_MISMATCH'; readonly interface: NetworkInterface; readonly open: TrafficSet }
  | { readonly code: 'ELBV2_LISTENER_HAS_NO_TG'; readonly interface: NetworkInterface; readonly port: number }
  | { readonly code: 'ELBV2_NO_TARGETS_IN_AZ'; readonly interface: NetworkInterface; readonly port: number }
  | { readonly code: 'NLB_HAIRPIN'; readonly interface: NetworkInterface; readonly balancer: NetworkInterface }
  | { readonly code: 'SERVICE_TAKES_NO_CONNECTIONS'; readonly interface: NetworkInterface }
  | {
      readonly code: 'RETURN_GOES_ELSEWHERE';
      readonly table: RouteTable;
      readonly route: Route;
      readonly address: Address;
    };

/**
 * A whole connection, there and back, for every kind of traffic at once. What is not known makes a difference between the two bounds of each:
 * what surely is so, and what may be.
 */
export interface Journey {
  readonly steps: readonly Step[];
  /** What gets there, answered or not. */
  readonly arrives: TrafficSet;
  readonly mayArrive: TrafficSet;
  /** What gets there and is answered, whatever port the client picks. */
  readonly allowed: TrafficSet;
  readonly mayBeAllowed: TrafficSet;
  /** What gets there and is answered for some of the client's ports. */
  readonly sometimes: TrafficSet;
}

/** Collects the steps of a journey. */
export class Recorder {
  readonly steps: Step[] = [];
  #arrives: TrafficSet = allTraffic;
  #mayArrive: TrafficSet = allTraffic;
  #allowed: TrafficSet = allTraffic;
  #mayBeAllowed: TrafficSet = allTraffic;
  #sometimes: TrafficSet = allTraffic;

  add(step: Step): void {
    this.steps.push(step);
    if (step.kind === 'stop') this.#stop(step.way, step.of);
    else if (step.kind === 'doubt') this.#doubt(step.way, step.of);
    else if (step.kind === 'pass' || step.kind === 'six')
      this.#narrow(step.way, step.allowed, step.allowed, step.allowed);
    else if (step.kind === 'group' || step.kind === 'acl') {
      const sure = step.perhaps ? step.perhaps.least : step.allowed;
      const most = step.perhaps ? step.perhaps.most : step.allowed;
      this.#narrow(step.way, sure, most, step.kind === 'acl' ? step.sometimes : sure);
    }
  }

  /** What passes at most, without a step that tells of it. */
  limit(way: Way, allowed: TrafficSet): void {
    this.#narrow(way, allowed, allowed, allowed);
  }

  /** One of several ways that the network chooses from: what passes by every one passes, what passes by one may. */
  addBranches(branches: readonly Journey[]): void {
    const all = (of: (each: Journey) => TrafficSet) =>
      branches.reduce<TrafficSet>((common, each) => intersect(common, of(each)), allTraffic);
    for (const step of tellingSteps(branches)) this.steps.push(step);
    this.#allowed = intersect(
      this.#allowed,
      all((each) => each.allowed),
    );
    this.#mayBeAllowed = intersect(
      this.#mayBeAllowed,
      all((each) => each.mayBeAllowed),
    );
    this.#sometimes = intersect(this.#sometimes, unite(...branches.map((each) => each.sometimes)));
  }

  finish(): Journey {
    return {
      steps: this.steps,
      arrives: this.#arrives,
      mayArrive: this.#mayArrive,
      allowed: this.#allowed,
      mayBeAllowed: this.#mayBeAllowed,
      sometimes: this.#sometimes,
    };
  }

  #stop(way: Way, of: TrafficSet | undefined): void {
    const rest = of === undefined ? noTraffic : subtract(allTraffic, of);
    this.#narrow(way, rest, rest, rest);
  }

  #doubt(way: Way, of: TrafficSet | undefined): void {
    const rest = of === undefined ? noTraffic : subtract(allTraffic, of);
    this.#narrow(way, rest, allTraffic, rest);
  }

  #narrow(way: Way, sure: TrafficSet, most: TrafficSet, sometimes: TrafficSet): void {
    if (way === 'forward') {
      this.#arrives = narrowed(this.#arrives, sure);
      this.#mayArrive = narrowed(this.#mayArrive, most);
    }
    this.#allowed = narrowed(this.#allowed, sure);
    this.#mayBeAllowed = narrowed(this.#mayBeAllowed, most);
    if (isEmpty(this.#sometimes)) return;
    const either = sometimes === sure ? sure : unite(sure, sometimes);
    if (either !== allTraffic) this.#sometimes = intersect(this.#sometimes, either);
  }
}

function narrowed(had: TrafficSet, to: TrafficSet): TrafficSet {
  return to === allTraffic || isEmpty(had) ? had : intersect(had, to);
}

/** The steps of one branch for each different outcome. */
function tellingSteps(branches: readonly Journey[]): readonly Step[] {
  const told = new Map<string, readonly Step[]>();
  for (const each of branches) {
    const stops = each.steps.flatMap((step) => (step.kind === 'stop' ? [step.stop.code] : []));
    const key = [each.allowed.join(), each.mayBeAllowed.join(), ...stops].join('|');
    if (!told.has(key)) told.set(key, each.steps);
  }
  return [...told.values()].flat();
}
