import { type Address6, holdsAddress6 } from '@terrace/cloud/address6';
import type { NetworkInterface, Route6, Unknown } from '@terrace/cloud/views/network';
import { behind } from '@terrace/cloud/views/network/unknown';
import { words } from '@terrace/cloud/words';
import { clientPortsOf } from '../../traffic/client-ports.ts';
import { intersect, unite } from '../../traffic/intervals.ts';
import { allTraffic, noTraffic } from '../../traffic/traffic-set.ts';
import { acceptsListened } from '../balancer/listeners.ts';
import { component } from '../components.ts';
import type { Filters } from '../filters.ts';
import { type Journey, Recorder } from '../journey.ts';
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
 */
export function travel6(
  network: NetworkIndex,
  filters: Filters,
  from: NetworkInterface | null,
  to: NetworkInterface | null,
): Journey | null {
  const { interfaces } = network.modelled.ipv6;
  const sources = from === null ? anywhere6 : interfaces[from.id];
  const targets = to === null ? anywhere6 : interfaces[to.id];
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

function oneAddress(place: Place6, pair: Pair6): Journey {
  const recorder = new Recorder();
  const { from, to, source, target } = pair;
  const { network } = place;
  const isInside = from !== null && to !== null && from.subnet === to.subnet;
  if (from) {
    groups6(place, recorder, from, 'egress', { address: target, member: to });
    if (!isInside) acl6(network, recorder, 'forward', from.subnet, 'egress', target);
    leave(network, recorder, from, to, target, 'forward');
  }
  if (to) {
    if (from === null || (from.vpc !== to.vpc && byInternet(network, from, target))) enter(network, recorder, to);
    if (!isInside) acl6(network, recorder, 'forward', to.subnet, 'ingress', source);
    groups6(place, recorder, to, 'ingress', { address: source, member: from });
    acceptsListened({ network, filters: place.filters, recorder }, to);
    leave(network, recorder, to, from, source, 'return');
    if (!isInside) acl6(network, recorder, 'return', to.subnet, 'egress', source, clientPortsOf(from));
  }
  if (from && !isInside) acl6(network, recorder, 'return', from.subnet, 'ingress', target, clientPortsOf(from));
  return recorder.finish();
}

/** By the route of a subnet's table: to the other end, or to the internet. */
function leave(
  network: NetworkIndex,
  recorder: Recorder,
  at: NetworkInterface,
  other: NetworkInterface | null,
  address: Address6,
  way: 'forward' | 'return',
): void {
  const table = network.routeTable(network.subnet(at.subnet).routeTable);
  const carried = carriedBy(network, at, other, address, way);
  if (carried === 'no') recorder.limit(way, noTraffic);
  else if (carried !== 'yes')
    recorder.add({ kind: 'doubt', way, at: component('route-table', table), unknown: carried });
}

function carriedBy(
  network: NetworkIndex,
  at: NetworkInterface,
  other: NetworkInterface | null,
  address: Address6,
  way: 'forward' | 'return',
): 'yes' | 'no' | Unknown {
  const target = routeTo(network, at, address)?.target;
  if (target === undefined) return 'no';
  switch (target.kind) {
    case 'blackhole':
      return 'no';
    case 'local':
      return other?.vpc === at.vpc ? 'yes' : 'no';
    case 'internet-gateway':
      return 'yes';
    case 'egress-only-gateway':
      return way === 'forward' ? 'yes' : 'no';
    case 'peering': {
      const peering = network.peering(target.id);
      return other && peering && [peering.requester, peering.accepter].includes(other.vpc) ? 'yes' : 'no';
    }
    case 'unknown':
      return target.unknown;
    case 'vpn-gateway':
      return behind(target.id);
    default:
      return notModelled(target.kind);
  }
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
  const table = network.edgeTable(gateway.id);
  if (!table) return;
  recorder.add({
    kind: 'doubt',
    way: 'forward',
    at: component('route-table', table),
    unknown: notModelled('gateway route table'),
  });
}

function byInternet(network: NetworkIndex, from: NetworkInterface, target: Address6): boolean {
  const kind = routeTo(network, from, target)?.target.kind;
  return kind === 'internet-gateway' || kind === 'egress-only-gateway';
}

/** The longest prefix wins; each range of the VPC has a local route. */
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
  return {
    steps: all.flatMap((each) => each.steps.filter((step) => step.kind === 'doubt')).slice(0, 1),
    arrives: isOutside ? unite(...arriving) : common((each) => each.arrives),
    mayArrive: unite(...all.map((each) => each.mayArrive)),
    allowed: common((each) => each.allowed),
    mayBeAllowed: isOutside ? common((each) => each.mayBeAllowed) : unite(...all.map((each) => each.mayBeAllowed)),
    sometimes: common((each) => each.sometimes),
  };
}
