import { type Address6, holdsAddress6, type Prefix6 } from '@terrace/cloud/address6';
import type { NetworkInterface, Route6, Unknown } from '@terrace/cloud/views/network';
import { behind } from '@terrace/cloud/views/network/unknown';
import { words } from '@terrace/cloud/words';
import { clientPortsOf } from '../../traffic/client-ports.ts';
import { intersect, isEmpty, unite } from '../../traffic/intervals.ts';
import { allTraffic, noTraffic } from '../../traffic/traffic-set.ts';
import { acceptsListened } from '../balancer/listeners.ts';
import { component } from '../components.ts';
import type { Filters } from '../filters.ts';
import { type Journey, Recorder, type Stop6, type Way } from '../journey.ts';
import type { NetworkIndex } from '../network-index.ts';
import { acl6, groups6 } from './filters6.ts';
import { anywhere6, partsOf6 } from './parts6.ts';

/**
 * The same connection by IPv6: no address is translated, gateways and peerings carry it as it is, and an egress-only gateway lets answers in and
 * nothing else. `null` where one of the two has no IPv6 address.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6.html
 *
 * @param from `null` is the internet
 * @param outside the part of the internet that is meant
 */
export function travel6(
  network: NetworkIndex,
  filters: Filters,
  from: NetworkInterface | null,
  to: NetworkInterface | null,
  outside: Prefix6 = anywhere6,
): Journey | null {
  const { interfaces } = network.modelled.ipv6;
  const sources = from === null ? outside : interfaces[from.id];
  const targets = to === null ? outside : interfaces[to.id];
  if (!sources || !targets || (from === null && to === null)) return null;
  const all = partsOf6(network, sources).flatMap((source) =>
    partsOf6(network, targets).map((target) => oneAddress({ network, filters }, { from, source, to, target })),
  );
  return everyOne(all, from === null || to === null);
}

interface Pair6 {
  readonly from: NetworkInterface | null;
  readonly source: Address6;
  readonly to: NetworkInterface | null;
  readonly target: Address6;
}

interface Place6 {
  readonly network: NetworkIndex;
  readonly filters: Filters;
}

/** One way of a connection, as its packets have it. */
interface Leg extends Pair6 {
  readonly place: Place6;
  readonly recorder: Recorder;
  readonly way: Way;
}

function oneAddress(place: Place6, pair: Pair6): Journey {
  const recorder = new Recorder();
  follow({ ...pair, place, recorder, way: 'forward' });
  if (pair.to) acceptsListened({ network: place.network, filters: place.filters, recorder }, pair.to);
  const back = { from: pair.to, source: pair.target, to: pair.from, target: pair.source };
  follow({ ...back, place, recorder, way: 'return' });
  return recorder.finish();
}

/** From one end to the other, over every next hop. What is blocked is walked on as if it were open. */
function follow(leg: Leg): void {
  const { place, recorder, way, from, to, source, target } = leg;
  const isForward = way === 'forward';
  let at = from;
  let member = from;
  let isByInternet = from === null;
  const visited = new Set<NetworkInterface>();
  while (at !== null) {
    if (isForward) groups6(place, recorder, at, 'egress', { address: target, interface: to });
    const next = leave(leg, at);
    const nextSubnet = next === 'internet' ? undefined : (next ?? to)?.subnet;
    if (at.subnet !== nextSubnet) edge(leg, at, 'egress', target);
    isByInternet = next === 'internet';
    if (next === null || next === 'internet') break;
    if (visited.has(next)) {
      byTable(leg, at, routeTo(place.network, at, target) ?? null, 'ROUTE_LOOP');
      break;
    }
    visited.add(next);
    if (at.subnet !== next.subnet) edge(leg, next, 'ingress', source);
    forwards(leg, next, member);
    member = null;
    at = next;
  }
  if (to === null) return;
  if (isByInternet && isForward) enter(place.network, recorder, to);
  if (isByInternet || at?.subnet !== to.subnet) edge(leg, to, 'ingress', source);
  if (isForward) groups6(place, recorder, to, 'ingress', { address: source, interface: member });
}

/** ACLs judge at the edge of a subnet, answers too. */
function edge(leg: Leg, at: NetworkInterface, direction: 'ingress' | 'egress', address: Address6): void {
  const client = leg.way === 'forward' ? null : clientPortsOf(leg.to);
  acl6(leg.place.network, leg.recorder, leg.way, at.subnet, direction, address, client);
}

/** An appliance takes what is for others where its check is off. Its groups judge what is begun; answers are remembered. */
function forwards({ place, recorder, way, source }: Leg, next: NetworkInterface, member: NetworkInterface | null) {
  if (next.sourceDestinationCheck) {
    recorder.add({ kind: 'stop', way, stop: { code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION', interface: next } });
  }
  if (next.owner.kind === 'unattached') {
    recorder.add({ kind: 'stop', way, stop: { code: 'BAD_STATE_ATTACHMENT', interface: next } });
  }
  if (way === 'forward') groups6(place, recorder, next, 'ingress', { address: source, interface: member });
}

/** Where the table of a subnet sends a packet: to a next hop, to the internet, or (`null`) to the other end, if anywhere. */
function leave(leg: Leg, at: NetworkInterface): NetworkInterface | 'internet' | null {
  const { place, recorder, way, to, target } = leg;
  const { network } = place;
  const table = network.routeTable(network.subnet(at.subnet).routeTable);
  const route = routeTo(network, at, target);
  const doubt = (unknown: Unknown): null => {
    recorder.add({ kind: 'doubt', way, at: component('route-table', table), unknown });
    return null;
  };
  const unless = (passes: boolean, code: Stop6): null => {
    byTable(leg, at, route ?? null, passes ? null : code);
    return null;
  };
  if (route === undefined) return unless(false, 'NO_ROUTE_TO_DESTINATION');
  switch (route.target.kind) {
    case 'blackhole':
      return unless(false, 'BAD_STATE_ROUTE');
    case 'local':
      return unless(to?.vpc === at.vpc, 'NO_POSSIBLE_DESTINATION');
    case 'internet-gateway':
      byTable(leg, at, route, null);
      return 'internet';
    case 'egress-only-gateway':
      unless(way === 'forward', 'EGRESS_ONLY_GATEWAY_NO_INBOUND');
      return 'internet';
    case 'peering': {
      const peering = network.peering(route.target.id);
      const joins = to !== null && to.vpc !== at.vpc && [peering?.requester, peering?.accepter].includes(to.vpc);
      return unless(joins && at.vpc === leg.from?.vpc, 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR');
    }
    case 'interface': {
      const next = network.interface(route.target.id);
      if (next === undefined) return unless(false, 'BAD_STATE_ROUTE');
      byTable(leg, at, route, null);
      return next === to ? null : next;
    }
    case 'unknown':
      return doubt(route.target.unknown);
    case 'vpn-gateway':
      return doubt(behind(route.target.id));
    default:
      return doubt(notModelled(route.target.kind));
  }
}

/** What a table does to a packet. */
function byTable(leg: Leg, at: NetworkInterface, route: Route6 | null, stopped: Stop6 | null): void {
  const { network } = leg.place;
  const table = network.routeTable(network.subnet(at.subnet).routeTable);
  const to = { address: leg.target, interface: leg.to };
  const allowed = stopped === null ? allTraffic : noTraffic;
  leg.recorder.add({ kind: 'six', way: leg.way, allowed, by: { kind: 'table', table, at, to, route, stopped } });
}

function notModelled(kind: string): Unknown {
  return {
    code: 'UNKNOWN_FAMILY',
    cause: words(`IPv6 by a ${kind} is not modelled.`, `IPv6의 ${kind} 경로는 분석하지 않습니다.`),
    next: words('look at the IPv6 routes yourself', 'IPv6 경로는 직접 확인하세요'),
  };
}

/** What comes by the internet needs a gateway at the receiver's VPC; a gateway with a table of its own sends it elsewhere. */
function enter(network: NetworkIndex, recorder: Recorder, to: NetworkInterface): void {
  const gateway = network.internetGatewayOf(to.vpc);
  if (!gateway) {
    recorder.add({ kind: 'stop', way: 'forward', stop: { code: 'NO_INTERNET_GATEWAY', interface: to } });
    return;
  }
  if (network.modelled.ipv6.closed.includes(to.id)) {
    recorder.add({ kind: 'six', way: 'forward', allowed: noTraffic, by: { kind: 'closed', interface: to } });
  }
  const table = network.edgeTable(gateway.id);
  if (!table) return;
  recorder.add({
    kind: 'doubt',
    way: 'forward',
    at: component('route-table', table),
    unknown: notModelled('gateway route table'),
  });
}

/** The longest prefix wins; each range of the VPC has a local route. An interface's own addresses are delivered to it past a route through it. */
function routeTo(network: NetworkIndex, at: NetworkInterface, address: Address6): Route6 | undefined {
  const { ipv6 } = network.modelled;
  const local = (ipv6.ranges[at.vpc] ?? []).find((range) => holdsAddress6(range, address));
  const stated = (ipv6.routes[network.subnet(at.subnet).routeTable] ?? []).find((route) =>
    holdsAddress6(route.destination, address),
  );
  if (!local || (stated && stated.destination.length > local.length)) return stated;
  return { destination: local, target: { kind: 'local' } };
}

/** Of several addresses that one end may have: what passes for all of them passes; of the internet's, what arrives from one arrives. */
function everyOne(all: readonly Journey[], isOutside: boolean): Journey {
  const common = (of: (each: Journey) => Journey['allowed']) =>
    all.map(of).reduce((one, other) => intersect(one, other), allTraffic);
  const arriving = all.map((each) => each.arrives);
  const doubts = all.flatMap((each) => each.steps.filter((step) => step.kind === 'doubt')).slice(0, 1);
  // The way that tells most is one that nothing passes, or else the first.
  const told = all.find((each) => isEmpty(each.allowed)) ?? all[0];
  return {
    steps: [...(told?.steps.filter((step) => step.kind !== 'doubt') ?? []), ...doubts],
    arrives: isOutside ? unite(...arriving) : common((each) => each.arrives),
    mayArrive: unite(...all.map((each) => each.mayArrive)),
    allowed: common((each) => each.allowed),
    mayBeAllowed: isOutside ? common((each) => each.mayBeAllowed) : unite(...all.map((each) => each.mayBeAllowed)),
    sometimes: common((each) => each.sometimes),
  };
}
