import type { Inventory } from '@terrace/cloud/inventory';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { openReach } from '../ask/ask.ts';
import type { Reach } from '../ask/question.ts';
import { covers } from '../traffic/intervals.ts';
import { journeys, type ResolvedIntent } from './intent-check.ts';
import { inNetwork } from './rule-reasons.ts';
import { statedRules } from './rules.ts';

/** What an allowed flow hangs on by itself: with it gone, nobody it is for reaches anybody it leads to. */
export interface SinglePoint {
  readonly kind: 'zone' | 'component' | 'route';
  readonly id: string;
  readonly name: string;
}

export interface Resilience {
  readonly intent: string;
  readonly hangsOn: readonly SinglePoint[];
}

/**
 * Takes out every zone, every instance, database, node and NAT gateway, and every route, one at a time. Internet gateways and peerings are
 * no single points: AWS runs them across zones.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function resilienceOf(reach: Reach, resolved: readonly ResolvedIntent[], inventory: Inventory): Resilience[] {
  const works = resolved.filter((each) => each.intent.verdict === 'allow' && someReach(reach, each));
  const hangsOn = new Map<string, SinglePoint[]>(works.map((each) => [each.intent.id, []]));
  for (const { point, without } of losses(reach, inventory)) {
    const changed = openReach(without());
    for (const each of works) {
      const now = inNetwork(each, inventory, changed.network.view);
      if (!someReach(changed, now)) hangsOn.get(each.intent.id)!.push(point);
    }
  }
  return works.map((each) => ({ intent: each.intent.id, hangsOn: hangsOn.get(each.intent.id)! }));
}

function someReach(reach: Reach, resolved: ResolvedIntent): boolean {
  for (const { journey } of journeys(reach, resolved)) if (covers(journey.allowed, resolved.traffic)) return true;
  return false;
}

interface Loss {
  readonly point: SinglePoint;
  without(): NetworkView;
}

function losses(reach: Reach, inventory: Inventory): Loss[] {
  const { view } = reach.network;
  const zones = [...new Set(view.subnets.map((subnet) => subnet.zone))];
  const zoneOf = (each: NetworkInterface): string => reach.network.subnet(each.subnet).zone;
  return [
    ...zones.map(
      (zone): Loss => ({
        point: { kind: 'zone', id: zone, name: zone },
        without: () => withoutInterfaces(view, (each) => zoneOf(each) === zone),
      }),
    ),
    ...view.interfaces
      .filter((each) => each.owner.kind !== 'unattached' && each.owner.kind !== 'endpoint')
      .map(
        (lost): Loss => ({
          point: { kind: 'component', id: lost.id, name: lost.name },
          without: () => withoutInterfaces(view, (each) => each.id === lost.id),
        }),
      ),
    ...statedRules(reach.network, inventory)
      .filter((rule) => rule.kind === 'route')
      .map(
        (rule): Loss => ({
          point: { kind: 'route', id: rule.statedBy, name: `${rule.within.name}: ${rule.text.en}` },
          without: rule.without,
        }),
      ),
  ];
}

/** What routes led to and is gone is a blackhole. */
function withoutInterfaces(view: NetworkView, lost: (each: NetworkInterface) => boolean): NetworkView {
  const gone = new Set(view.interfaces.filter(lost).map((each) => each.id));
  for (const gateway of view.natGateways) if (gone.has(gateway.interface)) gone.add(gateway.id);
  return {
    ...view,
    interfaces: view.interfaces.filter((each) => !gone.has(each.id)),
    natGateways: view.natGateways.filter((each) => !gone.has(each.id)),
    routeTables: view.routeTables.map((table) => ({
      ...table,
      routes: table.routes.map((route) =>
        'id' in route.target && gone.has(route.target.id)
          ? { ...route, target: { kind: 'blackhole' as const, reason: 'it is taken out' } }
          : route,
      ),
    })),
  };
}
