import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface, PortRange, Route, Unknown } from '@terrace/cloud/views/network';
import { behind } from '@terrace/cloud/views/network/unknown';
import { includes } from '../traffic/intervals.ts';
import { allTraffic } from '../traffic/traffic-set.ts';
import { component, gatewayComponent } from './components.ts';
import { inRanges, privateRanges } from './network-index.ts';
import { routeDoubt } from './route-doubt.ts';
import { addAclPair, addEdgeAcl, refuseSpoofed, type Surroundings } from './surroundings.ts';
import { cross } from './transit/cross-transit.ts';
import type { Translation } from './trip.ts';

/** What has to find its way back. */
export interface Answer {
  /** Who asked, as the responder sees it: the sender or the last NAT gateway; `null` for a client on the internet. */
  readonly client: NetworkInterface | null;
  readonly source: Address;
  readonly clientPorts: PortRange;
  readonly translations: readonly Translation[];
  /** The address that was asked for; answers come from it. */
  readonly to: Address;
  readonly responder: Responder;
}

export type Responder =
  /** Asked by its private address. */
  | { readonly kind: 'private'; readonly interface: NetworkInterface }
  /** Asked by its public address, from another public address. */
  | { readonly kind: 'public'; readonly interface: NetworkInterface; readonly seenAs: Address }
  /** On the internet, or a service behind a gateway endpoint. */
  | { readonly kind: 'outside' };

/**
 * The answer's way: looked up afresh from the responder's own table, and judged by ACLs again; groups remember.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
export function goBack(surroundings: Surroundings, answer: Answer): void {
  const arrived = toClient(surroundings, answer);
  if (!arrived) return;
  for (const { gateway, client, source, clientPorts } of [...answer.translations].reverse()) {
    const found = walkBack(surroundings, gateway, answer.to, client, source, clientPorts);
    if (!found) return;
  }
}

function toClient(surroundings: Surroundings, answer: Answer): boolean {
  const { client, source, clientPorts, responder, to } = answer;
  switch (responder.kind) {
    case 'private':
      return walkBack(surroundings, responder.interface, to, client!, source, clientPorts);
    case 'public': {
      if (!backToInternet(surroundings, responder.interface, responder.seenAs, clientPorts)) return false;
      if (client) addEdgeAcl(surroundings, 'return', client, 'ingress', to, clientPorts);
      return true;
    }
    case 'outside':
      addEdgeAcl(surroundings, 'return', client!, 'ingress', to, clientPorts);
      return true;
  }
}

/** From one interface to another by private address. */
function walkBack(
  surroundings: Surroundings,
  responder: NetworkInterface,
  from: Address,
  client: NetworkInterface,
  to: Address,
  clientPorts: PortRange,
): boolean {
  const addresses = { source: from, destination: to };
  const acls = (one: NetworkInterface, other: NetworkInterface) =>
    addAclPair(surroundings, 'return', one, other, addresses, clientPorts);
  if (client.owner.kind === 'nat-gateway') {
    acls(responder, client);
    return true;
  }
  const { network, recorder } = surroundings;
  const passed = new Set<NetworkInterface>();
  let at = responder;
  while (true) {
    passed.add(at);
    const next = lookUp(surroundings, at, to);
    if (next.stopped) {
      acls(at, client);
      return false;
    }
    const { route, table } = next;
    const { target } = route;
    if (target.kind === 'local' && network.holder(at.vpc, to) === client) {
      acls(at, client);
      return true;
    }
    if (target.kind === 'peering') {
      const peering = network.peering(target.id)!;
      const here = network.vpc(at.vpc);
      const there = network.vpc(peering.requester === here.id ? peering.accepter : peering.requester);
      if (!inRanges(here, from) || !inRanges(there, to)) {
        const stop = {
          code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
          peering: peering.id,
          source: from,
          address: to,
        } as const;
        recorder.add({ kind: 'stop', way: 'return', stop });
        return false;
      }
      if (network.holder(there.id, to) === client) {
        recorder.add({ kind: 'pass', way: 'return', by: { kind: 'peering', id: peering.id }, allowed: allTraffic });
        acls(at, client);
        return true;
      }
    }
    if (target.kind === 'transit-gateway') {
      const crossing = cross(surroundings, 'return', target.id, at, addresses, clientPorts);
      if (crossing === null) return false;
      if (passed.has(crossing.end)) return turnsInCircles(surroundings, table, route, to);
      at = crossing.end;
      continue;
    }
    const appliance = target.kind === 'interface' ? network.interface(target.id) : undefined;
    if (appliance === client) {
      acls(at, client);
      return true;
    }
    if (!appliance) {
      recorder.add({ kind: 'stop', way: 'return', stop: { code: 'RETURN_GOES_ELSEWHERE', table, route, address: to } });
      acls(at, client);
      return false;
    }
    acls(at, appliance);
    if (!forwards(surroundings, appliance)) return false;
    if (passed.has(appliance)) return turnsInCircles(surroundings, table, route, to);
    at = appliance;
  }
}

/** To a public address: out by the VPC's internet gateway and by nothing else. */
function backToInternet(
  surroundings: Surroundings,
  responder: NetworkInterface,
  to: Address,
  clientPorts: PortRange,
): boolean {
  const { network, recorder } = surroundings;
  const passed = new Set<NetworkInterface>();
  let at = responder;
  while (true) {
    passed.add(at);
    const next = lookUp(surroundings, at, to);
    if (next.stopped) {
      addEdgeAcl(surroundings, 'return', at, 'egress', to, clientPorts);
      return false;
    }
    const { route, table } = next;
    const { target } = route;
    if (target.kind === 'internet-gateway') {
      addEdgeAcl(surroundings, 'return', at, 'egress', to, clientPorts);
      if (includes(privateRanges, to)) return false;
      refuseSpoofed(surroundings, 'return', at, responder.addresses[0]!);
      const by = {
        kind: 'internet-gateway',
        id: target.id,
        source: responder.publicAddress ?? responder.addresses[0]!,
        destination: to,
      } as const;
      recorder.add({ kind: 'pass', way: 'return', by, allowed: allTraffic });
      return true;
    }
    const appliance = target.kind === 'interface' ? network.interface(target.id) : undefined;
    if (!appliance) {
      recorder.add({ kind: 'stop', way: 'return', stop: { code: 'RETURN_GOES_ELSEWHERE', table, route, address: to } });
      addEdgeAcl(surroundings, 'return', at, 'egress', to, clientPorts);
      return false;
    }
    addAclPair(
      surroundings,
      'return',
      at,
      appliance,
      { source: responder.addresses[0]!, destination: to },
      clientPorts,
    );
    if (!forwards(surroundings, appliance)) return false;
    if (passed.has(appliance)) return turnsInCircles(surroundings, table, route, to);
    at = appliance;
  }
}

type LookUp =
  | { readonly stopped: true }
  | {
      readonly stopped: false;
      readonly route: Route;
      readonly table: ReturnType<Surroundings['network']['routeTable']>;
    };

function lookUp(surroundings: Surroundings, at: NetworkInterface, to: Address): LookUp {
  const { network, recorder } = surroundings;
  const subnet = network.subnet(at.subnet);
  const table = network.routeTable(subnet.routeTable);
  const route = network.route(table, to);
  const doubt = routeDoubt({ surroundings, to, byAddress: false }, table, route, at) ?? unknownOf(surroundings, route);
  if (doubt) {
    recorder.add({ kind: 'doubt', way: 'return', at: component('route-table', table), unknown: doubt });
    return { stopped: true };
  }
  if (!route) {
    const stop = { code: 'NO_ROUTE_TO_DESTINATION', table, subnet, address: to } as const;
    recorder.add({ kind: 'stop', way: 'return', stop });
    return { stopped: true };
  }
  if (route.target.kind === 'blackhole') {
    recorder.add({ kind: 'stop', way: 'return', stop: { code: 'BAD_STATE_ROUTE', table, route, address: to } });
    return { stopped: true };
  }
  recorder.add({ kind: 'route', way: 'return', subnet, table, route, address: to });
  return { stopped: false, route, table };
}

/** An answer that leaves by a gateway of the templates' edge may still find its way. */
function unknownOf({ network }: Surroundings, route: Route | undefined): Unknown | undefined {
  if (route?.target.kind === 'unknown') return route.target.unknown;
  if (route?.target.kind !== 'vpn-gateway') return undefined;
  return behind(gatewayComponent(network, 'vpn-gateway', route.target.id).name);
}

function forwards({ recorder }: Surroundings, appliance: NetworkInterface): boolean {
  if (appliance.sourceDestinationCheck) {
    const stop = { code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION', interface: appliance } as const;
    recorder.add({ kind: 'stop', way: 'return', stop });
    return false;
  }
  recorder.add({ kind: 'pass', way: 'return', by: { kind: 'interface', interface: appliance }, allowed: allTraffic });
  return true;
}

function turnsInCircles(
  { recorder }: Surroundings,
  table: ReturnType<Surroundings['network']['routeTable']>,
  route: Route,
  address: Address,
): false {
  recorder.add({ kind: 'stop', way: 'return', stop: { code: 'ROUTE_LOOP', table, route, address } });
  return false;
}
