import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { openReach } from '../reach/ask/ask.ts';
import { openFlows } from '../reach/ask/open-flows.ts';
import { journeys, type ResolvedIntent } from '../reach/check/intent-check.ts';
import { covers } from '../reach/traffic/intervals.ts';
import { describeTraffic, type TrafficSet } from '../reach/traffic/traffic-set.ts';
import { type Box, type Drawing, internetItem, itemOf, type Link, type Mark } from './drawing.ts';

/** The allowed flows that intents state: as they are meant, red where they do not hold. */
export function intentLinks(view: NetworkView, resolved: readonly ResolvedIntent[]): Link[] {
  const reach = openReach(view);
  const links = new Map<string, Link>();
  for (const each of resolved) {
    if (each.intent.verdict !== 'allow') continue;
    for (const { sender, receiver, journey } of journeys(reach, each)) {
      const mark: Mark = covers(journey.allowed, each.traffic) ? 'plain' : 'bad';
      const link = flow(itemFor(sender.interface), itemFor(receiver.interface), label(each.traffic), mark);
      if (links.get(link.id)?.mark !== 'bad') links.set(link.id, link);
    }
  }
  return withinZones(view, [...links.values()]);
}

/** Everything that is open. */
export function reachLinks(view: NetworkView): Link[] {
  const links = new Map<string, Link>();
  for (const { from, to, traffic } of openFlows(openReach(view))) {
    const link = flow(itemForRole(view, from.key), itemForRole(view, to.key), label(traffic), 'plain');
    links.set(link.id, link);
  }
  return withinZones(view, [...links.values()]);
}

/**
 * What two roles do in every zone is drawn within each zone: a line from one zone to the other is left out where both its ends have the same
 * line in their own.
 */
function withinZones(view: NetworkView, links: readonly Link[]): Link[] {
  const zones = new Map(
    view.interfaces.map((each) => [itemOf(each), view.subnets.find((subnet) => subnet.id === each.subnet)!.zone]),
  );
  const role = (item: string): string => item.replace(/ in [^ ]+$/, '');
  const like = (one: Link, other: Link): boolean =>
    role(one.from) === role(other.from) &&
    role(one.to) === role(other.to) &&
    one.label === other.label &&
    one.mark === other.mark;
  const crosses = (link: Link): boolean => {
    const [from, to] = [zones.get(link.from), zones.get(link.to)];
    return from !== undefined && to !== undefined && from !== to;
  };
  return links.filter((link) => {
    if (!crosses(link)) return true;
    const near = links.filter((each) => !crosses(each) && like(each, link));
    return !near.some((each) => each.from === link.from) || !near.some((each) => each.to === link.to);
  });
}

export function withLinks(drawing: Drawing, links: readonly Link[]): Drawing {
  const through = new Map(
    links
      .filter((each) => each.from !== each.to)
      .flatMap((each) => byGateway(drawing, each))
      .map((each) => [each.id, each]),
  );
  const used = new Set([...through.values()].flatMap((each) => [`${each.from} ${each.to}`, `${each.to} ${each.from}`]));
  const ways = drawing.links.filter((each) => !used.has(`${each.from} ${each.to}`));
  return { ...drawing, links: [...ways, ...through.values()] };
}

/** What comes from the internet or goes there is drawn by way of the VPC's internet gateway. */
function byGateway(drawing: Drawing, link: Link): Link[] {
  const inside = link.from === internetItem ? link.to : link.to === internetItem ? link.from : undefined;
  const vpc = drawing.boxes.find((box) => inside !== undefined && itemIds(box).includes(inside));
  const gateway = vpc?.items.find((item) => item.kind === 'internet-gateway');
  if (!gateway) return [link];
  return [flow(link.from, gateway.id, link.label, link.mark), flow(gateway.id, link.to, link.label, link.mark)];
}

function itemIds(box: Box): string[] {
  return [...box.items.map((each) => each.id), ...box.boxes.flatMap(itemIds)];
}

function itemFor(each: NetworkInterface | null): string {
  return each ? itemOf(each) : internetItem;
}

export function flow(from: string, to: string, text: string, mark: Mark): Link {
  const id = `flow ${from} > ${to} ${text}${mark === 'good' || mark === 'bad' ? ` ${mark}` : ''}`;
  return { id, from, to, label: text, kind: 'flow', mark };
}

function itemForRole(view: NetworkView, key: string): string {
  if (key === 'internet') return internetItem;
  const member = view.interfaces.find((each) => {
    const subnet = view.subnets.find((other) => other.id === each.subnet)!;
    return `${each.statedBy ?? each.id}@${subnet.statedBy ?? subnet.id}` === key;
  });
  return itemFor(member ?? null);
}

function label(traffic: TrafficSet): string {
  const text = describeTraffic(traffic);
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
