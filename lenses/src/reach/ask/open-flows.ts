import { type Address, formatAddress } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Journey } from '../engine/journey.ts';
import { journeyBetween } from '../engine/journey-between.ts';
import { classify } from '../engine/likeness.ts';
import { isNear } from '../engine/parties.ts';
import { type Intervals, intersect, isEmpty, pairsOf, subtract, unite } from '../traffic/intervals.ts';
import type { TrafficSet } from '../traffic/traffic-set.ts';
import type { Reach } from './question.ts';

/** Something that is open, between roles: the members of a group, the nodes of a load balancer, the internet. */
export interface OpenFlow {
  readonly from: Role;
  readonly to: Role;
  /** Which addresses of the internet, where one end is outside. */
  readonly addresses: Intervals;
  readonly traffic: TrafficSet;
  /** `false`: it may be open, because something that decides is not known. */
  readonly isKnown: boolean;
}

export interface Role {
  /** Stable between two templates: the resource that stated it and the subnet, or `internet`. */
  readonly key: string;
  readonly name: string;
  /** The subnet's name; empty for the internet. */
  readonly subnet: string;
}

const internet: Role = { key: 'internet', name: 'internet', subnet: '' };

/** What is meant to be open, so that it is left out: for a pair of interfaces, `null` being the internet. */
export type Meant = (from: NetworkInterface | null, to: NetworkInterface | null, outside: Intervals) => TrafficSet;

/**
 * Everything that is open: between interfaces by private address, from the internet by public address, and to the internet. NAT gateways are
 * ways and not ends.
 */
export function openFlows(reach: Reach, meant: Meant = () => []): OpenFlow[] {
  const classes = classify(reach.network).filter(({ members }) => members[0]!.owner.kind !== 'nat-gateway');
  const found = new FlowCollection();
  for (const from of classes) {
    const sender = from.members[0]!;
    for (const to of classes) {
      const receiver = to.members.find((each) => each !== sender);
      if (receiver && near(reach, sender, receiver)) addInside(reach, sender, receiver, meant, found);
    }
    addOutside(reach, sender, meant, found);
  }
  return found.flows();
}

function addInside(
  reach: Reach,
  sender: NetworkInterface,
  receiver: NetworkInterface,
  meant: Meant,
  found: FlowCollection,
): void {
  const journey = journeyOf(reach, { interface: sender }, { interface: receiver });
  found.add(roleOf(reach, sender), roleOf(reach, receiver), [], journey, meant(sender, receiver, []));
}

function addOutside(reach: Reach, each: NetworkInterface, meant: Meant, found: FlowCollection): void {
  const { network } = reach;
  const hasIpv6 = network.modelled.ipv6.interfaces[each.id] !== undefined;
  for (const { from, to } of network.atomsIn(network.internet)) {
    const outside = { interface: null, address: from };
    const out = journeyOf(reach, { interface: each }, outside);
    found.add(roleOf(reach, each), internet, [from, to], out, meant(each, null, [from, to]));
    if (each.publicAddress === null && !hasIpv6) continue;
    const into = journeyOf(reach, outside, { interface: each, address: each.publicAddress ?? each.addresses[0]! });
    found.add(internet, roleOf(reach, each), [from, to], into, meant(null, each, [from, to]));
  }
}

interface End {
  readonly interface: NetworkInterface | null;
  readonly address?: Address;
}

function journeyOf({ network, filters }: Reach, from: End, to: End): Journey {
  const party = (end: End) => {
    const address = end.address ?? end.interface!.addresses[0]!;
    return { interface: end.interface, address, upTo: address, byAddress: false };
  };
  return journeyBetween(network, filters, party(from), party(to)).whole;
}

function near({ network }: Reach, one: NetworkInterface, other: NetworkInterface): boolean {
  return isNear(network, one.vpc, other.vpc);
}

/** An interface's part in the whole: its group's, balancer's or own name, in its subnet. */
export function roleOf({ network }: Reach, each: NetworkInterface): Role {
  const subnet = network.subnet(each.subnet);
  const name = each.name.replace(/\/[^/]+$/, '');
  const stated = each.statedBy ?? each.id;
  return { key: `${stated}@${subnet.statedBy ?? subnet.id}`, name, subnet: subnet.name };
}

/** Joins what is open between the same roles for the same traffic. */
class FlowCollection {
  readonly #flows = new Map<string, OpenFlow>();

  add(from: Role, to: Role, addresses: Intervals, { allowed, mayBeAllowed }: Journey, meant: TrafficSet): void {
    this.#add(from, to, addresses, subtract(allowed, meant), true);
    this.#add(from, to, addresses, subtract(subtract(mayBeAllowed, allowed), meant), false);
  }

  #add(from: Role, to: Role, addresses: Intervals, traffic: TrafficSet, isKnown: boolean): void {
    if (isEmpty(traffic)) return;
    const key = `${from.key}>${to.key}>${addresses.length === 0 ? '' : traffic.join()}>${isKnown}`;
    const had = this.#flows.get(key);
    this.#flows.set(key, {
      from,
      to,
      addresses: had ? unite(had.addresses, addresses) : addresses,
      traffic: had ? unite(had.traffic, traffic) : traffic,
      isKnown,
    });
  }

  flows(): OpenFlow[] {
    return [...this.#flows.values()];
  }
}

/** Flows that differ only by subnet, told once. */
export function bySubnets(flows: readonly OpenFlow[]): (Omit<OpenFlow, 'from' | 'to'> & {
  readonly from: string;
  readonly to: string;
  readonly subnets: readonly string[];
})[] {
  const told = new Map<string, { flow: OpenFlow; subnets: string[] }>();
  for (const flow of flows) {
    const key = `${flow.from.name}>${flow.to.name}>${flow.traffic.join()}>${flow.addresses.join()}>${flow.isKnown}`;
    const where = [flow.from.subnet, flow.to.subnet].filter((each) => each !== '').join(' → ');
    const had = told.get(key);
    if (had) had.subnets.push(where);
    else told.set(key, { flow, subnets: [where] });
  }
  return [...told.values()].map(({ flow, subnets }) => ({
    from: flow.from.name,
    to: flow.to.name,
    addresses: flow.addresses,
    traffic: flow.traffic,
    isKnown: flow.isKnown,
    subnets,
  }));
}

/** `all of the internet`, or its exact ranges. */
export function describeAddresses(addresses: Intervals, all: Intervals): string {
  if (isEmpty(subtract(all, addresses))) return '';
  const ranges = pairsOf(addresses).map(([from, to]) =>
    from === to ? formatAddress(from) : `${formatAddress(from)}-${formatAddress(to)}`,
  );
  return ranges.join(', ');
}

/** What is open in one network and not in the other, by the same roles. */
export function newlyOpen(before: readonly OpenFlow[], after: readonly OpenFlow[]): OpenFlow[] {
  return after.flatMap((flow) => {
    const same = before.filter((each) => each.from.key === flow.from.key && each.to.key === flow.to.key);
    if (flow.addresses.length === 0) {
      const traffic = subtract(flow.traffic, unite(...same.map((each) => each.traffic)));
      return isEmpty(traffic) ? [] : [{ ...flow, traffic }];
    }
    return newlyOpenOutside(same, flow);
  });
}

/** By address: what the same part of the internet could do before is no news. */
function newlyOpenOutside(before: readonly OpenFlow[], flow: OpenFlow): OpenFlow[] {
  let parts: { addresses: Intervals; traffic: TrafficSet }[] = [{ addresses: flow.addresses, traffic: flow.traffic }];
  for (const each of before) {
    parts = parts.flatMap(({ addresses, traffic }) => {
      const common = intersect(addresses, each.addresses);
      if (isEmpty(common)) return [{ addresses, traffic }];
      return [
        { addresses: subtract(addresses, common), traffic },
        { addresses: common, traffic: subtract(traffic, each.traffic) },
      ];
    });
  }
  return parts
    .filter(({ addresses, traffic }) => !isEmpty(addresses) && !isEmpty(traffic))
    .map((part) => ({ ...flow, ...part }));
}
