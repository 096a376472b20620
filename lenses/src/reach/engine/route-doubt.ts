import { type Address, formatAddress } from '@terrace/cloud/address';
import type { NetworkInterface, Route, RouteTable, Unknown } from '@terrace/cloud/views/network';
import { behind } from '@terrace/cloud/views/network/unknown';
import { words } from '@terrace/cloud/words';
import { includes } from '../traffic/intervals.ts';
import { inRanges, type NetworkIndex, privateRanges } from './network-index.ts';

/** Why it is not known which route a packet takes; `undefined` where it is. The VPC's own addresses are always local. */
export function routeDoubt(
  trip: {
    readonly surroundings: { readonly network: NetworkIndex };
    readonly to: Address;
    readonly byAddress: boolean;
  },
  table: RouteTable,
  route: Route | undefined,
  at: NetworkInterface,
): Unknown | undefined {
  const { network } = trip.surroundings;
  const { to } = trip;
  if (inRanges(network.vpc(at.vpc), to) || network.vpc(table.vpc).ranges.length === 0) return undefined;
  const [unknownRoute] = network.unknownParts(table.id, 'route');
  if (unknownRoute) return unknownRoute.unknown;
  const isStated = route !== undefined && route.destination.length > 0;
  if (!isStated && (trip.byAddress || includes(privateRanges, to))) {
    const learned = network.modelled.propagations.find((each) => each.table === table.id);
    const gateway = learned && network.modelled.vpnGateways.find((each) => each.id === learned.gateway);
    if (learned) return behind(gateway?.name ?? learned.gateway);
  }
  if (route || !trip.byAddress || !includes(network.internet, to)) return undefined;
  return serviceDoubt(network, table, to);
}

/** An address outside that has no route of its own may be a service's, to which a gateway endpoint leads. */
function serviceDoubt({ view }: NetworkIndex, table: RouteTable, to: Address): Unknown | undefined {
  const endpoint = view.gatewayEndpoints.find((each) => each.routeTables.includes(table.id));
  const list = endpoint && view.prefixLists.find((each) => each.id === endpoint.prefixList);
  if (!endpoint || !list) return undefined;
  return {
    code: 'UNKNOWN_ADDRESS',
    cause: words(
      `${endpoint.name} leads from ${table.name} to the addresses of ${list.name}; whether ${formatAddress(to)} is one of them is not known.`,
      `${endpoint.name}{은/는} ${table.name}에서 ${list.name}의 주소로 이어집니다. ${formatAddress(to)}{이/가} 그중 하나인지는 알 수 없습니다.`,
    ),
    next: words(`ask for ${list.name} by its name`, `${list.name}{이라/라}는 이름으로 다시 실행하세요`),
  };
}
